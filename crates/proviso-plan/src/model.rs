//! What is asked of the machine by a model.

use proviso_core::Precision;

/// What of a model decides how it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelNeeds {
    /// Number of weights, the word embeddings among them.
    pub parameters: u64,
    /// Weights of the word embeddings, which are looked up and not multiplied.
    pub embedding_parameters: u64,
    /// Bytes of each of those on the processor, at every level of precision: 2 if the model's file holds f16, else 4.
    pub embedding_bytes: u64,
    /// Numbers that stand for a token between two layers.
    pub width: u64,
    /// Numbers that stand for a token inside a layer's feed-forward part.
    pub inner_width: u64,
    /// Heads of a layer's attention.
    pub heads: u64,
    /// Tokens of a window, the two special ones included.
    pub window_length: usize,
    /// Whether the model was calibrated, so that it can be run at [`Int8Static`](Precision::Int8Static).
    pub calibrated: bool,
}

impl ModelNeeds {
    /// Whether the model can be run at this level.
    pub fn suits(self, precision: Precision) -> bool {
        precision != Precision::Int8Static || self.calibrated
    }
}
