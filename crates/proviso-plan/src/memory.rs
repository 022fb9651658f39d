//! How much memory a model takes.

use crate::{ModelNeeds, Precision};

/// Megabytes that one worker needs beside the weights: the activations of a window and the scores of its attention.
const WORKER_MB: u64 = 8;

/// Bytes of a word embedding's weight: f16 at every level, for they are looked up and not multiplied.
const EMBEDDING_BYTES: u64 = 2;

/// Megabytes (of 1 000 000 bytes) that the weights and the workers take, estimated.
pub(crate) fn needed_mb(model: ModelNeeds, precision: Precision, workers: usize) -> u64 {
    let multiplied = model.parameters.saturating_sub(model.embedding_parameters);
    let bytes = model.embedding_parameters * EMBEDDING_BYTES + multiplied * tenths_of_bytes(precision) / 10;
    bytes / 1_000_000 + workers as u64 * WORKER_MB
}

/// The most exact level at which the model and its workers stay within a budget.
pub(crate) fn fitting(model: ModelNeeds, workers: usize, budget_mb: u64) -> Option<Precision> {
    let mut levels = Precision::ALL.into_iter().filter(|level| model.suits(*level));
    levels.find(|level| needed_mb(model, *level, workers) <= budget_mb)
}

/// Tenths of a byte that a weight takes, scales included.
fn tenths_of_bytes(precision: Precision) -> u64 {
    match precision {
        Precision::F32 => 40,
        Precision::F16 => 20,
        Precision::Int8 | Precision::Int8Static => 10,
        Precision::Int4 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: ModelNeeds = ModelNeeds {
        parameters: 110_000_000,
        embedding_parameters: 10_000_000,
        window_length: 512,
        calibrated: false,
    };

    #[test]
    fn only_what_is_multiplied_shrinks() {
        let weights_mb = Precision::ALL.map(|level| needed_mb(MODEL, level, 0));
        assert_eq!(weights_mb, [420, 220, 120, 120, 80]);
        assert_eq!(needed_mb(MODEL, Precision::Int8, 4), 152);
    }

    #[test]
    fn the_most_exact_level_within_a_budget_is_found() {
        let fits = [430, 250, 150, 100, 90].map(|budget_mb| fitting(MODEL, 1, budget_mb));
        let (f32, f16) = (Some(Precision::F32), Some(Precision::F16));
        assert_eq!(fits, [f32, f16, Some(Precision::Int8), Some(Precision::Int4), Some(Precision::Int4)]);
        assert_eq!(fitting(MODEL, 1, 80), None);
    }
}
