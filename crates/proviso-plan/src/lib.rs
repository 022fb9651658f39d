//! What runs on this machine, and why: [`Hardware`] is what was found, [`Measurements`] what was timed, [`PlanRequest`] is
//! what the person asked for, and [`plan`] makes of them the [`Plan`] that is carried out, with a sentence of reason for
//! every choice.

mod detect;
mod hardware;
mod measurements;
mod model;
mod plan;
mod reason;
mod request;

pub use detect::{Probe, free_bytes, read_bandwidth};
pub use hardware::{
    Caches, Cpu, Disk, Gpu, GpuKind, HARDWARE_VARIABLE, Hardware, HardwareOverride, Memory, OverrideError,
    Power,
};
pub use measurements::{MeasuredPace, Measurements};
pub use model::{ModelNeeds, Packed};
pub use plan::{Batch, Budget, Offload, Placement, Plan, PlanError, Situation, Support, Wish, plan};
pub use proviso_core::{Device, Precision};
pub use reason::{Reason, Topic};
pub use request::{Amount, DeviceChoice, PlanRequest, PrecisionChoice, Speed, Work};
