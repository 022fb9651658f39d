//! A whole product, tile by tile.

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, FloatOps, NumOps, ToFloat},
};

use super::{Int8Rows, PackedInt8, tile};
use crate::{Output, output::TilePlace};

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
                    let place = TilePlace {
                        row: first - range.start,
                        rows: kernel.rows.min(range.end - first),
                        column: first_column,
                        width: kernel.columns,
                        columns,
                    };
                    let sums = tile.0.as_ptr();
                    let (zeros, scales) = (&rows.zeros()[first..], &rows.scales()[first..]);
                    output.put_tile(isa, place, |column| {
                        let at = first_column + column;
                        let of_column = floats.load_ptr(weights.sums().as_ptr().add(at));
                        let scale = floats.load_ptr(weights.scales().as_ptr().add(at));
                        move |row: usize| {
                            let sum = integers.load_ptr(sums.add(row * kernel.columns + column));
                            let zero = floats.splat(*zeros.get_unchecked(row));
                            // Exact as long as both are below 2^24, which rounding to f32 asks for anyway.
                            let sum = floats.mul_sub_from(zero, of_column, integers.to_float(sum));
                            floats.mul(sum, floats.mul(floats.splat(*scales.get_unchecked(row)), scale))
                        }
                    });
                }
            }
        }
        (kernel.end)();
    }
}
