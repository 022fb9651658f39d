//! The port behind which every model stands.

use crate::EncoderError;

/// What a model reads in one pass: tokens of a text, alone or behind a question. Special tokens are not among them; the model
/// adds its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass<'a> {
    /// The question's tokens; empty for a model that is asked none.
    pub question: &'a [u32],
    /// The text's tokens.
    pub window: &'a [u32],
}

impl Pass<'_> {
    /// Tokens that are read, without special ones.
    pub fn len(&self) -> usize {
        self.question.len() + self.window.len()
    }

    /// Whether there is nothing to be read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a> From<&'a [u32]> for Pass<'a> {
    /// A window without a question.
    fn from(window: &'a [u32]) -> Self {
        Self { question: &[], window }
    }
}

/// A model that scores the tokens of one window in a pass. Calls from several threads at once are independent of each other.
pub trait Encoder: Send + Sync {
    /// The logits of a pass, by at most so many threads, the calling one among them; they do not depend on their number. A
    /// model that does not share its windows out uses one.
    ///
    /// # Errors
    /// If the pass is longer than the model's positions reach, a computation fails, or a thread cannot be started.
    fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError>;

    /// Logits of each token.
    fn outputs(&self) -> usize;
}

impl<E: Encoder + ?Sized> Encoder for Box<E> {
    fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError> {
        (**self).logits(pass, threads)
    }

    fn outputs(&self) -> usize {
        (**self).outputs()
    }
}

/// The logits of a pass, a row for each token of its window.
///
/// A span tagger's rows are `[start, end, inside][category]`. A question-answering model's are `[start, end]`, and before the
/// window's there is one for the special token that the pass begins with: its sum is the score of there being no answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Logits {
    outputs: usize,
    values: Vec<f32>,
}

impl Logits {
    /// Rows of `outputs` logits, one after the other.
    ///
    /// # Panics
    /// If `values` is not a whole number of rows.
    pub fn new(outputs: usize, values: Vec<f32>) -> Self {
        assert!(values.len().is_multiple_of(outputs), "logits come in rows of {outputs}");
        Self { outputs, values }
    }

    /// The logits, if all of them are finite: of others nobody could say what was found.
    ///
    /// # Errors
    /// If one is infinite or no number.
    pub(crate) fn in_numbers(self) -> Result<Self, EncoderError> {
        if self.values.iter().all(|logit| logit.is_finite()) {
            Ok(self)
        } else {
            Err(EncoderError::NoNumbers)
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.outputs
    }

    /// The logits of a row.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.outputs..(index + 1) * self.outputs]
    }

    /// All rows, one after the other.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}
