//! Weights as 8-bit integers, packed for the kernels.

use aligned_vec::AVec;
use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, FloatOps, IntOps, NumOps, ToFloat},
};

use super::{
    quantize::{BLOCK, extremes, quantize_block, quantize_vector},
    tile,
};
use crate::{Element, Stored, StoredArray, StoredShape, Tier, stored::bytes_of};

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

    /// A matrix of zeros that is to be filled from a file.
    pub fn shaped(tier: Tier, columns: usize, depth: usize) -> Self {
        let mut packed = Self::new(tier);
        packed.reshape(columns, depth);
        packed
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

impl Stored for PackedInt8 {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        let panels = self.scales.len() / 16;
        // Four numbers of the depth lie side by side in a column.
        let values =
            StoredShape { element: Element::I8, panels, rows: self.padded_depth / 4, width: 16, group: 4 };
        let of_columns = StoredShape { element: Element::F32, rows: 1, group: 1, ..values };
        vec![
            StoredArray { part: "values", shape: values, bytes: bytes_of(&mut self.values) },
            StoredArray { part: "sums", shape: of_columns, bytes: bytes_of(&mut self.sums) },
            StoredArray { part: "scales", shape: of_columns, bytes: bytes_of(&mut self.scales) },
        ]
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
            let (low, high) = extremes(isa, row);
            let largest = high.max(-low);
            let inverse = if largest > 0.0 { LARGEST / largest } else { 0.0 };
            let target = &mut packed.values[column / 16 * group + column % 16 * 4..];
            packed.sums[column] = quantize_column(isa, row, inverse, target) as f32;
            packed.scales[column] = largest / LARGEST;
        }
    }
}

/// Writes a column's integers, four of them every 64 bytes; their sum.
#[inline(always)]
fn quantize_column<I: Isa>(isa: I, values: &[f32], inverse: f32, target: &mut [i8]) -> i32 {
    /// Makes the integers unsigned, as the quantization of blocks writes them.
    const OFFSET: u8 = 128;
    let mut total = 0;
    for (block, values) in values.chunks(BLOCK).enumerate() {
        let mut quantized = [OFFSET; BLOCK];
        quantize_block(isa, values, inverse, f32::from(OFFSET), &mut quantized);
        quantized[values.len()..].fill(OFFSET);
        let quantized = quantized.map(|value| (value ^ OFFSET) as i8);
        total += quantized.iter().map(|value| i32::from(*value)).sum::<i32>();
        let fours = quantized.chunks_exact(4).take(values.len().div_ceil(4));
        for (four, target) in fours.zip(target[block * BLOCK * 16..].chunks_mut(64)) {
            target[..4].copy_from_slice(four);
        }
    }
    total
}

struct PackRows<'a> {
    packed: &'a mut PackedInt8,
    values: &'a [f32],
    stride: usize,
}

impl SimdOp for PackRows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { packed, values, stride } = self;
        let group = 16 * packed.padded_depth;
        let lanes = isa.f32().len();
        for first in (0..packed.columns).step_by(lanes) {
            let rows =
                RowsOfColumns { values, stride, depth: packed.depth, first, count: packed.columns - first };
            let scales = &mut packed.scales[first..][..lanes];
            let sums = &mut packed.sums[first..][..lanes];
            let target = &mut packed.values[first / 16 * group + first % 16 * 4..];
            pack_vector(isa, &rows, target, scales, sums);
        }
    }
}

/// A vector of columns of a matrix.
struct RowsOfColumns<'a> {
    values: &'a [f32],
    stride: usize,
    depth: usize,
    first: usize,
    /// Columns from the first to the last of the matrix.
    count: usize,
}

impl RowsOfColumns<'_> {
    #[inline(always)]
    fn row<I: Isa>(&self, isa: I, row: usize) -> I::F32 {
        let ops = isa.f32();
        let values = &self.values[row * self.stride + self.first..];
        if self.count >= ops.len() { ops.load(values) } else { ops.load_pad(&values[..self.count]).0 }
    }
}

/// Packs a vector of columns: four rows of them make a vector of fours.
#[inline(always)]
fn pack_vector<I: Isa>(
    isa: I,
    rows: &RowsOfColumns<'_>,
    target: &mut [i8],
    scales: &mut [f32],
    sums: &mut [f32],
) {
    let (floats, integers) = (isa.f32(), isa.i32());
    let lanes = floats.len();
    let mut largest = floats.splat(f32::MIN_POSITIVE);
    for row in 0..rows.depth {
        largest = floats.max(largest, floats.abs(rows.row(isa, row)));
    }
    let inverse = floats.div(floats.splat(LARGEST), largest);
    floats.store(floats.div(largest, floats.splat(LARGEST)), scales);
    let (byte, zero) = (integers.splat(255), integers.zero());
    let mut total = zero;
    for four in 0..rows.depth.div_ceil(4) {
        let mut parts = [zero; 4];
        for (offset, part) in parts.iter_mut().enumerate().take(rows.depth - four * 4) {
            *part = quantize_vector(isa, rows.row(isa, four * 4 + offset), inverse, zero);
            total = integers.add(total, *part);
        }
        let low =
            integers.or(integers.and(parts[0], byte), integers.shift_left::<8>(integers.and(parts[1], byte)));
        let high = integers
            .or(integers.shift_left::<16>(integers.and(parts[2], byte)), integers.shift_left::<24>(parts[3]));
        let fours = &mut target[four * 64..][..4 * lanes];
        // SAFETY: a vector of 32-bit integers is four times as many bytes.
        unsafe { integers.store_ptr(integers.or(low, high), fours.as_mut_ptr().cast()) };
    }
    floats.store(integers.to_float(total), sums);
}
