//! The levels of precision that a model can be run at.

use std::fmt;

use serde::Serialize;

/// How a model's linear layers hold their weights and multiply. Layer normalisation, softmax, embeddings and heads are
/// computed in f32 at every level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// 32-bit floating point throughout.
    F32,
    /// Weights held as 16-bit floating point and widened when used: half the memory of f32, the same arithmetic.
    F16,
    /// 8-bit integers: weights per output channel, activations per token as they come ("dynamic").
    Int8,
    /// 8-bit integers with activation ranges from a calibration set ("static").
    Int8Static,
    /// Weights held in blocks of 4-bit integers and widened when used: an eighth of the memory of f32.
    Int4,
}

impl Precision {
    /// All levels, the most exact first.
    pub const ALL: [Self; 5] = [Self::F32, Self::F16, Self::Int8, Self::Int8Static, Self::Int4];

    /// The name by which a level is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::Int8 => "int8",
            Self::Int8Static => "int8-static",
            Self::Int4 => "int4",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
