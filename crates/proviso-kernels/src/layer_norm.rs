//! Layer normalisation of rows in place.

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, NumOps},
};

use crate::{Stored, StoredArray, StoredShape, Tier, stored::bytes_of};

/// Layer normalisation (Ba, Kiros and Hinton, arXiv 1607.06450) with a learned scale and shift.
#[derive(Debug, Clone)]
pub struct LayerNorm {
    scale: Vec<f32>,
    shift: Vec<f32>,
    epsilon: f32,
}

impl LayerNorm {
    /// `scale` and `shift` have one number for each of a row.
    ///
    /// # Panics
    /// If they differ in length.
    pub fn new(scale: Vec<f32>, shift: Vec<f32>, epsilon: f32) -> Self {
        assert_eq!(scale.len(), shift.len());
        Self { scale, shift, epsilon }
    }

    /// One that is to be filled from a file.
    pub fn shaped(width: usize, epsilon: f32) -> Self {
        Self::new(vec![1.0; width], vec![0.0; width], epsilon)
    }

    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.scale.len()
    }

    /// What the normalised numbers of a row are multiplied with, and what is added then.
    pub fn scale_and_shift(&self) -> (&[f32], &[f32]) {
        (&self.scale, &self.shift)
    }

    /// Normalises each row of `values`, which are a whole number of rows without gaps.
    ///
    /// # Panics
    /// If they are not.
    pub fn apply(&self, tier: Tier, values: &mut [f32]) {
        assert!(values.len().is_multiple_of(self.width()));
        tier.run(Normalize { norm: self, values });
    }

    /// Normalises one row.
    #[inline(always)]
    pub(crate) fn row<I: Isa>(&self, isa: I, row: &mut [f32]) {
        let ops = isa.f32();
        let lanes = ops.len();
        let width = row.len() as f32;
        let mut sums = [ops.zero(); 2];
        for pair in row.chunks_exact(2 * lanes) {
            sums[0] = ops.add(sums[0], ops.load(pair));
            sums[1] = ops.add(sums[1], ops.load(&pair[lanes..]));
        }
        let rest = row.chunks_exact(2 * lanes).remainder();
        let mean = (ops.sum(ops.add(sums[0], sums[1])) + rest.iter().sum::<f32>()) / width;
        let shift = ops.splat(mean);
        let mut squares = [ops.zero(); 2];
        for pair in row.chunks_exact(2 * lanes) {
            let low = ops.sub(ops.load(pair), shift);
            let high = ops.sub(ops.load(&pair[lanes..]), shift);
            squares[0] = ops.mul_add(low, low, squares[0]);
            squares[1] = ops.mul_add(high, high, squares[1]);
        }
        let of_rest: f32 = rest.iter().map(|value| (value - mean) * (value - mean)).sum();
        let variance = (ops.sum(ops.add(squares[0], squares[1])) + of_rest) / width;
        let inverse = (variance + self.epsilon).sqrt().recip();
        let factor = ops.splat(inverse);
        let mut chunks = row.chunks_exact_mut(lanes);
        let mut at = 0;
        for chunk in chunks.by_ref() {
            let scale = ops.mul(ops.load(&self.scale[at..]), factor);
            let centred = ops.sub(ops.load(chunk), shift);
            ops.store(ops.mul_add(centred, scale, ops.load(&self.shift[at..])), chunk);
            at += lanes;
        }
        for (offset, value) in chunks.into_remainder().iter_mut().enumerate() {
            *value = (*value - mean) * inverse * self.scale[at + offset] + self.shift[at + offset];
        }
    }
}

impl Stored for LayerNorm {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        let shape = StoredShape::list(self.scale.len());
        vec![
            StoredArray { part: "scale", shape, bytes: bytes_of(&mut self.scale) },
            StoredArray { part: "shift", shape, bytes: bytes_of(&mut self.shift) },
        ]
    }
}

struct Normalize<'a> {
    norm: &'a LayerNorm,
    values: &'a mut [f32],
}

impl SimdOp for Normalize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.values.chunks_exact_mut(self.norm.width()) {
            self.norm.row(isa, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_the_learned_mean_and_spread() {
        for tier in Tier::available() {
            for width in [3, 37, 64, 384] {
                let norm = LayerNorm::new(vec![2.0; width], vec![5.0; width], 1e-12);
                let mut values: Vec<f32> = (0..2 * width).map(|i| ((i * 7919) % 1013) as f32).collect();
                norm.apply(tier, &mut values);
                for row in values.chunks_exact(width) {
                    let mean = row.iter().sum::<f32>() / width as f32;
                    let spread = (row.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / width as f32).sqrt();
                    assert!(
                        (mean - 5.0).abs() < 1e-4 && (spread - 2.0).abs() < 1e-4,
                        "{tier} {mean} {spread}"
                    );
                }
            }
        }
    }

    #[test]
    fn each_place_has_its_own_scale_and_shift() {
        for tier in Tier::available() {
            let width = 21;
            let scale: Vec<f32> = (0..width).map(|i| i as f32).collect();
            let shift: Vec<f32> = (0..width).map(|i| -(i as f32)).collect();
            let norm = LayerNorm::new(scale, shift, 0.0);
            let mut values: Vec<f32> = (0..width).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
            let mean = 1.0 / width as f32;
            let spread = (1.0 - mean * mean).sqrt();
            let expected: Vec<f32> =
                values.iter().enumerate().map(|(i, v)| (v - mean) / spread * i as f32 - i as f32).collect();
            norm.apply(tier, &mut values);
            for (found, expected) in values.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-4, "{tier}");
            }
        }
    }
}
