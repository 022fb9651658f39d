//! A fully connected layer with its bias and activation in one operation.

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Shape, Tensor};
use rten_simd::SimdUnaryOp;
use rten_vecmath::Gelu;

use super::{
    contiguous,
    gemm::{Matrix, multiply},
};

/// What is applied to the outputs of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    /// Nothing.
    Identity,
    /// The exact GELU, by the error function.
    Gelu,
}

/// A fully connected layer: `activation(x * weight^T + bias)`.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    weight: Tensor,
    bias: Tensor,
    activation: Activation,
}

impl Linear {
    /// `weight` is `[out, in]`, `bias` is `[out]`; both f32.
    pub(crate) fn new(weight: &Tensor, bias: &Tensor, activation: Activation) -> Result<Self> {
        Ok(Self { weight: weight.contiguous()?, bias: bias.contiguous()?, activation })
    }

    /// `[rows, in]` to `[rows, out]`.
    pub(crate) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.apply_op3_no_bwd(&self.weight, &self.bias, &LinearOp(self.activation))
    }
}

struct LinearOp(Activation);

impl CustomOp3 for LinearOp {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (rows, inputs) = x_layout.shape().dims2()?;
        let (outputs, _) = weight_layout.shape().dims2()?;
        let x = contiguous(self.name(), x, x_layout)?;
        let weight = contiguous(self.name(), weight, weight_layout)?;
        let bias = contiguous(self.name(), bias, bias_layout)?;
        let mut out = Vec::with_capacity(rows * outputs);
        for _ in 0..rows {
            out.extend_from_slice(bias);
        }
        let x = Matrix { values: x, row_stride: inputs, column_stride: 1 };
        let weight = Matrix { values: weight, row_stride: 1, column_stride: inputs };
        multiply((rows, outputs, inputs), x, weight, &mut out, outputs, true);
        if self.0 == Activation::Gelu {
            Gelu {}.map_mut(&mut out);
        }
        Ok((CpuStorage::F32(out), Shape::from((rows, outputs))))
    }
}
