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

    /// Writes one vector of a row; `valid` of its numbers are of the product, the others are padding.
    ///
    /// # Safety
    /// [`assert_holds`](Self::assert_holds) must have passed for a shape with this row and these valid columns.
    #[inline(always)]
    pub(crate) unsafe fn put<I: Isa>(
        &mut self,
        isa: I,
        row: usize,
        column: usize,
        value: I::F32,
        valid: usize,
    ) {
        let ops = isa.f32();
        let mut value = value;
        let at = row * self.stride + column;
        // SAFETY: the caller's promise covers every place below; masked lanes are not touched.
        unsafe {
            if let Some(scales) = self.row_scales {
                value = ops.mul(value, ops.splat(*scales.get_unchecked(row)));
            }
            if valid >= ops.len() {
                if let Some(bias) = self.bias {
                    value = ops.add(value, ops.load_ptr(bias.as_ptr().add(column)));
                }
                value = self.activation.apply(isa, value);
                let target = self.values.as_mut_ptr().add(at);
                if self.add {
                    value = ops.add(value, ops.load_ptr(target));
                }
                ops.store_ptr(value, target);
            } else {
                let mask = ops.first_n_mask(valid);
                if let Some(bias) = self.bias {
                    value = ops.add(value, ops.load_ptr_mask(bias.as_ptr().add(column), mask));
                }
                value = self.activation.apply(isa, value);
                let target = self.values.as_mut_ptr().add(at);
                if self.add {
                    value = ops.add(value, ops.load_ptr_mask(target, mask));
                }
                ops.store_ptr_mask(value, target, mask);
            }
        }
    }
}
