//! Graphics processors.

use serde::{Deserialize, Serialize};

/// A graphics processor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gpu {
    /// Who made it, as far as that decides whether models can be run on it.
    pub kind: GpuKind,
    /// Its number among those of its kind, from 0. For NVIDIA's it is the driver's, in the order of the bus: CUDA counts
    /// likewise only where `CUDA_DEVICE_ORDER` is `PCI_BUS_ID`.
    pub index: usize,
    /// The name that the maker gave it.
    pub name: String,
    /// Megabytes (of 1 000 000 bytes) of its own memory, or of the memory that it shares with the processor; absent where
    /// the system does not tell.
    pub memory_mb: Option<u64>,
    /// Megabytes of that which nothing else has taken just now.
    pub free_mb: Option<u64>,
    /// Whether its memory is the processor's too, so that it must not be counted twice.
    pub unified_memory: bool,
    /// The version of its driver.
    pub driver: Option<String>,
    /// NVIDIA's compute capability, such as `[8, 6]`.
    pub compute_capability: Option<(u32, u32)>,
}

/// Makers of graphics processors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GpuKind {
    /// Run by CUDA.
    Nvidia,
    /// Part of an Apple processor, run by Metal.
    Apple,
    /// Named, but models cannot be run on it.
    Other,
}
