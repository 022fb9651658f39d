//! Why a model is run with these numbers.

use proviso_core::{Device, Precision};

use super::{Situation, candidates::Candidate};
use crate::{Hardware, PrecisionChoice};

/// The reason for a candidate's numbers. `usual` is what would be run if memory were no matter.
pub(super) fn reason(
    situation: &Situation<'_>,
    choice: PrecisionChoice,
    taken: Candidate,
    usual: Candidate,
) -> String {
    let int8_set = situation.hardware.cpu.int8_dot_products();
    if choice != PrecisionChoice::Auto {
        return as_asked(taken, int8_set);
    }
    if situation.model.packed.is_some() {
        return as_imported(taken, int8_set);
    }
    match (taken.device, taken.precision) {
        (Device::Cpu, _) if usual.device == Device::Cpu && taken.precision != usual.precision => format!(
            "Numbers are {}: with {} the model would not fit into the memory.",
            taken.precision.in_words(),
            usual.precision.in_words(),
        ),
        (Device::Cpu, _) => automatic(situation.hardware),
        (_, Precision::F32) => {
            "Numbers are 32-bit floating point: this graphics card has no fast arithmetic for 16 bits.".into()
        }
        _ => "Numbers are 16-bit floating point: half the memory of 32 bits, and faster on a graphics card."
            .into(),
    }
}

fn as_imported(taken: Candidate, int8_set: Option<&str>) -> String {
    let why = format!("Numbers are {}: the model was imported with them.", taken.precision.in_words());
    match (taken.device, taken.precision, int8_set) {
        (Device::Cpu, Precision::F32 | Precision::F16, Some(set)) => format!(
            "{why} Imported again with `--precision int8` it should be smaller and faster here: this processor has \
             instructions made for such numbers ({set})."
        ),
        _ => why,
    }
}

fn as_asked(taken: Candidate, int8_set: Option<&str>) -> String {
    match (taken.device, taken.precision) {
        (Device::Cpu, Precision::F32) => f32_reason(int8_set),
        (Device::Cpu, Precision::F16) => {
            "Numbers are kept in 16 bits and computed in 32, as asked for: half the memory of 32-bit floating point at \
             the same speed."
                .into()
        }
        (_, Precision::F32) => {
            "Numbers are 32-bit floating point, as asked for: the most exact, at twice the memory of 16 bits.".into()
        }
        (_, Precision::F16) => {
            "Numbers are 16-bit floating point, as asked for: what graphics cards do best.".into()
        }
        (_, Precision::Int8) => int8_reason(int8_set),
        (_, Precision::Int8Static) => {
            "Numbers are 8-bit integers with ranges taken from the calibration contracts, as asked for: a little less \
             work than ranges taken as they come, and less exact on contracts unlike those."
                .into()
        }
        (_, Precision::Int4) => {
            "Numbers are kept in blocks of 4-bit integers, as asked for: the least memory, but slower than 8-bit \
             integers and less exact."
                .into()
        }
    }
}

fn automatic(hardware: &Hardware) -> String {
    match hardware.cpu.int8_dot_products() {
        // Their kernels were never timed on such a processor.
        Some(set) if set.starts_with("neon") => format!(
            "Numbers are 8-bit integers: this processor has instructions made for them ({set}), so they should be faster \
             than 32-bit floating point, which measuring makes sure of; the model's layers take a quarter of the memory."
        ),
        Some(set) => format!(
            "Numbers are 8-bit integers: this processor has instructions made for them ({set}), so they are \
             faster than 32-bit floating point, and the model's layers take a quarter of the memory."
        ),
        None => format!(
            "Numbers are 32-bit floating point, the most exact, with {}: this processor has no instructions made for \
             8-bit integers, which would save memory but little or no time.",
            hardware.cpu.kernels.last().map_or("plain instructions", String::as_str)
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
