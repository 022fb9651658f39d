//! A whole product, tile by tile.

use std::mem::MaybeUninit;

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, FloatOps, NumOps, ToFloat},
};

use super::{Int8Rows, PackedInt8, tile};
use crate::{
    Output,
    output::{TilePlace, TileValues},
    prefetch::Prefetch,
};

/// `rows * weights`, with the scales of rows and columns, written as `output` says.
///
/// # Panics
/// If the operands do not fit each other, or the output is too short.
pub fn multiply(rows: &Int8Rows, weights: &PackedInt8, output: Output<'_>) {
    let count = rows.count();
    multiply_some(rows, 0..count, weights, output);
}

/// As [`multiply`] for some of the rows, the first of which must be a multiple of a tile's rows. The output begins with
/// the first of them.
///
/// # Panics
/// If the operands do not fit each other, or the output is too short.
pub fn multiply_some(
    rows: &Int8Rows,
    range: std::ops::Range<usize>,
    weights: &PackedInt8,
    mut output: Output<'_>,
) {
    let tier = weights.tier();
    assert!(rows.depth() == weights.depth() && rows.tier() == tier, "the operands do not fit each other");
    assert!(range.end <= rows.count() && range.start.is_multiple_of(tile::kernel(tier).rows));
    output.assert_holds(range.len(), weights.columns());
    tier.run(Product { rows, range, weights, output: &mut output });
}

struct Product<'a, 'o> {
    rows: &'a Int8Rows,
    range: std::ops::Range<usize>,
    weights: &'a PackedInt8,
    output: &'a mut Output<'o>,
}

/// A tile on the boundary of cache lines.
#[repr(align(64))]
struct Tile([MaybeUninit<i32>; tile::LARGEST]);

impl SimdOp for Product<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { rows, range, weights, output } = self;
        let kernel = tile::kernel(weights.tier());
        let columns = weights.columns();
        let group = 16 * weights.padded_depth();
        let mut tile = Tile([MaybeUninit::uninit(); tile::LARGEST]);
        let panel_bytes = kernel.columns / 16 * group;
        let tiles = range.len().div_ceil(kernel.rows);
        let prefetch = Prefetch::new(weights.bytes(), panel_bytes, tiles);
        (kernel.begin)();
        for first_column in (0..columns).step_by(kernel.columns) {
            let panel = weights.values()[first_column / 16 * group..].as_ptr();
            let next =
                weights.values().get((first_column + kernel.columns) / 16 * group..).map(<[i8]>::as_ptr);
            for (index, first) in range.clone().step_by(kernel.rows).enumerate() {
                prefetch.fetch(next, index);
                // SAFETY: rows have room for whole tiles and whole cache lines, weights are padded to whole tiles, and
                // `multiply_some` checked that the output holds the product.
                unsafe {
                    let a = rows.values().as_ptr().add(first * rows.stride());
                    (kernel.multiply)(
                        a,
                        rows.stride(),
                        panel,
                        group,
                        weights.padded_depth(),
                        tile.0.as_mut_ptr().cast(),
                    );
                    let place = TilePlace {
                        row: first - range.start,
                        rows: kernel.rows.min(range.end - first),
                        column: first_column,
                        width: kernel.columns,
                        columns,
                    };
                    let values = Sums {
                        first: tile.0.as_ptr().cast(),
                        width: kernel.columns,
                        zeros: rows.zeros()[first..].as_ptr(),
                        scales: rows.scales()[first..].as_ptr(),
                        column_sums: weights.sums()[first_column..].as_ptr(),
                        column_scales: weights.scales()[first_column..].as_ptr(),
                    };
                    output.put_tile(isa, place, &values);
                }
            }
        }
        (kernel.end)();
    }
}

/// A tile of integer sums in memory, with what turns them into the values that they stand for.
struct Sums {
    first: *const i32,
    width: usize,
    /// Of the tile's rows.
    zeros: *const f32,
    scales: *const f32,
    /// Of the tile's columns.
    column_sums: *const f32,
    column_scales: *const f32,
}

impl<I: Isa> TileValues<I> for Sums {
    /// The sums of the column's weights, their scale, and the first integer.
    type Column = (I::F32, I::F32, *const i32);

    #[inline(always)]
    unsafe fn column(&self, isa: I, column: usize) -> Self::Column {
        let ops = isa.f32();
        // SAFETY: within the tile, as the caller promises.
        unsafe {
            let sums = ops.load_ptr(self.column_sums.add(column));
            (sums, ops.load_ptr(self.column_scales.add(column)), self.first.add(column))
        }
    }

    #[inline(always)]
    unsafe fn value(&self, isa: I, (of_column, scale, first): &Self::Column, row: usize) -> I::F32 {
        let (floats, integers) = (isa.f32(), isa.i32());
        // SAFETY: as above.
        unsafe {
            let sum = integers.to_float(integers.load_ptr(first.add(row * self.width)));
            // Exact as long as both are below 2^24, to which f32 rounds them anyway.
            let sum = floats.mul_sub_from(floats.splat(*self.zeros.add(row)), *of_column, sum);
            floats.mul(sum, floats.mul(floats.splat(*self.scales.add(row)), *scale))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Tier,
        int8::row_step,
        testing::{numbers, product},
    };

    const SHAPES: [(usize, usize, usize); 6] =
        [(1, 1, 1), (33, 32, 64), (13, 33, 7), (5, 123, 66), (70, 70, 96), (25, 16, 384)];

    #[test]
    fn products_are_as_near_as_eight_bits_on_every_tier() {
        for tier in Tier::available() {
            for (rows, columns, depth) in SHAPES {
                let (a, b) = (numbers(rows * depth, 1), numbers(columns * depth, 2));
                let expected = product(&a, &b, rows, columns, depth);
                let mut quantized = Int8Rows::new(tier);
                quantized.reshape(rows, depth);
                quantized.quantize(&a, depth, None);
                let transposed: Vec<f32> =
                    (0..depth * columns).map(|i| b[i % columns * depth + i / columns]).collect();
                let mut by_rows = PackedInt8::new(tier);
                by_rows.repack(&transposed, columns, depth, columns);
                let by_columns = PackedInt8::pack_transposed(tier, &b, columns, depth);
                let (mut found, mut again) = (vec![0.0; rows * columns], vec![0.0; rows * columns]);
                multiply(&quantized, &by_columns, Output::plain(&mut found, columns));
                multiply(&quantized, &by_rows, Output::plain(&mut again, columns));
                assert_eq!(found, again, "{tier}: both ways of packing give the same integers");
                // A step of either operand is at most 1/127 of its range, and errors add up like a random walk.
                let bound = 0.02 * (depth as f64).sqrt();
                for (found, expected) in found.iter().zip(&expected) {
                    assert!((f64::from(*found) - expected).abs() < bound, "{tier} {rows} {columns} {depth}");
                }
            }
        }
    }

    #[test]
    fn some_rows_are_those_of_the_whole_product() {
        let (rows, columns, depth) = (100, 40, 48);
        for tier in Tier::available() {
            let mut quantized = Int8Rows::new(tier);
            quantized.reshape(rows, depth);
            quantized.quantize(&numbers(rows * depth, 3), depth, None);
            let weights = PackedInt8::pack_transposed(tier, &numbers(columns * depth, 4), columns, depth);
            let (mut whole, mut part) = (vec![0.0; rows * columns], vec![0.0; rows * columns]);
            multiply(&quantized, &weights, Output::plain(&mut whole, columns));
            let first = row_step(tier);
            multiply_some(&quantized, first..rows - 1, &weights, Output::plain(&mut part, columns));
            let count = (rows - 1 - first) * columns;
            assert_eq!(part[..count], whole[first * columns..][..count], "{tier}");
            assert!(part[count..].iter().all(|value| *value == 0.0), "{tier}: other rows are left alone");
        }
    }
}
