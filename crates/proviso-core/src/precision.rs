//! The levels of precision that a model can be run at.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How a model's linear layers hold their weights and multiply. Layer normalisation, softmax, embeddings and heads are
/// computed in f32 at every level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// Whether linear layers multiply integers.
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Int8 | Self::Int8Static)
    }

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

    /// What a level is called before a person, within a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::F32 => "32-bit floating point",
            Self::F16 => "16-bit floating point",
            Self::Int8 => "8-bit integers",
            Self::Int8Static => "8-bit integers with calibrated ranges",
            Self::Int4 => "4-bit integers",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Precision {
    type Err = UnknownPrecision;

    fn from_str(name: &str) -> Result<Self, UnknownPrecision> {
        let level = Self::ALL.into_iter().find(|level| level.name() == name);
        level.ok_or_else(|| UnknownPrecision(name.to_owned()))
    }
}

/// A name that no level of precision has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of f32, f16, int8, int8-static and int4")]
pub struct UnknownPrecision(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_by_its_name() {
        for level in Precision::ALL {
            assert_eq!(level.name().parse(), Ok(level));
        }
        assert!("int3".parse::<Precision>().unwrap_err().to_string().starts_with("`int3`"));
    }
}
