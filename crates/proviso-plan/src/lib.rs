//! What runs on this machine, and why: [`Hardware`] is what was found, [`PlanRequest`] is what the person asked for,
//! and [`plan`] makes of both the [`Plan`] that is carried out, with a sentence of reason for every choice.

mod detect;
mod hardware;
mod memory;
mod needs;
mod plan;
mod precision;
mod request;

pub use detect::{Probe, read_bandwidth};
pub use hardware::{
    Caches, Cpu, Disk, Gpu, GpuKind, HARDWARE_VARIABLE, Hardware, HardwareOverride, Memory, OverrideError,
    Power,
};
pub use needs::ModelNeeds;
pub use plan::{Plan, PlanError, plan};
pub use proviso_core::Precision;
pub use request::{Amount, BatchChoice, DeviceChoice, PlanRequest, PrecisionChoice, Speed};
