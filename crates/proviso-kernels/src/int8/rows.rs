//! Rows of activations as 8-bit integers.

use aligned_vec::AVec;
use rten_simd::{Isa, SimdOp};

use super::{
    quantize::{BLOCK, extremes, quantize_block},
    tile::{self, Kernel},
};
use crate::{LayerNorm, Tier};

/// The range of values that a row's integers stand for.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Range {
    /// The lowest value, at most zero.
    pub low: f32,
    /// The highest value, at least zero.
    pub high: f32,
}

/// Rows of unsigned 8-bit integers with a scale and a zero point each.
#[derive(Debug, Clone)]
pub struct Int8Rows {
    tier: Tier,
    count: usize,
    depth: usize,
    /// Bytes from one row to the next: whole cache lines.
    stride: usize,
    values: AVec<u8>,
    scales: Vec<f32>,
    /// The integers that stand for zero, less the kernel's offset; as floating point, since sums are corrected there.
    zeros: Vec<f32>,
}

impl Int8Rows {
    /// No rows.
    pub fn new(tier: Tier) -> Self {
        Self {
            tier,
            count: 0,
            depth: 0,
            stride: 0,
            values: AVec::new(64),
            scales: Vec::new(),
            zeros: Vec::new(),
        }
    }

    /// Makes room for rows of another shape. Their content is undefined until they are written.
    pub fn reshape(&mut self, rows: usize, depth: usize) {
        (self.count, self.depth) = (rows, depth);
        self.stride = depth.next_multiple_of(64);
        // Room for whole tiles; what stands beyond the last row does not matter.
        let padded = rows.next_multiple_of(tile::kernel(self.tier).rows);
        // Memory that was needed once is kept.
        self.values.resize(self.values.len().max(padded * self.stride), 0);
        self.scales.resize(self.scales.len().max(padded), 0.0);
        self.zeros.resize(self.zeros.len().max(padded), 0.0);
    }

    /// Number of rows.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Numbers in a row.
    pub fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn tier(&self) -> Tier {
        self.tier
    }

    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn values(&self) -> &[u8] {
        &self.values
    }

    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }

    pub(super) fn zeros(&self) -> &[f32] {
        &self.zeros
    }

    /// A row with what is beyond its last number.
    pub(super) fn row_mut(&mut self, row: usize) -> &mut [u8] {
        &mut self.values[row * self.stride..][..self.stride]
    }

    /// Sets a row's scale and the integer that stands for zero.
    pub(super) fn set_scale(&mut self, row: usize, scale: f32, zero: u8) {
        self.scales[row] = scale;
        self.zeros[row] = f32::from(zero) - f32::from(tile::kernel(self.tier).offset);
    }

    /// Quantizes all rows of `values`, `stride` numbers apart. Each row gets the range of its own values, or the given
    /// one, beyond which values are cut off.
    ///
    /// # Panics
    /// If `values` is too short for the shape that was set last.
    pub fn quantize(&mut self, values: &[f32], stride: usize, range: Option<Range>) {
        let rows = self.count();
        assert!(rows == 0 || values.len() >= (rows - 1) * stride + self.depth);
        self.tier.run(QuantizeRows { rows: self, values, stride, range });
    }

    /// Normalises the rows of `values` in place, which have no gaps, and quantizes them in the same pass.
    ///
    /// # Panics
    /// If `values` or the norm have another shape than the one that was set last.
    pub fn normalize_and_quantize(&mut self, values: &mut [f32], norm: &LayerNorm, range: Option<Range>) {
        assert!(norm.width() == self.depth && values.len() == self.count() * self.depth);
        self.tier.run(NormalizeAndQuantize { rows: self, values, norm, range });
    }

    #[inline(always)]
    fn set<I: Isa>(&mut self, isa: I, row: usize, values: &[f32], range: Option<Range>) {
        let range = range.unwrap_or_else(|| {
            let (low, high) = extremes(isa, values);
            Range { low, high }
        });
        let Kernel { offset, lowest, .. } = *tile::kernel(self.tier);
        let levels = f32::from(u8::MAX - lowest);
        let scale = (range.high - range.low) / levels;
        // A row of zeros has any scale.
        let inverse = if scale > 0.0 { scale.recip() } else { 0.0 };
        let zero = (-range.low * inverse).round_ties_even().clamp(0.0, levels) + f32::from(lowest);
        self.scales[row] = scale;
        self.zeros[row] = zero - f32::from(offset);
        let target = &mut self.values[row * self.stride..][..self.stride];
        for (values, target) in values.chunks(BLOCK).zip(target.chunks_exact_mut(BLOCK)) {
            quantize_block(isa, values, inverse, zero, target);
        }
        if lowest > 0 {
            // Values below a given range.
            target.iter_mut().for_each(|value| *value = (*value).max(lowest));
        }
    }
}

struct QuantizeRows<'a> {
    rows: &'a mut Int8Rows,
    values: &'a [f32],
    stride: usize,
    range: Option<Range>,
}

impl SimdOp for QuantizeRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in 0..self.rows.count() {
            let values = &self.values[row * self.stride..][..self.rows.depth];
            self.rows.set(isa, row, values, self.range);
        }
    }
}

struct NormalizeAndQuantize<'a> {
    rows: &'a mut Int8Rows,
    values: &'a mut [f32],
    norm: &'a LayerNorm,
    range: Option<Range>,
}

impl SimdOp for NormalizeAndQuantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (row, values) in self.values.chunks_exact_mut(self.norm.width()).enumerate() {
            self.norm.row(isa, values);
            self.rows.set(isa, row, values, self.range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dequantized(rows: &Int8Rows, row: usize) -> Vec<f32> {
        let values = &rows.values[row * rows.stride..][..rows.depth];
        values
            .iter()
            .map(|q| {
                rows.scales[row]
                    * (f32::from(*q) - f32::from(tile::kernel(rows.tier).offset) - rows.zeros[row])
            })
            .collect()
    }

    #[test]
    fn each_row_is_held_to_half_a_step_of_its_own_range() {
        for tier in Tier::available() {
            let (count, depth, stride) = (5, 37, 40);
            let values: Vec<f32> = (0..count * stride)
                .map(|i| ((i * 31 % 97) as f32 - 20.0) * 10_f32.powi((i / stride) as i32))
                .collect();
            let mut rows = Int8Rows::new(tier);
            rows.reshape(count, depth);
            rows.quantize(&values, stride, None);
            for row in 0..count {
                let expected = &values[row * stride..][..depth];
                for (found, expected) in dequantized(&rows, row).iter().zip(expected) {
                    assert!((found - expected).abs() <= rows.scales[row] * 1.01, "{tier} {row}");
                }
            }
        }
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        for tier in Tier::available() {
            let mut rows = Int8Rows::new(tier);
            rows.reshape(1, 8);
            rows.quantize(&[0.0; 8], 8, None);
            assert_eq!(dequantized(&rows, 0), [0.0; 8], "{tier}");
        }
    }

    #[test]
    fn values_beyond_a_given_range_are_cut_off() {
        for tier in Tier::available() {
            let mut rows = Int8Rows::new(tier);
            rows.reshape(1, 4);
            rows.quantize(&[-9.0, -1.0, 1.0, 9.0], 4, Some(Range { low: -1.0, high: 1.0 }));
            let found = dequantized(&rows, 0);
            for (found, expected) in found.iter().zip([-1.0, -1.0, 1.0, 1.0]) {
                assert!((found - expected).abs() < 0.02, "{tier}: {found} {expected}");
            }
        }
    }

    #[test]
    fn normalizing_on_the_way_gives_the_same_integers() {
        for tier in Tier::available() {
            let (count, depth) = (3, 50);
            let mut values: Vec<f32> = (0..count * depth).map(|i| (i * 13 % 29) as f32).collect();
            let norm = LayerNorm::new(vec![1.5; depth], vec![0.25; depth], 1e-12);
            let (mut fused, mut apart) = (Int8Rows::new(tier), Int8Rows::new(tier));
            fused.reshape(count, depth);
            apart.reshape(count, depth);
            let mut normalized = values.clone();
            norm.apply(tier, &mut normalized);
            apart.quantize(&normalized, depth, None);
            fused.normalize_and_quantize(&mut values, &norm, None);
            assert_eq!(values, normalized, "{tier}");
            for row in 0..count {
                assert_eq!(dequantized(&fused, row), dequantized(&apart, row), "{tier}");
            }
        }
    }
}
