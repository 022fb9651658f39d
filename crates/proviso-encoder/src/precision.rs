//! What runs a level of precision on this CPU.

use proviso_core::Precision;
use proviso_kernels::Tier;

use crate::EncoderError;

/// The name of the kernels that a level runs with on this CPU, such as `avx512-vnni`.
pub fn kernel_name(precision: Precision) -> &'static str {
    let Ok(tier) = Tier::current() else { return "none" };
    match precision {
        Precision::F32 | Precision::F16 | Precision::Int4 => tier.float_name(),
        Precision::Int8 | Precision::Int8Static => tier.name(),
    }
}

/// The sets of kernels that can run on this CPU, slowest first; the one that is forced where one is.
///
/// # Errors
/// If a set is forced that this CPU does not have.
pub fn kernel_sets() -> Result<Vec<&'static str>, EncoderError> {
    let current = Tier::current()?;
    let sets: Vec<_> = Tier::available().collect();
    let is_forced = sets.last() != Some(&current);
    let sets = if is_forced { vec![current] } else { sets };
    Ok(sets.into_iter().map(Tier::name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_set_is_the_one_that_integers_run_with() {
        assert_eq!(kernel_sets().unwrap().last().copied(), Some(kernel_name(Precision::Int8)));
    }
}
