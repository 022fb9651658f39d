//! The port behind which every model stands.

use crate::EncoderError;

/// A model that scores every token of a window for every category. One call is one window; calls from several threads at
/// once are independent of each other.
pub trait Encoder: Send + Sync {
    /// Scores the tokens of one window. `ids` are the text's tokens without special ones, which the model adds itself.
    ///
    /// # Errors
    /// If the window is longer than the model's positions reach, or a computation fails.
    fn span_logits(&self, ids: &[u32]) -> Result<SpanLogits, EncoderError>;

    /// As [`span_logits`](Self::span_logits) with at most so many threads, the calling one among them, at work on the window.
    /// The logits do not depend on their number. A model that does not share its windows out leaves it at one.
    ///
    /// # Errors
    /// As `span_logits`, or if a thread cannot be started.
    fn span_logits_with(&self, ids: &[u32], threads: usize) -> Result<SpanLogits, EncoderError> {
        let _ = threads;
        self.span_logits(ids)
    }

    /// The number of categories that are scored.
    fn categories(&self) -> usize;
}

impl<E: Encoder + ?Sized> Encoder for Box<E> {
    fn span_logits(&self, ids: &[u32]) -> Result<SpanLogits, EncoderError> {
        (**self).span_logits(ids)
    }

    fn span_logits_with(&self, ids: &[u32], threads: usize) -> Result<SpanLogits, EncoderError> {
        (**self).span_logits_with(ids, threads)
    }

    fn categories(&self) -> usize {
        (**self).categories()
    }
}

/// Logits of a window: for each token (special ones left out) the start, end and inside logits of each category.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanLogits {
    categories: usize,
    values: Vec<f32>,
}

impl SpanLogits {
    /// Logits in the layout `[token][start, end, inside][category]`.
    ///
    /// # Panics
    /// If `values` is not a whole number of tokens.
    pub fn new(categories: usize, values: Vec<f32>) -> Self {
        assert!(values.len().is_multiple_of(3 * categories), "span logits come in threes of {categories}");
        Self { categories, values }
    }

    /// Tokens in the window.
    pub fn tokens(&self) -> usize {
        self.values.len() / (3 * self.categories)
    }

    /// One token's logits as `[start, end, inside]`, each with a value for every category.
    pub fn token(&self, index: usize) -> [&[f32]; 3] {
        let row = &self.values[index * 3 * self.categories..(index + 1) * 3 * self.categories];
        let (start, rest) = row.split_at(self.categories);
        let (end, inside) = rest.split_at(self.categories);
        [start, end, inside]
    }
}
