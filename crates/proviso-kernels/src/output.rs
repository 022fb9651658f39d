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

    /// Writes a tile of the product. `values` is asked for the vectors of a column, once, and what it answers for each of
    /// their rows, so that what belongs to a column is loaded once.
    ///
    /// # Safety
    /// [`assert_holds`](Self::assert_holds) must have passed for a shape that the tile lies in.
    #[inline(always)]
    pub(crate) unsafe fn put_tile<I: Isa, R: Fn(usize) -> I::F32>(
        &mut self,
        isa: I,
        tile: TilePlace,
        values: impl Fn(usize) -> R,
    ) {
        // SAFETY: passed on.
        unsafe {
            match self.activation {
                Activation::Identity => self.put_columns(isa, tile, values, |value| value),
                activation => self.put_columns(isa, tile, values, |value| activation.apply(isa, value)),
            }
        }
    }

    #[inline(always)]
    unsafe fn put_columns<I: Isa, R: Fn(usize) -> I::F32>(
        &mut self,
        isa: I,
        tile: TilePlace,
        values: impl Fn(usize) -> R,
        activation: impl Fn(I::F32) -> I::F32,
    ) {
        let ops = isa.f32();
        let lanes = ops.len();
        for column in (0..tile.width).step_by(lanes) {
            let at = tile.column + column;
            if at >= tile.columns {
                break;
            }
            let valid = (tile.columns - at).min(lanes);
            let mask = ops.first_n_mask(valid);
            let value = values(column);
            // SAFETY: the caller's promise covers every place below; masked lanes are not touched.
            unsafe {
                let bias = match self.bias {
                    Some(bias) if valid == lanes => ops.load_ptr(bias.as_ptr().add(at)),
                    Some(bias) => ops.load_ptr_mask(bias.as_ptr().add(at), mask),
                    None => ops.zero(),
                };
                let target = self.values.as_mut_ptr().add(tile.row * self.stride + at);
                let place = |row: usize| target.add(row * self.stride);
                let finished = |row: usize| {
                    let mut value = value(row);
                    if let Some(scales) = self.row_scales {
                        value = ops.mul(value, ops.splat(*scales.get_unchecked(tile.row + row)));
                    }
                    activation(ops.add(value, bias))
                };
                if valid < lanes {
                    for row in 0..tile.rows {
                        let before = if self.add { ops.load_ptr_mask(place(row), mask) } else { ops.zero() };
                        ops.store_ptr_mask(ops.add(finished(row), before), place(row), mask);
                    }
                } else if self.add {
                    for row in 0..tile.rows {
                        ops.store_ptr(ops.add(finished(row), ops.load_ptr(place(row))), place(row));
                    }
                } else {
                    for row in 0..tile.rows {
                        ops.store_ptr(finished(row), place(row));
                    }
                }
            }
        }
    }
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
