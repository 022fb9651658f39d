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
    /// Vectors of distances between tokens that each head's keys are multiplied with (DeBERTa); 0 in models without them.
    pub distances: u64,
    /// Tokens of a window, the two special ones included.
    pub window_length: usize,
    /// Number of layers.
    pub layers: u64,
    /// How its layers lie on the disk, if it was imported, so that they can be read from there one by one; `None` for a model
    /// that runs only if it fits into memory as a whole.
    pub packed: Option<Packed>,
    /// Passes that a window takes when every question is asked of it; `None` for a model that answers for all categories at
    /// once.
    pub questions: Option<u32>,
    /// Whether the model was calibrated, so that it can be run at [`Int8Static`](Precision::Int8Static).
    pub calibrated: bool,
}

/// An imported model's layers on the disk, a file each, as they are multiplied with. Its word embeddings are read row by row
/// and never take memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// The numbers that it was imported with.
    pub precision: Precision,
    /// Bytes of the largest layer's file.
    pub layer_bytes: u64,
    /// Bytes that stay in memory beside the layers: positions, norms, a convolution, the head.
    pub around_bytes: u64,
}

impl ModelNeeds {
    /// Whether the model can be run at this level.
    pub fn suits(self, precision: Precision) -> bool {
        match self.packed {
            Some(packed) => packed.precision == precision,
            None => precision != Precision::Int8Static || self.calibrated,
        }
    }
}
