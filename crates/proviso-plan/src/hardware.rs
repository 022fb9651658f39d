//! The machine as it was found.

mod cpu;
mod disk;
mod gpu;
mod memory;
mod overrides;
mod power;

use serde::{Deserialize, Serialize};

pub use cpu::{Caches, Cpu};
pub use disk::Disk;
pub use gpu::{Gpu, GpuKind};
pub use memory::Memory;
pub use overrides::{HARDWARE_VARIABLE, HardwareOverride, OverrideError};
pub use power::Power;

/// What of a machine decides how a model is run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardware {
    /// The processor.
    pub cpu: Cpu,
    /// Main memory.
    pub memory: Memory,
    /// The disk that models are read from; absent where it could not be told.
    pub disk: Option<Disk>,
    /// What the machine is fed by.
    pub power: Power,
    /// Graphics processors, those that models can be run on first.
    pub gpus: Vec<Gpu>,
}

/// A machine for tests.
#[cfg(test)]
pub(crate) fn machine(physical_cores: usize, available_threads: usize, kernels: &[&str]) -> Hardware {
    Hardware {
        cpu: Cpu {
            name: String::new(),
            physical_cores,
            performance_cores: physical_cores,
            available_threads,
            kernels: kernels.iter().map(ToString::to_string).collect(),
            caches: Caches::default(),
        },
        memory: Memory { total_mb: 8_000, available_mb: 6_000, limit_mb: None },
        disk: None,
        power: Power::Mains,
        gpus: Vec::new(),
    }
}
