//! Layer normalisation on a device.

use candle_core::{Result, Tensor};

/// Layer normalisation (Ba et al., arXiv 1607.06450) in f32.
pub(super) struct Norm {
    scale: Tensor,
    shift: Tensor,
    epsilon: f32,
}

impl Norm {
    pub(super) fn new(scale: Tensor, shift: Tensor, epsilon: f32) -> Self {
        Self { scale, shift, epsilon }
    }

    /// Normalises each row of `[rows, width]` in f32.
    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        candle_nn::ops::layer_norm(rows, &self.scale, &self.shift, self.epsilon)
    }
}
