//! Matrix products and row operations of transformer encoders, for the instruction sets of CPUs.
//!
//! Everything runs on the calling thread and allocates nothing once its buffers have grown: many windows of text are
//! read side by side, so one product never needs a second thread.
//!
//! - [`Tier`]: the instruction sets, found when the program runs.
//! - [`f32`]: products of f32 with weights held as f32, f16 or blocks of 4 bits.
//! - [`int8`]: products of 8-bit integers with 32-bit sums.
//! - [`Output`]: what becomes of a product before it is written: scale, bias, activation, sum.
//! - [`Stored`]: packed weights as arrays that files can hold.
//! - [`softmax_rows`], [`LayerNorm`]: what stands between the products.

mod activation;
mod buffer;
pub mod f32;
pub mod int8;
mod layer_norm;
mod output;
mod prefetch;
mod row_major;
mod softmax;
mod stored;
#[cfg(test)]
mod testing;
mod tier;

pub use activation::Activation;
pub use buffer::{Buffer, buffer};
pub use layer_norm::LayerNorm;
pub use output::Output;
pub use row_major::RowMajor;
pub use softmax::{ScoreBias, softmax_rows};
pub use stored::{Element, Stored, StoredArray, StoredShape, rearrange};
pub use tier::{FORCE_TIER, NoSuchTier, Tier};
