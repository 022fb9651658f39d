//! Packed weights as arrays of bytes, so that they can be kept in a file and read back into the same memory.
//!
//! Numbers are little-endian, as on every processor that there are kernels for.

use rten_simd::f16;

/// What the numbers of an array are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point.
    F16,
    /// Signed 8-bit integers.
    I8,
    /// Unsigned 8-bit integers, or two of 4 bits each.
    U8,
}

impl Element {
    /// Bytes of one number.
    pub fn bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F16 => 2,
            Self::I8 | Self::U8 => 1,
        }
    }
}

/// How an array is cut for kernels: panels of some columns, each with rows of that width, each place with a group of numbers
/// that lie side by side. A plain list is one panel of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredShape {
    /// What the numbers are.
    pub element: Element,
    /// Panels.
    pub panels: usize,
    /// Rows of a panel.
    pub rows: usize,
    /// Columns of a panel.
    pub width: usize,
    /// Numbers of a place.
    pub group: usize,
}

impl StoredShape {
    /// A list of f32.
    pub(crate) fn list(count: usize) -> Self {
        Self { element: Element::F32, panels: 1, rows: 1, width: count, group: 1 }
    }

    /// Bytes of the array.
    pub fn bytes(self) -> usize {
        self.panels * self.rows * self.width * self.place_bytes()
    }

    fn place_bytes(self) -> usize {
        self.group * self.element.bytes()
    }

    /// The number of the place in a row and column over all panels.
    fn place(self, row: usize, column: usize) -> usize {
        (column / self.width * self.rows + row) * self.width + column % self.width
    }

    /// Whether an array of the other shape can be rearranged into this one: it holds the same kind of places.
    pub fn is_like(self, other: Self) -> bool {
        self.element == other.element && self.group == other.group
    }
}

/// One array of packed weights, to be written to a file or filled from one.
#[derive(Debug)]
pub struct StoredArray<'a> {
    /// Which part of the weights it is.
    pub part: &'static str,
    /// Its shape.
    pub shape: StoredShape,
    /// Its memory.
    pub bytes: &'a mut [u8],
}

/// Weights that can be kept in a file.
pub trait Stored {
    /// The arrays that the weights consist of, always in the same order.
    fn arrays(&mut self) -> Vec<StoredArray<'_>>;
}

/// Copies an array that was packed for one set of kernels into the memory of one that is packed for another. What the other
/// does not have is padding and becomes zero.
///
/// # Panics
/// If the bytes are not those of the shapes, or the shapes are not [alike](StoredShape::is_like).
pub fn rearrange(from: StoredShape, source: &[u8], to: StoredShape, target: &mut [u8]) {
    assert!(from.is_like(to) && source.len() == from.bytes() && target.len() == to.bytes());
    target.fill(0);
    let size = to.place_bytes();
    let (rows, columns) = (from.rows.min(to.rows), (from.panels * from.width).min(to.panels * to.width));
    // What is next to each other in one array is far apart in the other, so a tile that fits the caches is moved at a time.
    for first_row in (0..rows).step_by(TILE) {
        for first_column in (0..columns).step_by(TILE) {
            for column in first_column..columns.min(first_column + TILE) {
                for row in first_row..rows.min(first_row + TILE) {
                    let (source_at, target_at) =
                        (from.place(row, column) * size, to.place(row, column) * size);
                    target[target_at..target_at + size].copy_from_slice(&source[source_at..source_at + size]);
                }
            }
        }
    }
}

/// Rows and columns that are rearranged together.
const TILE: usize = 32;

/// Numbers of which every pattern of bits is one.
///
/// # Safety
/// The type has no padding, and all its bit patterns are valid.
pub(crate) unsafe trait Plain: Copy {}

// SAFETY: plain numbers.
unsafe impl Plain for f32 {}
// SAFETY: 16 bits of a floating point number.
unsafe impl Plain for f16 {}
// SAFETY: plain numbers.
unsafe impl Plain for i8 {}
// SAFETY: plain numbers.
unsafe impl Plain for u8 {}

/// The memory of numbers.
pub(crate) fn bytes_of<T: Plain>(numbers: &mut [T]) -> &mut [u8] {
    // SAFETY: the memory is as long, bytes have no alignment, and whatever is written there is a number again.
    unsafe { std::slice::from_raw_parts_mut(numbers.as_mut_ptr().cast(), size_of_val(numbers)) }
}

impl Stored for Vec<f32> {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        vec![StoredArray { part: "values", shape: StoredShape::list(self.len()), bytes: bytes_of(self) }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Tier, buffer,
        f32::{self, F16Panels, F32Panels, Int4Panels, Panels, Rows},
        int8::{self, Int8Rows, PackedInt8},
        output::Output,
    };

    const COLUMNS: usize = 50;
    const DEPTH: usize = 70;

    fn weights() -> Vec<f32> {
        (0..COLUMNS * DEPTH).map(|i| (i * 7919 % 1013) as f32 / 1013.0 - 0.5).collect()
    }

    fn activations(tier: Tier) -> Vec<f32> {
        let rows = 5_usize.next_multiple_of(f32::row_step(tier));
        (0..rows * DEPTH).map(|i| (i * 104_729 % 997) as f32 / 997.0 - 0.5).collect()
    }

    /// Fills `to` from what `from` holds, as from a file that was made with other kernels.
    fn carry_over(from: &mut dyn Stored, to: &mut dyn Stored) {
        for (from, to) in from.arrays().into_iter().zip(to.arrays()) {
            assert_eq!(from.part, to.part);
            rearrange(from.shape, from.bytes, to.shape, to.bytes);
        }
    }

    fn float_product(tier: Tier, panels: &impl Panels) -> Vec<f32> {
        let values = activations(tier);
        let mut out = vec![0.0; 5 * COLUMNS];
        let rows = Rows { values: &values, stride: DEPTH, count: 5 };
        f32::multiply(tier, rows, panels, Output::plain(&mut out, COLUMNS), &mut buffer());
        out
    }

    #[test]
    fn weights_packed_for_other_kernels_give_the_same_products() {
        for from in Tier::available() {
            for to in Tier::available() {
                let mut packed = F32Panels::pack_transposed(from, &weights(), COLUMNS, DEPTH);
                let mut filled = F32Panels::shaped(to, COLUMNS, DEPTH);
                carry_over(&mut packed, &mut filled);
                let expected = F32Panels::pack_transposed(to, &weights(), COLUMNS, DEPTH);
                assert_eq!(float_product(to, &filled), float_product(to, &expected), "f32, {from} to {to}");

                let mut packed = F16Panels::pack_transposed(from, &weights(), COLUMNS, DEPTH);
                let mut filled = F16Panels::shaped(to, COLUMNS, DEPTH);
                carry_over(&mut packed, &mut filled);
                let expected = F16Panels::pack_transposed(to, &weights(), COLUMNS, DEPTH);
                assert_eq!(float_product(to, &filled), float_product(to, &expected), "f16, {from} to {to}");

                let mut packed = Int4Panels::pack_transposed(from, &weights(), COLUMNS, DEPTH);
                let mut filled = Int4Panels::shaped(to, COLUMNS, DEPTH);
                carry_over(&mut packed, &mut filled);
                let expected = Int4Panels::pack_transposed(to, &weights(), COLUMNS, DEPTH);
                assert_eq!(float_product(to, &filled), float_product(to, &expected), "int4, {from} to {to}");
            }
        }
    }

    #[test]
    fn integers_packed_for_other_kernels_give_the_same_products() {
        let product = |tier: Tier, packed: &PackedInt8| {
            let mut rows = Int8Rows::new(tier);
            rows.reshape(5, DEPTH);
            rows.quantize(&activations(tier), DEPTH, None);
            let mut out = vec![0.0; 5 * COLUMNS];
            int8::multiply(&rows, packed, Output::plain(&mut out, COLUMNS));
            out
        };
        for from in Tier::available() {
            for to in Tier::available() {
                let mut packed = PackedInt8::pack_transposed(from, &weights(), COLUMNS, DEPTH);
                let mut filled = PackedInt8::shaped(to, COLUMNS, DEPTH);
                carry_over(&mut packed, &mut filled);
                // Rounding may differ by instruction set, so the integers are compared with those they came from.
                let mut back = PackedInt8::shaped(from, COLUMNS, DEPTH);
                carry_over(&mut filled, &mut back);
                assert_eq!(product(from, &back), product(from, &packed), "{from} to {to} and back");
            }
        }
    }
}
