//! Softmax over the rows of attention scores.

use rten_simd::{
    Isa, Simd, SimdOp,
    ops::{BitOps, IntOps, NumOps},
};

use crate::Tier;

/// Numbers that are added to the scores of attention: those for row `r` begin at `first + r * step`.
#[derive(Debug, Clone, Copy)]
pub struct ScoreBias<'a> {
    /// The numbers.
    pub values: &'a [f32],
    /// Where those of the first row begin.
    pub first: usize,
    /// From one row to the next; negative where each row begins before the last one, as biases do that depend on the
    /// distance of two tokens.
    pub step: isize,
}

impl<'a> ScoreBias<'a> {
    #[inline(always)]
    pub(crate) fn row(&self, row: usize, columns: usize) -> &'a [f32] {
        let first = self.first as isize + row as isize * self.step;
        &self.values[first as usize..][..columns]
    }
}

/// Turns each row of `scores` (`stride` numbers apart, `columns` long) into `2^(score - largest)` and writes the
/// reciprocal of each row's sum to `inverse_sums`: whoever multiplies with the rows scales the few outputs instead of
/// the many weights. `bias` is added to the scores first.
///
/// Scores and bias are logarithms to the base of 2, so that no score has to be multiplied here: who makes them multiplies
/// the queries' projection with `log2(e)` once.
///
/// # Panics
/// If a slice is too short.
pub fn softmax_rows(
    tier: Tier,
    scores: &mut [f32],
    stride: usize,
    columns: usize,
    bias: Option<ScoreBias<'_>>,
    inverse_sums: &mut [f32],
) {
    let rows = inverse_sums.len();
    assert!(columns > 0 && columns <= stride && scores.len() >= rows * stride, "the scores are too short");
    tier.run(SoftmaxRows { scores, stride, columns, bias, inverse_sums });
}

struct SoftmaxRows<'a> {
    scores: &'a mut [f32],
    stride: usize,
    columns: usize,
    bias: Option<ScoreBias<'a>>,
    inverse_sums: &'a mut [f32],
}

impl SimdOp for SoftmaxRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (row, inverse) in self.inverse_sums.iter_mut().enumerate() {
            let scores = &mut self.scores[row * self.stride..][..self.columns];
            if let Some(bias) = self.bias {
                add(isa, scores, bias.row(row, self.columns));
            }
            let largest = largest(isa, scores);
            *inverse = exponentials(isa, scores, largest).recip();
        }
    }
}

#[inline(always)]
pub(crate) fn add<I: Isa>(isa: I, scores: &mut [f32], bias: &[f32]) {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut chunks = scores.chunks_exact_mut(lanes);
    let mut biases = bias.chunks_exact(lanes);
    for (chunk, bias) in chunks.by_ref().zip(biases.by_ref()) {
        ops.store(ops.add(ops.load(chunk), ops.load(bias)), chunk);
    }
    for (score, bias) in chunks.into_remainder().iter_mut().zip(biases.remainder()) {
        *score += bias;
    }
}

#[inline(always)]
pub(crate) fn largest<I: Isa>(isa: I, scores: &[f32]) -> f32 {
    let ops = isa.f32();
    let lanes = ops.len();
    let lowest = ops.splat(f32::NEG_INFINITY);
    let mut best = [lowest; 4];
    let mut blocks = scores.chunks_exact(4 * lanes);
    for block in blocks.by_ref() {
        for (best, chunk) in best.iter_mut().zip(block.chunks_exact(lanes)) {
            *best = ops.max(*best, ops.load(chunk));
        }
    }
    let best = ops.max(ops.max(best[0], best[1]), ops.max(best[2], best[3]));
    let of_blocks = ops.fold_splat(best, f32::NEG_INFINITY, f32::max).to_array().as_ref()[0];
    blocks.remainder().iter().copied().fold(of_blocks, f32::max)
}

/// Replaces each score by `2^(score - largest)`; their sum.
#[inline(always)]
fn exponentials<I: Isa>(isa: I, scores: &mut [f32], largest: f32) -> f32 {
    let ops = isa.f32();
    let lanes = ops.len();
    let shift = ops.splat(largest);
    let mut sums = [ops.zero(); 2];
    let mut blocks = scores.chunks_exact_mut(2 * lanes);
    for block in blocks.by_ref() {
        for (sum, chunk) in sums.iter_mut().zip(block.chunks_exact_mut(lanes)) {
            let value = exp2_of_nonpositive(isa, ops.sub(ops.load(chunk), shift));
            *sum = ops.add(*sum, value);
            ops.store(value, chunk);
        }
    }
    let rest = blocks.into_remainder();
    let mut sum = ops.add(sums[0], sums[1]);
    for chunk in rest.chunks_mut(lanes) {
        let mask = ops.first_n_mask(chunk.len());
        let (value, _) = ops.load_pad(chunk);
        let value = ops.select(exp2_of_nonpositive(isa, ops.sub(value, shift)), ops.zero(), mask);
        sum = ops.add(sum, value);
        let values = value.to_array();
        chunk.copy_from_slice(&values.as_ref()[..chunk.len()]);
    }
    ops.sum(sum)
}

/// `2^x` for `x <= 0` with a relative error below 2e-7; at least the smallest normal number, which is nothing beside 1.
///
/// `x` is split into a whole number `k`, by adding a number so large that the rest falls off its end, and the rest `r`,
/// `|r| <= 1/2`. The polynomial for `2^r` is a minimax fit of degree 5; `k` is added to its exponent.
#[inline(always)]
pub(crate) fn exp2_of_nonpositive<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const WHOLE: f32 = 12_582_912.0; // 1.5 * 2^23
    let (ops, integers) = (isa.f32(), isa.i32());
    let x = ops.max(x, ops.splat(-126.0));
    let shifted = ops.add(x, ops.splat(WHOLE));
    let r = ops.sub(x, ops.sub(shifted, ops.splat(WHOLE)));
    let mut power = ops.splat(1.327_65e-3);
    for coefficient in [9.675_54e-3, 5.550_713e-2, 2.402_212e-1, 6.931_469_7e-1, 1.000_000_1] {
        power = ops.mul_add(power, r, ops.splat(coefficient));
    }
    let exponent = integers.shift_left::<23>(shifted.reinterpret_cast());
    let bits: I::I32 = power.reinterpret_cast();
    integers.add(bits, exponent).reinterpret_cast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_definition_on_every_tier() {
        for tier in Tier::available() {
            for columns in [1, 3, 16, 17, 31, 64, 129] {
                let stride = columns + 5;
                let rows = 3;
                let scores: Vec<f32> =
                    (0..rows * stride).map(|i| ((i * 37 % 101) as f32 - 50.0) * 0.35).collect();
                let bias: Vec<f32> = (0..rows * stride).map(|i| (i % 7) as f32).collect();
                let mut found = scores.clone();
                let mut inverse = vec![0.0; rows];
                let rows_of_bias = ScoreBias { values: &bias, first: 0, step: stride as isize };
                softmax_rows(tier, &mut found, stride, columns, Some(rows_of_bias), &mut inverse);
                for (row, inverse) in inverse.iter().enumerate() {
                    let at = row * stride..row * stride + columns;
                    let biased: Vec<f64> = scores[at.clone()]
                        .iter()
                        .zip(&bias[at.clone()])
                        .map(|(s, b)| f64::from(s + b))
                        .collect();
                    let largest = biased.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let sum: f64 = biased.iter().map(|s| (s - largest).exp2()).sum();
                    for (biased, found) in biased.iter().zip(&found[at]) {
                        let expected = (biased - largest).exp2() / sum;
                        let found = f64::from(found * inverse);
                        assert!((found - expected).abs() < 1e-6, "{tier} {columns}: {found} {expected}");
                    }
                }
                assert_eq!(found[columns], scores[columns], "{tier}: what lies between rows is left alone");
            }
        }
    }

    #[test]
    fn far_smaller_scores_have_no_weight() {
        for tier in Tier::available() {
            let mut scores = vec![0.0, -1.0e4, -87.0, -200.0, -3.0];
            let mut inverse = [0.0];
            softmax_rows(tier, &mut scores, 5, 5, None, &mut inverse);
            assert!((scores[0] - 1.0).abs() < 1e-6 && (scores[4] - 0.125).abs() < 1e-7, "{tier}");
            assert!(scores[1] < 2e-38 && scores[2] < 1e-26 && scores[3] < 2e-38, "{tier}: {scores:?}");
        }
    }
}
