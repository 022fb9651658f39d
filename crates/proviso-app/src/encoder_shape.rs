//! How large an encoder is, from its `config.json` alone.

use std::{fs, path::Path};

use proviso_encoder::EncoderError;
use serde::Deserialize;

use crate::AppError;

/// The sizes in a `config.json` as Hugging Face transformers writes it; DistilBERT has its own names for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct EncoderShape {
    /// Number of ids that tokens can have.
    pub vocab_size: usize,
    /// Numbers that stand for a token between two layers.
    #[serde(alias = "dim")]
    pub hidden_size: u64,
    #[serde(alias = "n_layers")]
    num_hidden_layers: u64,
    /// Numbers that stand for a token inside a layer's feed-forward part.
    #[serde(alias = "hidden_dim")]
    pub intermediate_size: u64,
    /// Heads of a layer's attention.
    #[serde(alias = "n_heads")]
    pub num_attention_heads: u64,
    /// Tokens of the longest window, give or take the two that RoBERTa does not use.
    #[serde(default = "usual_positions")]
    pub max_position_embeddings: usize,
}

fn usual_positions() -> usize {
    512
}

impl EncoderShape {
    /// The file in a model's folder.
    pub const FILE: &str = "config.json";

    /// Reads the shape of the model in `folder`. The file is not checked against a manifest, for nothing is computed
    /// with what it says here.
    ///
    /// # Errors
    /// If the file is missing or does not tell the sizes.
    pub fn read(folder: &Path) -> Result<Self, AppError> {
        let path = folder.join(Self::FILE);
        let bytes = fs::read(&path).map_err(|source| EncoderError::Read { path: path.clone(), source })?;
        let shape = serde_json::from_slice(&bytes)
            .map_err(|error| EncoderError::Malformed { path, reason: error.to_string() })?;
        Ok(shape)
    }

    /// Weights of the word embeddings.
    pub fn embedding_parameters(self) -> u64 {
        self.hidden_size.saturating_mul(self.vocab_size as u64)
    }

    /// Weights of the word embeddings and of the layers' multiplications: all but a few per cent of the model.
    pub fn parameters(self) -> u64 {
        let attention = self.hidden_size.saturating_mul(self.hidden_size).saturating_mul(4);
        let feed_forward = self.hidden_size.saturating_mul(self.intermediate_size).saturating_mul(2);
        let layers = attention.saturating_add(feed_forward).saturating_mul(self.num_hidden_layers);
        self.embedding_parameters().saturating_add(layers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(config: &str) -> Result<EncoderShape, AppError> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(EncoderShape::FILE), config).unwrap();
        EncoderShape::read(folder.path())
    }

    #[test]
    fn weights_are_counted() {
        let bert = r#"{"model_type": "bert", "vocab_size": 30522, "hidden_size": 768, "num_hidden_layers": 12,
            "num_attention_heads": 12, "intermediate_size": 3072, "max_position_embeddings": 512}"#;
        let shape = read(bert).unwrap();
        assert_eq!(shape.embedding_parameters(), 23_440_896);
        // BERT base has 109.5 million weights.
        assert!((106_000_000..109_500_000).contains(&shape.parameters()), "{}", shape.parameters());
    }

    #[test]
    fn other_names_are_understood_and_gaps_are_told() {
        let distilbert = r#"{"vocab_size": 100, "dim": 8, "n_layers": 2, "n_heads": 2, "hidden_dim": 32}"#;
        assert_eq!(read(distilbert).unwrap().parameters(), 100 * 8 + 2 * (4 * 64 + 2 * 8 * 32));
        let error = read(r#"{"model_type": "bert"}"#).unwrap_err().to_string();
        assert!(error.contains("config.json") && error.contains("vocab_size"), "{error}");
    }
}
