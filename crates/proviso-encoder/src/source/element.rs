//! What the numbers of a tensor are, and how their bytes become f32.

use half::{bf16, f16};

/// The type of a tensor's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementType {
    /// 64-bit floating point.
    F64,
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point of IEEE 754.
    F16,
    /// The upper half of a 32-bit floating point number.
    Bf16,
    /// Integers or booleans of so many bytes, such as `position_ids`. They are known but not read.
    Integer {
        /// Bytes of one.
        bytes: usize,
    },
}

/// Appends numbers, given as their little-endian bytes, to a list.
pub(crate) type Decode = fn(&[u8], &mut Vec<f32>);

impl ElementType {
    /// Bytes of one number.
    pub fn bytes(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::Integer { bytes } => bytes,
        }
    }

    /// How numbers of this type become f32; nothing for integers. Numbers of f64 are rounded.
    pub(crate) fn decode(self) -> Option<Decode> {
        Some(match self {
            Self::F64 => |bytes, out| {
                out.extend(bytes.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes) as f32));
            },
            Self::F32 => |bytes, out| {
                out.extend(bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
            },
            Self::F16 => |bytes, out| {
                out.extend(bytes.as_chunks().0.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32()));
            },
            Self::Bf16 => |bytes, out| {
                out.extend(bytes.as_chunks().0.iter().map(|bytes| bf16::from_le_bytes(*bytes).to_f32()));
            },
            Self::Integer { .. } => return None,
        })
    }
}
