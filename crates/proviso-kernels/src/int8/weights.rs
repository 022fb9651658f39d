//! The weights of attention as 8-bit integers.

use std::sync::LazyLock;

use rten_simd::{
    Isa, Simd, SimdOp,
    ops::{BitOps, FloatOps, NarrowSaturate, NumOps},
};

use super::{Int8Rows, tile};
use crate::{
    ScoreBias,
    softmax::{add, exp2_of_nonpositive, largest},
};

/// Scores are read in steps of this many, so rows of scores need room for whole steps.
pub const SCORE_STEP: usize = 64;

/// Offsets of rounding: a sequence that fills [0, 1) evenly however many of its numbers are taken in a row (the golden
/// ratio's multiples).
static OFFSETS: LazyLock<[f32; 1024]> =
    LazyLock::new(|| std::array::from_fn(|i| (i as f64 * 0.618_033_988_749_895).fract() as f32));

impl Int8Rows {
    /// Sets the rows to the softmax of the first `columns` of rows of `scores`, `stride` numbers apart, with `bias` added;
    /// scores are logarithms to the base of 2, as for [`softmax_rows`](crate::softmax_rows), and are overwritten.
    ///
    /// The largest weight of a row becomes the largest integer, and the row's scale makes its integers add up to 1. Weights
    /// are not rounded to the nearest integer but up or down by an even sequence of offsets: where hundreds of tokens have a
    /// weight below half a step, rounding would lose all of them, and with them much of the sum. `first` counts the rows
    /// before these that are in the same sequence: rows that are set apart from them become the same integers.
    ///
    /// # Panics
    /// If the rows were not shaped to `columns`, or `stride` has no room for whole steps of scores.
    pub fn softmax(
        &mut self,
        scores: &mut [f32],
        stride: usize,
        columns: usize,
        bias: Option<ScoreBias<'_>>,
        first: usize,
    ) {
        assert!(columns > 0 && columns == self.depth() && columns.next_multiple_of(SCORE_STEP) <= stride);
        assert!(scores.len() >= self.count() * stride, "the scores are too short");
        self.tier().run(SoftmaxRows { rows: self, scores, stride, columns, bias, first });
    }
}

struct SoftmaxRows<'a> {
    rows: &'a mut Int8Rows,
    scores: &'a mut [f32],
    stride: usize,
    columns: usize,
    bias: Option<ScoreBias<'a>>,
    first: usize,
}

impl SimdOp for SoftmaxRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        // A hair less, so that the largest weight with the largest offset does not pass the largest integer.
        let lowest = tile::kernel(self.rows.tier()).lowest;
        let levels = f32::from(u8::MAX - lowest) - 0.01;
        for row in 0..self.rows.count() {
            let scores = &mut self.scores[row * self.stride..][..self.columns.next_multiple_of(SCORE_STEP)];
            let (inside, beyond) = scores.split_at_mut(self.columns);
            if let Some(bias) = self.bias {
                add(isa, inside, bias.row(row, self.columns));
            }
            let largest = largest(isa, inside);
            beyond.fill(f32::MIN);
            let offsets = &OFFSETS[(self.first + row) * 37 % 512..];
            let sum = integers(isa, scores, largest, levels, offsets, self.rows.row_mut(row));
            if lowest > 0 {
                self.rows.row_mut(row).iter_mut().for_each(|value| *value += lowest);
            }
            self.rows.set_scale(row, (sum as f32).recip(), lowest);
        }
    }
}

/// Writes `2^(score - largest) * levels` as integers; their sum.
#[inline(always)]
fn integers<I: Isa>(
    isa: I,
    scores: &[f32],
    largest: f32,
    levels: f32,
    offsets: &[f32],
    out: &mut [u8],
) -> i32 {
    let (floats, integers) = (isa.f32(), isa.i32());
    let lanes = floats.len();
    let (shift, levels) = (floats.splat(largest), floats.splat(levels));
    let mut sum = integers.zero();
    for (index, (scores, out)) in
        scores.chunks_exact(4 * lanes).zip(out.chunks_exact_mut(4 * lanes)).enumerate()
    {
        let offsets = &offsets[index * 4 * lanes % 512..][..4 * lanes];
        let mut quantized = [integers.zero(); 4];
        for part in 0..4 {
            let score = floats.load(&scores[part * lanes..]);
            let weight = exp2_of_nonpositive(isa, floats.sub(score, shift));
            let offset = floats.load(&offsets[part * lanes..]);
            quantized[part] = floats.to_int_trunc(floats.mul_add(weight, levels, offset));
            sum = integers.add(sum, quantized[part]);
        }
        let low = integers.narrow_saturate(quantized[0], quantized[1]);
        let high = integers.narrow_saturate(quantized[2], quantized[3]);
        isa.u8().store(isa.i16().narrow_saturate(low, high), out);
    }
    // Of scores that are no numbers, as damaged weights make them, the integers are arbitrary: their sum must not end the program.
    sum.to_array().as_ref().iter().fold(0, |sum: i32, part| sum.wrapping_add(*part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tier;

    /// Softmax to the base of 2 by its definition.
    fn weights(scores: &[f32]) -> Vec<f64> {
        let powers: Vec<f64> = scores.iter().map(|score| f64::from(*score).exp2()).collect();
        let sum: f64 = powers.iter().sum();
        powers.iter().map(|power| power / sum).collect()
    }

    fn found(tier: Tier, scores: &[f32]) -> Vec<f64> {
        let columns = scores.len();
        let stride = columns.next_multiple_of(SCORE_STEP);
        let mut room = scores.to_vec();
        room.resize(stride, f32::NAN);
        let mut rows = Int8Rows::new(tier);
        rows.reshape(1, columns);
        rows.softmax(&mut room, stride, columns, None, 0);
        let scale = f64::from(rows.scales()[0]);
        let lowest = tile::kernel(tier).lowest;
        rows.values()[..columns].iter().map(|value| f64::from(*value - lowest) * scale).collect()
    }

    #[test]
    fn weights_are_within_a_step_and_add_up_to_one() {
        for tier in Tier::available() {
            for columns in [1, 5, 64, 77, 512] {
                let scores: Vec<f32> = (0..columns).map(|i| (i * 7919 % 113) as f32 / 16.0).collect();
                let expected = weights(&scores);
                let found = found(tier, &scores);
                let step = expected.iter().copied().fold(0.0, f64::max) / 100.0;
                assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{tier} {columns}");
                for (found, expected) in found.iter().zip(&expected) {
                    assert!((found - expected).abs() < step, "{tier} {columns}: {found} {expected}");
                }
            }
        }
    }

    #[test]
    fn rows_set_apart_become_the_same_integers() {
        let (count, columns, stride) = (5, 90, 128);
        for tier in Tier::available() {
            let scores: Vec<f32> = (0..count * stride).map(|i| (i * 7919 % 113) as f32 / 16.0).collect();
            let rows_from = |first: usize| {
                let mut rows = Int8Rows::new(tier);
                rows.reshape(count - first, columns);
                let mut scores = scores[first * stride..].to_vec();
                rows.softmax(&mut scores, stride, columns, None, first);
                rows
            };
            let (mut whole, mut part) = (rows_from(0), rows_from(3));
            for row in 3..count {
                assert_eq!(whole.row_mut(row)[..columns], part.row_mut(row - 3)[..columns], "{tier}");
                assert_eq!(whole.scales()[row], part.scales()[row - 3], "{tier}");
            }
        }
    }

    #[test]
    fn many_small_weights_keep_their_share() {
        for tier in Tier::available() {
            // One token with half of the weight, and 400 tokens that share the other half.
            let mut scores = vec![-(400.0_f32.log2()); 401];
            scores[0] = 0.0;
            let found = found(tier, &scores);
            assert!((found[0] - 0.5).abs() < 0.02, "{tier}: {}", found[0]);
        }
    }
}
