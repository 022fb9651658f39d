//! Activations on a device.

use candle_core::{DType, Result, Tensor};
use proviso_kernels::Activation;

/// Applies an activation; the result has the type of `values`.
pub(super) fn activate(values: &Tensor, activation: Activation) -> Result<Tensor> {
    match activation {
        Activation::Identity => Ok(values.clone()),
        Activation::Gelu | Activation::GeluCoarse => values.gelu_erf(),
        // It has a third power, which leaves the range of f16 early.
        Activation::GeluTanh => values.to_dtype(DType::F32)?.gelu()?.to_dtype(values.dtype()),
        Activation::Relu => values.relu(),
        Activation::Tanh => values.tanh(),
    }
}
