//! What runs a level of precision on this CPU.

use proviso_core::Precision;
use proviso_kernels::Tier;

/// The name of the kernels that a level runs with on this CPU, such as `avx512-vnni`.
pub fn kernel_name(precision: Precision) -> &'static str {
    let Ok(tier) = Tier::current() else { return "none" };
    match precision {
        Precision::F32 | Precision::F16 | Precision::Int4 => tier.float_name(),
        Precision::Int8 | Precision::Int8Static => tier.name(),
    }
}
