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
    /// Number of layers.
    #[serde(alias = "n_layers")]
    pub num_hidden_layers: u64,
    /// Numbers that stand for a token inside a layer's feed-forward part.
    #[serde(alias = "hidden_dim")]
    pub intermediate_size: u64,
    /// Heads of a layer's attention.
    #[serde(alias = "n_heads")]
    pub num_attention_heads: u64,
    /// Tokens of the longest window, give or take the two that RoBERTa does not use.
    #[serde(default = "usual_positions")]
    pub max_position_embeddings: usize,
    /// DeBERTa's: whether attention depends on distances between tokens, and how many of those it tells apart.
    #[serde(default)]
    relative_attention: bool,
    position_buckets: Option<i64>,
    max_relative_positions: Option<i64>,
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

    /// Vectors of distances between tokens, of both directions, that attention multiplies with; 0 where there are none.
    pub fn distances(self) -> u64 {
        let positive =
            |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok()).filter(|n| *n > 0);
        let span = positive(self.position_buckets)
            .or(positive(self.max_relative_positions))
            .unwrap_or(self.max_position_embeddings as u64);
        if self.relative_attention { span.saturating_mul(2) } else { 0 }
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
    fn distances_are_counted_in_both_directions() {
        let config = |more: &str| {
            format!(
                r#"{{"vocab_size": 100, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
                "intermediate_size": 32 {more}}}"#
            )
        };
        assert_eq!(read(&config("")).unwrap().distances(), 0);
        let buckets =
            r#", "relative_attention": true, "position_buckets": 256, "max_relative_positions": -1"#;
        assert_eq!(read(&config(buckets)).unwrap().distances(), 512);
        let first =
            r#", "relative_attention": true, "max_relative_positions": -1, "max_position_embeddings": 300"#;
        assert_eq!(read(&config(first)).unwrap().distances(), 600);
    }

    #[test]
    fn other_names_are_understood_and_gaps_are_told() {
        let distilbert = r#"{"vocab_size": 100, "dim": 8, "n_layers": 2, "n_heads": 2, "hidden_dim": 32}"#;
        assert_eq!(read(distilbert).unwrap().parameters(), 100 * 8 + 2 * (4 * 64 + 2 * 8 * 32));
        let error = read(r#"{"model_type": "bert"}"#).unwrap_err().to_string();
        assert!(error.contains("config.json") && error.contains("vocab_size"), "{error}");
    }
}
