//! One transformer layer.

use candle_core::{Result, Tensor};

use super::{BertConfig, model::Weights};
use crate::ops::{Activation, LayerNorm, Linear, self_attention};

pub(super) struct BertLayer {
    heads: usize,
    query_key_value: Linear,
    attention_output: Linear,
    attention_norm: LayerNorm,
    intermediate: Linear,
    output: Linear,
    output_norm: LayerNorm,
}

impl BertLayer {
    pub(super) fn load(weights: &Weights<'_>, config: &BertConfig, index: usize) -> Result<Self> {
        let (width, inner) = (config.hidden_size, config.intermediate_size);
        let layer = weights.under(&format!("encoder.layer.{index}"));
        let linear = |name: &str, outputs: usize, inputs: usize, activation| -> Result<Linear> {
            let part = layer.under(name);
            Linear::new(&part.get("weight", &[outputs, inputs])?, &part.get("bias", &[outputs])?, activation)
        };
        // One product for queries, keys and values instead of three.
        let together = |name: &str, shape: &[usize]| -> Result<Tensor> {
            let parts: Vec<Tensor> = ["query", "key", "value"]
                .iter()
                .map(|which| layer.under(&format!("attention.self.{which}")).get(name, shape))
                .collect::<Result<_>>()?;
            Tensor::cat(&parts, 0)
        };
        Ok(Self {
            heads: config.num_attention_heads,
            query_key_value: Linear::new(
                &together("weight", &[width, width])?,
                &together("bias", &[width])?,
                Activation::Identity,
            )?,
            attention_output: linear("attention.output.dense", width, width, Activation::Identity)?,
            attention_norm: layer.under("attention.output").layer_norm(config)?,
            intermediate: linear("intermediate.dense", inner, width, Activation::Gelu)?,
            output: linear("output.dense", width, inner, Activation::Identity)?,
            output_norm: layer.under("output").layer_norm(config)?,
        })
    }

    /// `[tokens, width]` to `[tokens, width]`.
    pub(super) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let context = self_attention(&self.query_key_value.forward(x)?, self.heads)?;
        let x = self.attention_norm.forward_sum(&self.attention_output.forward(&context)?, x)?;
        let inner = self.intermediate.forward(&x)?;
        self.output_norm.forward_sum(&self.output.forward(&inner)?, &x)
    }
}
