//! Where a model is computed.

use std::fmt;

use serde::Serialize;

/// What a model is run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// The processor.
    Cpu,
    /// The NVIDIA graphics card of that number.
    Cuda(usize),
    /// The Apple graphics processor of that number.
    Metal(usize),
}

impl Device {
    /// The name by which a device of this kind is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Cuda(_) => "cuda",
            Self::Metal(_) => "metal",
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu | Self::Cuda(0) | Self::Metal(0) => formatter.write_str(self.name()),
            Self::Cuda(index) | Self::Metal(index) => write!(formatter, "{}:{index}", self.name()),
        }
    }
}

impl Serialize for Device {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
