//! Softmax over the rows of attention scores.

use rten_simd::{
    Isa, Simd, SimdOp,
    ops::{BitOps, FloatOps, IntOps, NumOps},
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
    fn row(&self, row: usize, columns: usize) -> &'a [f32] {
        let first = self.first as isize + row as isize * self.step;
        &self.values[first as usize..][..columns]
    }
}

/// Turns each row of `scores` (`stride` numbers apart, `columns` long) into `exp(score - largest)` and writes the
/// reciprocal of each row's sum to `inverse_sums`: whoever multiplies with the rows scales the few outputs instead of
/// the many weights. `bias` is added to the scores first.
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
fn add<I: Isa>(isa: I, scores: &mut [f32], bias: &[f32]) {
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
fn largest<I: Isa>(isa: I, scores: &[f32]) -> f32 {
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

/// Replaces each score by `exp(score - largest)`; their sum.
#[inline(always)]
fn exponentials<I: Isa>(isa: I, scores: &mut [f32], largest: f32) -> f32 {
    let ops = isa.f32();
    let lanes = ops.len();
    let shift = ops.splat(largest);
    let mut sums = [ops.zero(); 2];
    let mut blocks = scores.chunks_exact_mut(2 * lanes);
    for block in blocks.by_ref() {
        for (sum, chunk) in sums.iter_mut().zip(block.chunks_exact_mut(lanes)) {
            let value = exp_of_nonpositive(isa, ops.sub(ops.load(chunk), shift));
            *sum = ops.add(*sum, value);
            ops.store(value, chunk);
        }
    }
    let rest = blocks.into_remainder();
    let mut sum = ops.add(sums[0], sums[1]);
    for chunk in rest.chunks_mut(lanes) {
        let mask = ops.first_n_mask(chunk.len());
        let (value, _) = ops.load_pad(chunk);
        let value = ops.select(exp_of_nonpositive(isa, ops.sub(value, shift)), ops.zero(), mask);
        sum = ops.add(sum, value);
        let values = value.to_array();
        chunk.copy_from_slice(&values.as_ref()[..chunk.len()]);
    }
    ops.sum(sum)
}

/// `exp(x)` for `x <= 0` with a relative error below 3e-7; zero where the result would be below the normal numbers.
///
/// Cody-Waite reduction to `2^k * exp(r)`, `|r| <= ln 2 / 2`, then the minimax polynomial of degree 6 by N. Juffa that
/// also rten-vecmath uses.
#[inline(always)]
fn exp_of_nonpositive<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const LOWEST: f32 = -87.3;
    let ops = isa.f32();
    let x = ops.max(x, ops.splat(LOWEST));
    let k = ops.round_ties_even(ops.mul(x, ops.splat(std::f32::consts::LOG2_E)));
    let r = ops.mul_add(k, ops.splat(-6.931_457_5e-1), x);
    let r = ops.mul_add(k, ops.splat(-1.428_606_8e-6), r);
    let mut power = ops.splat(1.378_059_4e-3);
    for coefficient in [8.373_124_5e-3, 4.166_953_6e-2, 1.666_647_2e-1, 4.999_998_5e-1, 1.0, 1.0] {
        power = ops.mul_add(power, r, ops.splat(coefficient));
    }
    let integers = isa.i32();
    let exponent = integers.shift_left::<23>(integers.add(ops.to_int_trunc(k), integers.splat(127)));
    let value = ops.mul(power, exponent.reinterpret_cast());
    ops.select(ops.zero(), value, ops.le(x, ops.splat(LOWEST)))
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
                for row in 0..rows {
                    let at = row * stride..row * stride + columns;
                    let biased: Vec<f64> = scores[at.clone()]
                        .iter()
                        .zip(&bias[at.clone()])
                        .map(|(s, b)| f64::from(s + b))
                        .collect();
                    let largest = biased.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let sum: f64 = biased.iter().map(|s| (s - largest).exp()).sum();
                    for (biased, found) in biased.iter().zip(&found[at]) {
                        let expected = (biased - largest).exp() / sum;
                        let found = f64::from(found * inverse[row]);
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
            assert_eq!((scores[0], scores[1], scores[3]), (1.0, 0.0, 0.0), "{tier}");
            assert!((scores[4] - (-3.0_f32).exp()).abs() < 1e-8 && scores[2] < 1e-37, "{tier}");
        }
    }
}
