//! Weights as 8-bit integers, packed for the kernels.

use aligned_vec::AVec;
use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, FloatOps, NumOps},
};

use super::tile;
use crate::Tier;

/// A matrix of signed 8-bit weights with a scale a column, in the layout `[columns/16][depth/4][16][4]` that serves
/// matrix tiles and all dot-product instructions. It can be packed again into the same memory, as attention does with
/// keys.
#[derive(Debug, Clone)]
pub struct PackedInt8 {
    tier: Tier,
    columns: usize,
    depth: usize,
    /// The depth with its padding of zeros.
    padded_depth: usize,
    values: AVec<i8>,
    /// Sums of the columns' integers; as floating point, since products are corrected there.
    sums: Vec<f32>,
    scales: Vec<f32>,
}

/// The integers of a column reach from minus this to this.
const LARGEST: f32 = 127.0;

impl PackedInt8 {
    /// No weights.
    pub fn new(tier: Tier) -> Self {
        Self {
            tier,
            columns: 0,
            depth: 0,
            padded_depth: 0,
            values: AVec::new(64),
            sums: Vec::new(),
            scales: Vec::new(),
        }
    }

    /// Quantizes and packs `[columns, depth]`, the layout in which models store the weights of a linear layer.
    ///
    /// # Panics
    /// If `weights` has another number of values.
    pub fn pack_transposed(tier: Tier, weights: &[f32], columns: usize, depth: usize) -> Self {
        assert_eq!(weights.len(), columns * depth);
        let mut packed = Self::new(tier);
        packed.repack_transposed(weights, depth, columns, depth);
        packed
    }

    /// Quantizes and packs `[columns, depth]` with rows `stride` apart in place of what was packed.
    ///
    /// # Panics
    /// If `values` is too short.
    pub fn repack_transposed(&mut self, values: &[f32], stride: usize, columns: usize, depth: usize) {
        assert!(columns == 0 || values.len() >= (columns - 1) * stride + depth);
        self.reshape(columns, depth);
        self.tier.run(Pack { packed: self, values, stride });
    }

    /// Quantizes and packs `[depth, columns]` with rows `stride` apart in place of what was packed, as attention does with
    /// values.
    ///
    /// # Panics
    /// If `values` is too short.
    pub fn repack(&mut self, values: &[f32], stride: usize, depth: usize, columns: usize) {
        assert!(depth == 0 || values.len() >= (depth - 1) * stride + columns);
        self.reshape(columns, depth);
        self.tier.run(PackRows { packed: self, values, stride });
    }

    fn reshape(&mut self, columns: usize, depth: usize) {
        let kernel = tile::kernel(self.tier);
        let padded_columns = columns.next_multiple_of(kernel.columns);
        let padded_depth = depth.next_multiple_of(kernel.depth_step);
        if (self.columns, self.depth) != (columns, depth) {
            // Padding has to be zero; a matrix of the same shape leaves it as it is.
            self.values.clear();
        }
        (self.columns, self.depth, self.padded_depth) = (columns, depth, padded_depth);
        self.values.resize(padded_columns * padded_depth, 0);
        self.sums.resize(padded_columns, 0.0);
        self.scales.resize(padded_columns, 0.0);
        self.sums[columns..].fill(0.0);
        self.scales[columns..].fill(0.0);
    }

    /// Columns of the product.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Length of the sums.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Bytes of the packed weights.
    pub fn bytes(&self) -> usize {
        self.values.len() + self.sums.len() * size_of::<f32>() + self.scales.len() * size_of::<f32>()
    }

    pub(super) fn tier(&self) -> Tier {
        self.tier
    }

    pub(super) fn padded_depth(&self) -> usize {
        self.padded_depth
    }

    pub(super) fn values(&self) -> &[i8] {
        &self.values
    }

    pub(super) fn sums(&self) -> &[f32] {
        &self.sums
    }

    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }
}

struct Pack<'a> {
    packed: &'a mut PackedInt8,
    values: &'a [f32],
    stride: usize,
}

impl SimdOp for Pack<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { packed, values, stride } = self;
        let (depth, group) = (packed.depth, 16 * packed.padded_depth);
        for column in 0..packed.columns {
            let row = &values[column * stride..][..depth];
            let largest = largest_magnitude(isa, row);
            let inverse = if largest > 0.0 { LARGEST / largest } else { 0.0 };
            let target = &mut packed.values[column / 16 * group + column % 16 * 4..];
            packed.sums[column] = quantize_column(isa, row, inverse, target) as f32;
            packed.scales[column] = largest / LARGEST;
        }
    }
}

struct PackRows<'a> {
    packed: &'a mut PackedInt8,
    values: &'a [f32],
    stride: usize,
}

impl SimdOp for PackRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) {
        let Self { packed, values, stride } = self;
        let (depth, group) = (packed.depth, 16 * packed.padded_depth);
        // Sixteen columns at a time: a vector of the columns' largest values, then of their integers.
        for first in (0..packed.columns).step_by(16) {
            let count = (packed.columns - first).min(16);
            let rows = || (0..depth).map(|row| &values[row * stride + first..][..count]);
            let mut largest = [0.0_f32; 16];
            for row in rows() {
                largest.iter_mut().zip(row).for_each(|(largest, value)| *largest = largest.max(value.abs()));
            }
            let inverse = largest.map(|largest| if largest > 0.0 { LARGEST / largest } else { 0.0 });
            let mut sums = [0_i32; 16];
            let target = &mut packed.values[first / 16 * group..][..group];
            for (place, row) in rows().enumerate() {
                let four = &mut target[place / 4 * 64..][..64];
                for (lane, value) in row.iter().enumerate() {
                    let quantized = (value * inverse[lane]).round_ties_even() as i32;
                    four[lane * 4 + place % 4] = quantized as i8;
                    sums[lane] += quantized;
                }
            }
            for lane in 0..count {
                packed.sums[first + lane] = sums[lane] as f32;
                packed.scales[first + lane] = largest[lane] / LARGEST;
            }
        }
    }
}

#[inline(always)]
fn largest_magnitude<I: Isa>(isa: I, values: &[f32]) -> f32 {
    let ops = isa.f32();
    let mut best = ops.zero();
    let mut chunks = values.chunks_exact(ops.len());
    for chunk in chunks.by_ref() {
        best = ops.max(best, ops.abs(ops.load(chunk)));
    }
    use rten_simd::Simd;
    let best = best.to_array().as_ref().iter().copied().fold(0.0_f32, f32::max);
    chunks.remainder().iter().fold(best, |best, value| best.max(value.abs()))
}

/// Writes a column's integers, four of them every 64 bytes; their sum.
#[inline(always)]
fn quantize_column<I: Isa>(isa: I, values: &[f32], inverse: f32, target: &mut [i8]) -> i32 {
    const AT_ONCE: usize = 64;
    let (floats, integers) = (isa.f32(), isa.i32());
    let factor = floats.splat(inverse);
    let mut total = 0;
    let mut quantized = [0_i32; AT_ONCE];
    for (block, values) in values.chunks(AT_ONCE).enumerate() {
        let lanes = floats.len();
        for (chunk, out) in values.chunks(lanes).zip(quantized.chunks_mut(lanes)) {
            let (value, _) = floats.load_pad(chunk);
            integers.store(floats.to_int_round(floats.mul(value, factor)), out);
        }
        for (four, quantized) in quantized[..values.len()].chunks(4).enumerate() {
            let place = &mut target[(block * AT_ONCE / 4 + four) * 64..][..quantized.len()];
            for (place, value) in place.iter_mut().zip(quantized) {
                *place = *value as i8;
                total += value;
            }
        }
    }
    total
}
