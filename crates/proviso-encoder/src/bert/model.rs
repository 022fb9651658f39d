//! Embeddings and the stack of layers.

use candle_core::{DType, Device, Result, Tensor, safetensors::BufferedSafetensors};

use super::{BertConfig, layer::BertLayer};
use crate::{
    error::EncoderError,
    ops::{LayerNorm, Linear},
};

/// The tensors of a model file under a prefix of their names.
pub(crate) struct Weights<'a> {
    tensors: &'a BufferedSafetensors,
    prefix: String,
}

impl<'a> Weights<'a> {
    pub(crate) fn new(tensors: &'a BufferedSafetensors) -> Self {
        Self { tensors, prefix: String::new() }
    }

    pub(crate) fn under(&self, name: &str) -> Self {
        let prefix = if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) };
        Self { tensors: self.tensors, prefix }
    }

    /// The tensor of that name as f32.
    ///
    /// # Errors
    /// If there is none, or it has another shape.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Tensor> {
        let name = format!("{}.{name}", self.prefix);
        let view = self.tensors.get(&name)?;
        if view.shape() != shape {
            candle_core::bail!("the tensor `{name}` has the shape {:?} instead of {shape:?}", view.shape());
        }
        self.tensors.load(&name, &Device::Cpu)?.to_dtype(DType::F32)
    }

    /// The tensor `LayerNorm` under this prefix.
    pub(crate) fn layer_norm(&self, config: &BertConfig) -> Result<LayerNorm> {
        let part = self.under("LayerNorm");
        let shape = [config.hidden_size];
        LayerNorm::new(&part.get("weight", &shape)?, &part.get("bias", &shape)?, config.layer_norm_eps as f32)
    }
}

/// A BERT encoder without its pooler.
pub(crate) struct BertModel {
    word_embeddings: Tensor,
    /// Position embeddings with the embedding of the only segment added.
    position_embeddings: Tensor,
    embedding_norm: LayerNorm,
    layers: Vec<BertLayer>,
}

impl BertModel {
    pub(crate) fn load(weights: &Weights<'_>, config: &BertConfig) -> Result<Self> {
        let width = config.hidden_size;
        let embeddings = weights.under("embeddings");
        let table = |name: &str, rows: usize| embeddings.under(name).get("weight", &[rows, width]);
        let segment = table("token_type_embeddings", config.type_vocab_size)?.narrow(0, 0, 1)?;
        Ok(Self {
            word_embeddings: table("word_embeddings", config.vocab_size)?,
            position_embeddings: table("position_embeddings", config.max_position_embeddings)?
                .broadcast_add(&segment)?,
            embedding_norm: embeddings.layer_norm(config)?,
            layers: (0..config.num_hidden_layers)
                .map(|index| BertLayer::load(weights, config, index))
                .collect::<Result<_>>()?,
        })
    }

    /// Token ids (special ones included) to the last hidden states, `[tokens, width]`.
    ///
    /// # Errors
    /// If there are more tokens than positions, or an id is not in the vocabulary.
    pub(crate) fn forward(&self, ids: &[u32]) -> std::result::Result<Tensor, EncoderError> {
        let limit = self.position_embeddings.dim(0)?;
        if ids.len() > limit {
            return Err(EncoderError::WindowTooLong { tokens: ids.len(), limit });
        }
        let ids = Tensor::from_slice(ids, ids.len(), &Device::Cpu)?;
        let words = self.word_embeddings.index_select(&ids, 0)?;
        let positions = self.position_embeddings.narrow(0, 0, ids.dim(0)?)?;
        let mut x = self.embedding_norm.forward_sum(&words, &positions)?;
        for layer in &self.layers {
            x = layer.forward(&x)?;
        }
        Ok(x)
    }
}

/// The linear head over the last hidden states.
pub(crate) fn load_head(weights: &Weights<'_>, outputs: usize, width: usize) -> Result<Linear> {
    let head = weights.under("span_head");
    Linear::new(
        &head.get("weight", &[outputs, width])?,
        &head.get("bias", &[outputs])?,
        crate::ops::Activation::Identity,
    )
}
