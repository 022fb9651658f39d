//! A model's `config.json`.

use serde::Deserialize;

/// The part of a Hugging Face BERT configuration that decides what is computed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct BertConfig {
    pub model_type: String,
    pub hidden_act: String,
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub layer_norm_eps: f64,
    pub max_position_embeddings: usize,
    pub num_attention_heads: usize,
    pub num_hidden_layers: usize,
    pub vocab_size: usize,
    pub type_vocab_size: usize,
}

impl BertConfig {
    /// What this program cannot run, in words; `None` if it can run everything.
    pub(crate) fn unsupported(&self) -> Option<String> {
        if self.model_type != "bert" {
            return Some(format!("models of type `{}` are not supported", self.model_type));
        }
        if self.hidden_act != "gelu" {
            return Some(format!("the activation `{}` is not supported", self.hidden_act));
        }
        if self.num_attention_heads == 0 || !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return Some(format!(
                "{} attention heads do not divide a width of {}",
                self.num_attention_heads, self.hidden_size
            ));
        }
        None
    }
}
