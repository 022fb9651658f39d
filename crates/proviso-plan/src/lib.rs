//! What runs on this machine, and why: [`Hardware`] is what was found, [`PlanRequest`] is what the person asked for,
//! and [`plan`] makes of both the [`Plan`] that is carried out, with a sentence of reason for every choice.

mod hardware;
mod instruction_sets;
mod memory;
mod needs;
mod plan;
mod precision;
mod request;

pub use hardware::Hardware;
pub use needs::ModelNeeds;
pub use plan::{Plan, PlanError, plan};
pub use proviso_core::Precision;
pub use request::{Amount, BatchChoice, DeviceChoice, PlanRequest, PrecisionChoice, Speed};
