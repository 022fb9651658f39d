//! A linear layer on a device.

use candle_core::{DType, Result, Tensor};

/// `rows * weight^T + bias`, in the weights' type.
pub(super) struct Linear {
    /// `[outputs, inputs]`, as models store it.
    weight: Tensor,
    /// `[outputs]`.
    bias: Tensor,
}

impl Linear {
    pub(super) fn new(weight: Tensor, bias: Tensor) -> Self {
        Self { weight, bias }
    }

    /// `[rows, inputs]` of any type to `[rows, outputs]` of the weights'.
    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        rows.to_dtype(self.weight.dtype())?.matmul(&self.weight.t()?)?.broadcast_add(&self.bias)
    }

    /// What the layer gives for `rows`, added to `stream`, `[rows, outputs]` in f32.
    pub(super) fn add_to(&self, stream: &Tensor, rows: &Tensor) -> Result<Tensor> {
        stream + self.forward(rows)?.to_dtype(DType::F32)?
    }
}
