//! The convolution that some DeBERTa models have beside their first layer, on a device.

use candle_core::{Result, Tensor};
use proviso_kernels::{Activation, LayerNorm, RowMajor};

use super::{
    DeviceError, activation::activate, batch::Batch, builder::DeviceBuilder, linear::Linear, norm::Norm,
    target::Target,
};
use crate::architecture::Architecture;

/// A convolution over neighbouring tokens of the embeddings, added to the first layer's output and normalised, in f32.
pub(super) struct Convolution {
    size: usize,
    /// One product over the neighbours of a token side by side.
    product: Linear,
    activation: Activation,
    norm: Norm,
}

impl Convolution {
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
    ) -> std::result::Result<Option<Self>, DeviceError> {
        let Some((size, activation)) = architecture.convolution else { return Ok(None) };
        let width = architecture.width;
        let part = builder.under("encoder.conv").floats();
        let weight =
            part.tensor(part.weights.get("conv.weight", &[width, width, size])?, &[width, width, size])?;
        // From `[outputs, inputs, neighbours]` to `[outputs, neighbours, inputs]`.
        let weight = weight.transpose(1, 2)?.reshape((width, size * width))?;
        let bias = part.tensor(part.weights.get("conv.bias", &[width])?, &[width])?;
        let norm = part.norm("LayerNorm", width, architecture.epsilon)?;
        Ok(Some(Self { size, product: Linear::new(weight, bias), activation, norm }))
    }

    /// One that the processor has loaded: its product `[outputs, neighbours * inputs]` with the bias, and its normalisation.
    pub(super) fn of(
        target: &Target,
        architecture: &Architecture,
        loaded: Option<((RowMajor, Vec<f32>), LayerNorm)>,
    ) -> std::result::Result<Option<Self>, DeviceError> {
        let (Some((size, activation)), Some(((weights, bias), norm))) = (architecture.convolution, loaded)
        else {
            return Ok(None);
        };
        let product = target.floats().linear(&weights, &bias)?;
        Ok(Some(Self { size, product, activation, norm: target.norm(&norm, architecture.epsilon)? }))
    }

    /// Adds what is found in the embeddings to the stream; both are `[windows * tokens, width]`.
    pub(super) fn forward(&self, stream: &Tensor, embeddings: &Tensor, batch: &Batch) -> Result<Tensor> {
        let (rows, width) = embeddings.dims2()?;
        let tokens = batch.tokens();
        let mut embeddings = embeddings.reshape((batch.windows(), tokens, width))?;
        // Beyond a window's end there is nothing, whether or not it is the longest.
        if let Some(mask) = batch.mask(1.0, 0.0)? {
            embeddings = embeddings.broadcast_mul(&mask.unsqueeze(2)?)?;
        }
        let before = (self.size - 1) / 2;
        let padded = embeddings.pad_with_zeros(1, before, self.size - 1 - before)?;
        let neighbours: Vec<Tensor> =
            (0..self.size).map(|offset| padded.narrow(1, offset, tokens)).collect::<Result<_>>()?;
        let neighbours = Tensor::cat(&neighbours, 2)?.reshape((rows, self.size * width))?;
        let found = activate(&self.product.forward(&neighbours)?, self.activation)?;
        self.norm.forward(&(stream + found)?)
    }
}
