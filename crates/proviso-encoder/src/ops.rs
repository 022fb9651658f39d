//! The operations of an encoder on a CPU, as candle custom operations. Each runs on the calling thread alone: windows
//! are the unit of parallel work, so that no thread pool has to be woken inside of one.

mod attention;
mod gemm;
mod layer_norm;
mod linear;

pub(crate) use attention::self_attention;
pub(crate) use layer_norm::LayerNorm;
pub(crate) use linear::{Activation, Linear};

use candle_core::{CpuStorage, Layout, Result};

/// The values of a contiguous f32 tensor.
fn contiguous<'a>(op: &'static str, storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let values = storage.as_slice::<f32>()?;
    match layout.contiguous_offsets() {
        Some((start, end)) => Ok(&values[start..end]),
        None => Err(candle_core::Error::RequiresContiguous { op }.bt()),
    }
}
