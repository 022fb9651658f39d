//! The machine as it was found.

mod cpu;
mod disk;
mod gpu;
mod memory;
mod power;

use serde::{Deserialize, Serialize};

pub use cpu::{Caches, Cpu};
pub use disk::Disk;
pub use gpu::{Gpu, GpuKind};
pub use memory::Memory;
pub use power::Power;

/// What of a machine decides how a model is run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
