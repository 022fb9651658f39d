//! What the preferences ask of the plan.

use proviso_plan::{Amount, DeviceChoice, PlanRequest, PrecisionChoice, Speed, Work};
use proviso_store::{DeviceWish, PrecisionWish, Preferences};

/// What is asked of the plan for a contract that is open in the window.
pub(super) fn request(preferences: &Preferences) -> PlanRequest {
    let amount = |number: Option<u32>| number.map_or(Amount::Auto, |number| Amount::Exactly(number as usize));
    PlanRequest {
        speed: speed(preferences.speed),
        device: device(preferences.device),
        precision: precision(preferences.precision),
        batch: amount(preferences.batch),
        threads: amount(preferences.threads),
        work: Work::OneContract,
        memory_budget_mb: preferences.memory_budget_mb.map(u64::from),
        screening: preferences.screening,
    }
}

fn speed(wish: proviso_store::Speed) -> Speed {
    match wish {
        proviso_store::Speed::Fast => Speed::Fast,
        proviso_store::Speed::Balanced => Speed::Balanced,
        proviso_store::Speed::Accurate => Speed::Accurate,
    }
}

fn device(wish: DeviceWish) -> DeviceChoice {
    match wish {
        DeviceWish::Auto => DeviceChoice::Auto,
        DeviceWish::Cpu => DeviceChoice::Cpu,
        DeviceWish::Cuda => DeviceChoice::Cuda,
        DeviceWish::Metal => DeviceChoice::Metal,
    }
}

pub(super) fn precision(wish: PrecisionWish) -> PrecisionChoice {
    match wish {
        PrecisionWish::Auto => PrecisionChoice::Auto,
        PrecisionWish::F32 => PrecisionChoice::F32,
        PrecisionWish::F16 => PrecisionChoice::F16,
        PrecisionWish::Int8 => PrecisionChoice::Int8,
        PrecisionWish::Int8Static => PrecisionChoice::Int8Static,
        PrecisionWish::Int4 => PrecisionChoice::Int4,
    }
}
