//! What becomes of a product before it is written.

use rten_simd::{
    Isa,
    ops::{BitOps, NumOps},
};

use crate::Activation;

/// Where a product goes, row-major, and what is done to it on the way:
/// `activation(product * row_scale + bias)`, written or added to what stands there.
///
/// Doing this while a tile of the product is in the cache saves the passes over memory that separate operations take.
pub struct Output<'a> {
    /// The rows; the last may end after its last column.
    pub values: &'a mut [f32],
    /// Numbers from one row to the next.
    pub stride: usize,
    /// One factor a row.
    pub row_scales: Option<&'a [f32]>,
    /// One summand a column.
    pub bias: Option<&'a [f32]>,
    /// What is applied after scale and bias.
    pub activation: Activation,
    /// Whether the result is added to the values that stand there (a residual connection).
    pub add: bool,
}

/// Which activation a loop is made for.
const PLAIN: u8 = 0;
const GELU_COARSE: u8 = 1;
/// Whichever the output has.
const ASK: u8 = 2;

impl<'a> Output<'a> {
    /// The product as it is.
    pub fn plain(values: &'a mut [f32], stride: usize) -> Self {
        Self { values, stride, row_scales: None, bias: None, activation: Activation::Identity, add: false }
    }

    /// Checks that a product of this shape can be written.
    ///
    /// # Panics
    /// If anything is too short.
    pub(crate) fn assert_holds(&self, rows: usize, columns: usize) {
        assert!(
            rows == 0 || self.values.len() >= (rows - 1) * self.stride + columns,
            "the output is too short"
        );
        assert!(rows <= 1 || self.stride >= columns, "rows of the output overlap");
        assert!(self.row_scales.is_none_or(|scales| scales.len() >= rows), "a row has no scale");
        assert!(self.bias.is_none_or(|bias| bias.len() >= columns), "a column has no bias");
    }

    /// Writes a tile of the product.
    ///
    /// # Safety
    /// [`assert_holds`](Self::assert_holds) must have passed for a shape that the tile lies in, and the tile must hold as
    /// many values as its place says.
    #[inline(always)]
    pub(crate) unsafe fn put_tile<I: Isa, T: TileValues<I>>(&mut self, isa: I, place: TilePlace, tile: &T) {
        let lanes = isa.f32().len();
        let activation = self.activation;
        for column in (0..place.width).step_by(lanes) {
            let Some(valid) = place.columns.checked_sub(place.column + column).filter(|valid| *valid > 0)
            else {
                break;
            };
            // SAFETY: passed on.
            unsafe {
                if valid < lanes {
                    self.put_last(isa, place, tile, column, valid);
                    continue;
                }
                // The combinations that encoders use have loops of their own, without a question in them.
                match (activation, self.row_scales, self.add) {
                    (Activation::Identity, None, false) => {
                        self.put_column::<I, T, PLAIN, false, false>(isa, place, tile, column);
                    }
                    (Activation::Identity, None, true) => {
                        self.put_column::<I, T, PLAIN, false, true>(isa, place, tile, column);
                    }
                    (Activation::Identity, Some(_), false) => {
                        self.put_column::<I, T, PLAIN, true, false>(isa, place, tile, column);
                    }
                    (Activation::GeluCoarse, None, false) => {
                        self.put_column::<I, T, GELU_COARSE, false, false>(isa, place, tile, column);
                    }
                    (_, None, false) => {
                        self.put_column::<I, T, ASK, false, false>(isa, place, tile, column);
                    }
                    _ => self.put_last(isa, place, tile, column, lanes),
                }
            }
        }
    }

    /// Writes a vector of columns in all rows of a tile.
    #[inline(always)]
    unsafe fn put_column<
        I: Isa,
        T: TileValues<I>,
        const ACTIVATION: u8,
        const SCALED: bool,
        const ADD: bool,
    >(
        &mut self,
        isa: I,
        place: TilePlace,
        tile: &T,
        column: usize,
    ) {
        let ops = isa.f32();
        let at = place.column + column;
        // SAFETY: the caller's promise covers every place below.
        unsafe {
            let of_column = tile.column(isa, column);
            let bias = self.bias.map_or(ops.zero(), |bias| ops.load_ptr(bias.as_ptr().add(at)));
            let (stride, activation) = (self.stride, self.activation);
            let scales = self.row_scales.unwrap_or_default().as_ptr().wrapping_add(place.row);
            let mut target = self.values.as_mut_ptr().add(place.row * stride + at);
            for row in 0..place.rows {
                let mut value = tile.value(isa, &of_column, row);
                if SCALED {
                    value = ops.mul(value, ops.splat(*scales.add(row)));
                }
                value = ops.add(value, bias);
                value = match ACTIVATION {
                    PLAIN => value,
                    GELU_COARSE => Activation::GeluCoarse.apply(isa, value),
                    _ => activation.apply(isa, value),
                };
                if ADD {
                    value = ops.add(value, ops.load_ptr(target));
                }
                ops.store_ptr(value, target);
                target = target.wrapping_add(stride);
            }
        }
    }

    /// Writes `valid` columns, a vector or fewer, in all rows of a tile. Lanes beyond them are not touched.
    #[inline(always)]
    unsafe fn put_last<I: Isa, T: TileValues<I>>(
        &mut self,
        isa: I,
        place: TilePlace,
        tile: &T,
        column: usize,
        valid: usize,
    ) {
        let ops = isa.f32();
        let at = place.column + column;
        let mask = ops.first_n_mask(valid);
        // SAFETY: the caller's promise covers every place below.
        unsafe {
            let of_column = tile.column(isa, column);
            let bias = self.bias.map_or(ops.zero(), |bias| ops.load_ptr_mask(bias.as_ptr().add(at), mask));
            for row in 0..place.rows {
                let mut value = tile.value(isa, &of_column, row);
                if let Some(scales) = self.row_scales {
                    value = ops.mul(value, ops.splat(*scales.get_unchecked(place.row + row)));
                }
                value = self.activation.apply(isa, ops.add(value, bias));
                let target = self.values.as_mut_ptr().add((place.row + row) * self.stride + at);
                if self.add {
                    value = ops.add(value, ops.load_ptr_mask(target, mask));
                }
                ops.store_ptr_mask(value, target, mask);
            }
        }
    }
}

/// The values of a tile, vector by vector. What belongs to a column is loaded once for all rows.
pub(crate) trait TileValues<I: Isa> {
    /// What belongs to a vector of columns.
    type Column;

    /// # Safety
    /// The tile has a whole vector from this column on.
    unsafe fn column(&self, isa: I, column: usize) -> Self::Column;

    /// # Safety
    /// The tile has this row.
    unsafe fn value(&self, isa: I, column: &Self::Column, row: usize) -> I::F32;
}

/// Where a tile lies in the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TilePlace {
    /// Its first row, and how many of its rows are of the product.
    pub row: usize,
    pub rows: usize,
    /// Its first column and its width.
    pub column: usize,
    pub width: usize,
    /// Columns of the whole product; those of the tile beyond are padding.
    pub columns: usize,
}
