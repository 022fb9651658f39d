//! The numbers that a model is run with, and how they are chosen.

use proviso_core::Precision;

use crate::{Hardware, ModelNeeds, PlanError, PrecisionChoice};

/// The level that is run, with the reason. What the person chose is carried out, and the reason says what it costs.
pub(crate) fn choose(
    choice: PrecisionChoice,
    hardware: &Hardware,
    model: ModelNeeds,
) -> Result<(Precision, String), PlanError> {
    let int8_set = hardware.cpu.int8_dot_products();
    let (precision, reason) = match choice {
        PrecisionChoice::Auto => automatic(hardware),
        PrecisionChoice::F32 => (Precision::F32, f32_reason(int8_set)),
        PrecisionChoice::F16 => (
            Precision::F16,
            "Numbers are kept in 16 bits and computed in 32, as asked for: half the memory of 32-bit floating point at \
             the same speed."
                .into(),
        ),
        PrecisionChoice::Int8 => (Precision::Int8, int8_reason(int8_set)),
        PrecisionChoice::Int8Static => (
            Precision::Int8Static,
            "Numbers are 8-bit integers with ranges taken from the calibration contracts, as asked for: a little less \
             work than ranges taken as they come, and less exact on contracts unlike those."
                .into(),
        ),
        PrecisionChoice::Int4 => (
            Precision::Int4,
            "Numbers are kept in blocks of 4-bit integers, as asked for: the least memory, but slower than 8-bit \
             integers and less exact."
                .into(),
        ),
    };
    if model.suits(precision) { Ok((precision, reason)) } else { Err(PlanError::NotCalibrated) }
}

fn automatic(hardware: &Hardware) -> (Precision, String) {
    match hardware.cpu.int8_dot_products() {
        Some(set) => (
            Precision::Int8,
            format!(
                "Numbers are 8-bit integers: this processor has instructions made for them ({set}), so they are \
                 faster than 32-bit floating point, and the model's layers take a quarter of the memory."
            ),
        ),
        None => (
            Precision::F32,
            format!(
                "Numbers are 32-bit floating point, the most exact, with {}: for this processor there \
                 are no fast kernels for 8-bit integers, which would save memory but little or no time.",
                hardware.cpu.kernels.join(", ")
            ),
        ),
    }
}

fn f32_reason(int8_set: Option<&str>) -> String {
    let cost = int8_set.map_or_else(
        || "the most exact, and what this processor does best.".to_owned(),
        |set| {
            format!(
                "the most exact, but the model's layers take four times the memory of 8-bit integers, and they are \
                 slower on this processor, which has instructions made for those ({set})."
            )
        },
    );
    format!("Numbers are 32-bit floating point, as asked for: {cost}")
}

fn int8_reason(int8_set: Option<&str>) -> String {
    let cost = int8_set.map_or_else(
        || {
            "a quarter of the memory of 32-bit floating point for the model's layers and a little less exact, with \
             little or no gain in speed, because this processor has no instructions made for them."
                .to_owned()
        },
        |set| format!("what this processor does best, with instructions made for them ({set})."),
    );
    format!("Numbers are 8-bit integers, as asked for: {cost}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &[&str] = &["portable"];
    const AVX2: &[&str] = &["avx2", "fma"];
    const AVX512: &[&str] = &["avx2", "fma", "avx512f"];
    const AVX_VNNI: &[&str] = &["avx2", "fma", "avx-vnni"];
    const AVX512_VNNI: &[&str] = &["avx2", "fma", "avx512f", "avx512-vnni"];
    const AMX: &[&str] = &["avx2", "fma", "avx512f", "avx-vnni", "avx512-vnni", "amx"];
    const NEON: &[&str] = &["neon"];
    const I8MM: &[&str] = &["neon", "dotprod"];

    fn chosen(
        sets: &[&'static str],
        calibrated: bool,
        choice: PrecisionChoice,
    ) -> Result<(Precision, String), PlanError> {
        let hardware = crate::hardware::machine(2, 2, sets);
        let needs = ModelNeeds { parameters: 2, embedding_parameters: 1, window_length: 256, calibrated };
        choose(choice, &hardware, needs)
    }

    #[test]
    fn machines_with_8_bit_products_use_them_and_the_others_stay_exact() {
        for (sets, precision, named) in [
            (PLAIN, Precision::F32, "portable"),
            (AVX2, Precision::F32, "avx2, fma"),
            (AVX512, Precision::F32, "avx512f"),
            (NEON, Precision::F32, "neon"),
            (AVX_VNNI, Precision::Int8, "(avx-vnni)"),
            (AVX512_VNNI, Precision::Int8, "(avx512-vnni)"),
            (AMX, Precision::Int8, "(amx)"),
            (I8MM, Precision::F32, "neon"),
        ] {
            for calibrated in [false, true] {
                let (found, reason) = chosen(sets, calibrated, PrecisionChoice::Auto).unwrap();
                assert_eq!(found, precision, "{sets:?}");
                assert!(reason.contains(named) && !reason.contains("asked"), "{reason}");
            }
        }
    }

    #[test]
    fn a_wish_is_carried_out_everywhere_and_its_cost_is_said() {
        for (choice, precision, on_avx2, on_vnni) in [
            (PrecisionChoice::F32, Precision::F32, "does best", "four times the memory"),
            (PrecisionChoice::F16, Precision::F16, "half the memory", "same speed"),
            (PrecisionChoice::Int8, Precision::Int8, "little or no gain", "does best"),
            (PrecisionChoice::Int8Static, Precision::Int8Static, "calibration", "less exact"),
            (PrecisionChoice::Int4, Precision::Int4, "least memory", "slower than 8-bit"),
        ] {
            for (sets, says) in [(AVX2, on_avx2), (AVX512_VNNI, on_vnni)] {
                let (found, reason) = chosen(sets, true, choice).unwrap();
                assert_eq!(found, precision, "{sets:?}");
                assert!(reason.contains("as asked for") && reason.contains(says), "{reason}");
            }
        }
    }

    #[test]
    fn ranges_from_a_calibration_need_one() {
        for sets in [AVX2, AMX, I8MM] {
            let error = chosen(sets, false, PrecisionChoice::Int8Static).unwrap_err();
            assert_eq!(error, PlanError::NotCalibrated);
            assert!(error.to_string().contains("proviso models import DIR --calibrate CONTRACTS"), "{error}");
        }
    }

    #[test]
    fn the_best_level_without_calibration_is_found() {
        let uncalibrated =
            ModelNeeds { parameters: 1, embedding_parameters: 0, window_length: 16, calibrated: false };
        let suiting: Vec<_> = Precision::ALL.into_iter().filter(|level| uncalibrated.suits(*level)).collect();
        assert_eq!(suiting, [Precision::F32, Precision::F16, Precision::Int8, Precision::Int4]);
    }
}
