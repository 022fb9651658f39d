//! Parts of an encoder as tensors on a device.

use super::{DeviceError, linear::Linear, norm::Norm, target::Target};
use crate::weights::Weights;

/// The tensors of an encoder's file with where its parts go.
#[derive(Clone)]
pub(super) struct DeviceBuilder<'a> {
    pub weights: Weights<'a>,
    pub target: Target,
}

impl DeviceBuilder<'_> {
    /// The tensors under a name.
    pub(super) fn under(&self, name: &str) -> Self {
        Self { weights: self.weights.under(name), ..self.clone() }
    }

    /// The same tensors for parts that are f32 at every level.
    pub(super) fn floats(&self) -> Self {
        Self { target: self.target.floats(), ..self.clone() }
    }

    /// Numbers as a tensor of the type of products.
    pub(super) fn tensor(
        &self,
        values: Vec<f32>,
        shape: &[usize],
    ) -> Result<candle_core::Tensor, DeviceError> {
        self.target.tensor(values, shape)
    }

    /// The linear layer of that name.
    pub(super) fn linear(&self, name: &str, outputs: usize, inputs: usize) -> Result<Linear, DeviceError> {
        self.load(self.weights.linear(name, outputs, inputs, 1.0)?, inputs)
    }

    /// A linear layer of weights `[outputs, inputs]` and a bias.
    pub(super) fn load(
        &self,
        (weight, bias): (Vec<f32>, Vec<f32>),
        inputs: usize,
    ) -> Result<Linear, DeviceError> {
        let outputs = bias.len();
        Ok(Linear::new(self.tensor(weight, &[outputs, inputs])?, self.tensor(bias, &[outputs])?))
    }

    /// The layer normalisation of that name.
    pub(super) fn norm(&self, name: &str, width: usize, epsilon: f32) -> Result<Norm, DeviceError> {
        let floats = self.floats();
        let (scale, shift) = self.weights.norm(name, width)?;
        Ok(Norm::new(floats.tensor(scale, &[width])?, floats.tensor(shift, &[width])?, epsilon))
    }
}
