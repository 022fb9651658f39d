//! A whole product, tile by tile.

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, NumOps, ToFloat},
};

use super::{Int8Rows, PackedInt8, tile};
use crate::Output;

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
struct Tile([i32; tile::LARGEST]);

impl SimdOp for Product<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { rows, range, weights, output } = self;
        let kernel = tile::kernel(weights.tier());
        let (floats, integers) = (isa.f32(), isa.i32());
        let lanes = floats.len();
        let columns = weights.columns();
        let group = 16 * weights.padded_depth();
        let mut tile = Tile([0; tile::LARGEST]);
        (kernel.begin)();
        for first_column in (0..columns).step_by(kernel.columns) {
            let panel = weights.values()[first_column / 16 * group..].as_ptr();
            for first in range.clone().step_by(kernel.rows) {
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
                        tile.0.as_mut_ptr(),
                    );
                    for row in first..range.end.min(first + kernel.rows) {
                        let zero = integers.splat(*rows.zeros().get_unchecked(row));
                        let row_scale = floats.splat(*rows.scales().get_unchecked(row));
                        let sums = tile.0.as_ptr().add((row - first) * kernel.columns);
                        let mut column = 0;
                        while column < kernel.columns && first_column + column < columns {
                            let at = first_column + column;
                            let offset =
                                integers.mul(zero, integers.load_ptr(weights.sums().as_ptr().add(at)));
                            let sum = integers.sub(integers.load_ptr(sums.add(column)), offset);
                            let scale =
                                floats.mul(row_scale, floats.load_ptr(weights.scales().as_ptr().add(at)));
                            let value = floats.mul(integers.to_float(sum), scale);
                            output.put(isa, row - range.start, at, value, columns - at);
                            column += lanes;
                        }
                    }
                }
            }
        }
        (kernel.end)();
    }
}
