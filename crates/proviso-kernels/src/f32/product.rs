//! A whole product, tile by tile.

use std::mem::MaybeUninit;

use rten_simd::{Isa, SimdOp, ops::BitOps};

use super::{
    PanelShape, Panels,
    tile::{self, multiply_tile},
};
use crate::{
    Buffer, Output, Tier,
    output::{TilePlace, TileValues},
    prefetch::Prefetch,
};

/// The rows of a left operand. They are read in steps of [`row_step`](super::row_step), so there must be room for a whole
/// step after the last one; what stands there does not matter.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The numbers, row-major.
    pub values: &'a [f32],
    /// Numbers from one row to the next.
    pub stride: usize,
    /// Rows that count.
    pub count: usize,
}

/// `rows * weights`, written as `output` says. `scratch` holds a widened panel where weights are not kept as f32.
///
/// Weights are the outer loop: a panel stays in the nearest cache while all rows pass by it, and weights come through
/// the larger caches once.
///
/// # Panics
/// If an operand or the output is too short.
pub fn multiply<P: Panels>(
    tier: Tier,
    rows: Rows<'_>,
    weights: &P,
    mut output: Output<'_>,
    scratch: &mut Buffer,
) {
    let PanelShape { width, depth, columns } = weights.shape();
    assert!(rows.count == 0 || rows.stride >= depth, "rows of the left operand overlap");
    let read = rows.count.next_multiple_of(tile::row_step(tier));
    assert!(
        read == 0 || rows.values.len() >= (read - 1) * rows.stride + depth,
        "the left operand is too short"
    );
    output.assert_holds(rows.count, columns);
    assert_eq!(width, tile::column_step(tier), "weights were packed for another tier");
    tier.run(Product { rows, weights, output: &mut output, scratch });
}

struct Product<'a, 'o, P> {
    rows: Rows<'a>,
    weights: &'a P,
    output: &'a mut Output<'o>,
    scratch: &'a mut Buffer,
}

/// A tile on the boundary of cache lines.
#[repr(align(64))]
struct Tile([MaybeUninit<f32>; tile::LARGEST]);

impl<P: Panels> SimdOp for Product<'_, '_, P> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { rows, weights, output, scratch } = self;
        let ops = isa.f32();
        let lanes = ops.len();
        let PanelShape { width, depth, columns } = weights.shape();
        let step = tile::rows(lanes);
        let mut tile = Tile([MaybeUninit::uninit(); tile::LARGEST]);
        let tiles = rows.count.div_ceil(step);
        let prefetch = Prefetch::new(weights.bytes(), weights.stored(0).1, tiles);
        for index in 0..columns.div_ceil(width) {
            let next = (index + 1 < columns.div_ceil(width)).then(|| weights.stored(index + 1).0);
            let panel = weights.panel(isa, index, scratch);
            assert!(panel.len() >= depth * width);
            let first_column = index * width;
            for (tile_index, first) in (0..rows.count).step_by(step).enumerate() {
                prefetch.fetch(next, tile_index);
                // SAFETY: `multiply` checked that rows reach to the end of a step and that the output holds the
                // product; the panel was checked above.
                unsafe {
                    let a = rows.values.as_ptr().add(first * rows.stride);
                    multiply_tile(isa, a, rows.stride, panel.as_ptr(), depth, tile.0.as_mut_ptr().cast());
                    let place = TilePlace {
                        row: first,
                        rows: step.min(rows.count - first),
                        column: first_column,
                        width,
                        columns,
                    };
                    output.put_tile(isa, place, &Sums { first: tile.0.as_ptr().cast(), width });
                }
            }
        }
    }
}

/// A tile in memory.
struct Sums {
    first: *const f32,
    width: usize,
}

impl<I: Isa> TileValues<I> for Sums {
    type Column = *const f32;

    #[inline(always)]
    unsafe fn column(&self, _isa: I, column: usize) -> Self::Column {
        // SAFETY: within the tile, as the caller promises.
        unsafe { self.first.add(column) }
    }

    #[inline(always)]
    unsafe fn value(&self, isa: I, column: &Self::Column, row: usize) -> I::F32 {
        // SAFETY: as above.
        unsafe { isa.f32().load_ptr(column.add(row * self.width)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Activation, buffer,
        f32::{F16Panels, F32Panels, Int4Panels, row_step},
        testing::{numbers, product as reference},
    };

    const SHAPES: [(usize, usize, usize); 6] =
        [(1, 1, 1), (12, 32, 8), (13, 33, 7), (5, 123, 64), (30, 70, 96), (25, 16, 384)];

    #[test]
    fn products_equal_the_definition_on_every_tier() {
        for tier in Tier::available() {
            for (rows, columns, depth) in SHAPES {
                let mut a = numbers(rows * depth, 1);
                let b = numbers(columns * depth, 2);
                let expected = reference(&a, &b, rows, columns, depth);
                a.resize(rows.next_multiple_of(row_step(tier)) * depth, f32::NAN);
                let packed = F32Panels::pack_transposed(tier, &b, columns, depth);
                let mut out = vec![0.0; rows * columns];
                let rows_of_a = Rows { values: &a, stride: depth, count: rows };
                multiply(tier, rows_of_a, &packed, Output::plain(&mut out, columns), &mut buffer());
                for (found, expected) in out.iter().zip(&expected) {
                    assert!((f64::from(*found) - expected).abs() < 1e-4, "{tier} {rows} {columns} {depth}");
                }
            }
        }
    }

    #[test]
    fn scale_bias_activation_and_sum_are_applied_in_this_order() {
        let (rows, columns, depth) = (7, 37, 11);
        for tier in Tier::available() {
            let mut a = numbers(rows * depth, 3);
            let (b, bias, scales) = (numbers(columns * depth, 4), numbers(columns, 5), numbers(rows, 6));
            let product = reference(&a, &b, rows, columns, depth);
            a.resize(rows.next_multiple_of(row_step(tier)) * depth, 0.0);
            let packed = F32Panels::pack_transposed(tier, &b, columns, depth);
            let before = numbers(rows * columns, 7);
            let mut out = before.clone();
            let output = Output {
                row_scales: Some(&scales),
                bias: Some(&bias),
                activation: Activation::Relu,
                add: true,
                ..Output::plain(&mut out, columns)
            };
            multiply(tier, Rows { values: &a, stride: depth, count: rows }, &packed, output, &mut buffer());
            for (i, found) in out.iter().enumerate() {
                let (row, column) = (i / columns, i % columns);
                let linear = product[i] * f64::from(scales[row]) + f64::from(bias[column]);
                let expected = linear.max(0.0) + f64::from(before[i]);
                assert!((f64::from(*found) - expected).abs() < 1e-5, "{tier}");
            }
        }
    }

    #[test]
    fn narrower_weights_are_as_exact_as_their_format() {
        let (rows, columns, depth) = (4, 40, 96);
        for tier in Tier::available() {
            let mut a = numbers(rows * depth, 8);
            let b = numbers(columns * depth, 9);
            let expected = reference(&a, &b, rows, columns, depth);
            a.resize(rows.next_multiple_of(row_step(tier)) * depth, 0.0);
            let rows_of_a = Rows { values: &a, stride: depth, count: rows };
            let worst = |out: &[f32]| {
                out.iter().zip(&expected).map(|(f, e)| (f64::from(*f) - e).abs()).fold(0.0, f64::max)
            };
            let mut out = vec![0.0; rows * columns];
            let half = F16Panels::pack_transposed(tier, &b, columns, depth);
            multiply(tier, rows_of_a, &half, Output::plain(&mut out, columns), &mut buffer());
            let of_half = worst(&out);
            let fourth = Int4Panels::pack_transposed(tier, &b, columns, depth);
            multiply(tier, rows_of_a, &fourth, Output::plain(&mut out, columns), &mut buffer());
            let of_fourth = worst(&out);
            assert!(of_half > 0.0 && of_half < 5e-3, "{tier} f16: {of_half}");
            assert!(of_fourth > of_half && of_fourth < 1.5, "{tier} int4: {of_fourth}");
        }
    }
}
