//! Where tensors go, and the type that they have there.

use candle_core::{DType, Device, Tensor};
use proviso_kernels::{Element, LayerNorm, RowMajor};

use super::{DeviceError, linear::Linear, norm::Norm};
use crate::{EncoderError, Precision};

/// A device with the type of what is multiplied on it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub device: Device,
    pub dtype: DType,
}

impl Target {
    /// A device at a level of precision.
    ///
    /// # Errors
    /// If the level is one for processors.
    pub(super) fn new(device: &Device, precision: Precision) -> Result<Self, EncoderError> {
        let dtype = match precision {
            Precision::F32 => DType::F32,
            Precision::F16 => DType::F16,
            Precision::Int8 | Precision::Int8Static | Precision::Int4 => {
                return Err(EncoderError::NotOnDevice(precision));
            }
        };
        Ok(Self { device: device.clone(), dtype })
    }

    /// The same device for parts that are f32 at every level.
    pub(super) fn floats(&self) -> Self {
        Self { dtype: DType::F32, ..self.clone() }
    }

    /// Numbers as a tensor. They are narrowed before they are sent, so that the device never has to hold them twice.
    pub(super) fn tensor(&self, values: Vec<f32>, shape: &[usize]) -> Result<Tensor, DeviceError> {
        let tensor = Tensor::from_vec(values, shape, &Device::Cpu)?.to_dtype(self.dtype)?;
        Ok(tensor.to_device(&self.device)?)
    }

    /// Weights that lie in main memory as a tensor.
    pub(super) fn weights(&self, weights: &RowMajor) -> Result<Tensor, DeviceError> {
        let stored = if weights.element() == Element::F16 { DType::F16 } else { DType::F32 };
        let first = if stored == self.dtype { &self.device } else { &Device::Cpu };
        let tensor = Tensor::from_raw_buffer(weights.bytes(), stored, &weights.shape(), first)?;
        Ok(tensor.to_dtype(self.dtype)?.to_device(&self.device)?)
    }

    /// A linear layer of weights that lie in main memory, and a bias.
    pub(super) fn linear(&self, weights: &RowMajor, bias: &[f32]) -> Result<Linear, DeviceError> {
        Ok(Linear::new(self.weights(weights)?, self.tensor(bias.to_vec(), &[bias.len()])?))
    }

    /// A layer normalisation, which is f32 at every level.
    pub(super) fn norm(&self, norm: &LayerNorm, epsilon: f32) -> Result<Norm, DeviceError> {
        let floats = self.floats();
        let (scale, shift) = norm.scale_and_shift();
        let list = |numbers: &[f32]| floats.tensor(numbers.to_vec(), &[numbers.len()]);
        Ok(Norm::new(list(scale)?, list(shift)?, epsilon))
    }
}
