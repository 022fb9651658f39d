//! Parts of an encoder as tensors on a device.

use candle_core::{DType, Device, Tensor};

use super::{DeviceError, linear::Linear, norm::Norm};
use crate::{EncoderError, Precision, weights::Weights};

/// The tensors of an encoder's file with the device and the type that its parts are made for.
#[derive(Clone)]
pub(super) struct DeviceBuilder<'a> {
    pub weights: Weights<'a>,
    pub device: &'a Device,
    /// The type of what is multiplied.
    pub dtype: DType,
}

/// The type of a level of precision on a device.
///
/// # Errors
/// If the level is one for processors.
pub(super) fn dtype(precision: Precision) -> Result<DType, EncoderError> {
    match precision {
        Precision::F32 => Ok(DType::F32),
        Precision::F16 => Ok(DType::F16),
        Precision::Int8 | Precision::Int8Static | Precision::Int4 => {
            Err(EncoderError::NotOnDevice(precision))
        }
    }
}

impl DeviceBuilder<'_> {
    /// The tensors under a name.
    pub(super) fn under(&self, name: &str) -> Self {
        Self { weights: self.weights.under(name), ..self.clone() }
    }

    /// The same tensors for parts that are f32 at every level.
    pub(super) fn floats(&self) -> Self {
        Self { dtype: DType::F32, ..self.clone() }
    }

    /// Numbers as a tensor of the type of products. They are narrowed before they are sent, so that the device never has
    /// to hold them twice.
    pub(super) fn tensor(&self, values: Vec<f32>, shape: &[usize]) -> Result<Tensor, DeviceError> {
        let tensor = Tensor::from_vec(values, shape, &Device::Cpu)?.to_dtype(self.dtype)?;
        Ok(tensor.to_device(self.device)?)
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
