//! Products of 8-bit integers: rows of unsigned activations, packed signed weights, 32-bit sums.
//!
//! A row is held as `scale * (q - zero)` with its own scale and zero point, a column of the weights as `scale * w`, so
//! `sum(row * column) = row_scale * column_scale * (sum(q * w) - zero * sum(w))`; the integers are exact.

mod packed;
mod product;
mod quantize;
mod rows;
mod tile;
mod weights;

pub use packed::PackedInt8;
pub use product::{multiply, multiply_some};
pub use rows::{Int8Rows, Range};
#[cfg(target_arch = "x86_64")]
pub(crate) use tile::amx_is_available;
pub use weights::SCORE_STEP;

/// Rows that a product takes at once: where [`multiply_some`] may begin.
pub fn row_step(tier: crate::Tier) -> usize {
    tile::kernel(tier).rows
}
