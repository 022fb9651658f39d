//! A stack of transformer layers over embeddings, on a device.

use candle_core::{Device, Result, Tensor};

use super::{
    DeviceError, batch::Batch, builder::DeviceBuilder, convolution::Convolution, disentangled::Distances,
    embeddings::Embeddings, layer::Layer, relations::Positions,
};
use crate::{
    architecture::{Architecture, RelativePositions},
    frame::Sequence,
};

/// An encoder on a device.
pub(super) struct Stack {
    device: Device,
    architecture: Architecture,
    embeddings: Embeddings,
    positions: Positions,
    layers: Vec<Layer>,
    /// Beside the first layer.
    convolution: Option<Convolution>,
}

impl Stack {
    /// Loads the weights that `builder` has.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape than the architecture asks for, or the device has no room for them.
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
    ) -> std::result::Result<Self, DeviceError> {
        let distances = match architecture.relative_positions {
            RelativePositions::Disentangled(kind) => Some(Distances::load(builder, architecture, kind)?),
            RelativePositions::None | RelativePositions::Bias => None,
        };
        let layers = (0..architecture.layers)
            .map(|index| Layer::load(builder, architecture, distances.as_ref(), index))
            .collect::<std::result::Result<_, _>>()?;
        let stack = Self {
            device: builder.device.clone(),
            architecture: architecture.clone(),
            embeddings: Embeddings::load(builder, architecture)?,
            positions: Positions::load(builder, architecture)?,
            layers,
            convolution: Convolution::load(builder, architecture)?,
        };
        // With CUDA each thread has a queue of its own: what this one sent must be there before another begins.
        stack.finish()?;
        Ok(stack)
    }

    /// The shape of the encoder.
    pub(super) fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Waits until the device has done what it was given.
    pub(super) fn finish(&self) -> std::result::Result<(), DeviceError> {
        Ok(self.device.synchronize()?)
    }

    /// Runs windows, each the ids with the special tokens. Gives the last hidden states, `[windows * tokens, width]` in
    /// f32, with as many tokens for every window as the longest has.
    ///
    /// # Errors
    /// If a window has no tokens, more than the model reads, or an id that is not in the vocabulary, or the device fails.
    ///
    /// # Panics
    /// If there are no windows.
    pub(super) fn run(&self, windows: &[Sequence<'_>]) -> std::result::Result<Tensor, DeviceError> {
        windows.iter().try_for_each(|sequence| self.architecture.check(sequence.ids))?;
        let longest = windows.iter().map(|sequence| sequence.ids.len()).max().unwrap_or(0);
        if self.largest_tensor(windows.len(), longest) > MOST_NUMBERS {
            return Err(DeviceError::OutOfMemory);
        }
        Ok(self.forward(&Batch::new(windows, &self.device)?)?)
    }

    fn forward(&self, batch: &Batch) -> Result<Tensor> {
        let relations = self.positions.relations(batch)?;
        let embeddings = self.embeddings.forward(batch)?;
        let mut stream = embeddings.clone();
        for (index, layer) in self.layers.iter().enumerate() {
            stream = layer.forward(&stream, batch.windows(), &relations)?;
            if let (0, Some(convolution)) = (index, &self.convolution) {
                stream = convolution.forward(&stream, &embeddings, batch)?;
            }
        }
        Ok(stream)
    }

    /// Numbers in the largest tensor that is made for windows of `tokens` tokens.
    fn largest_tensor(&self, windows: usize, tokens: usize) -> usize {
        let Architecture { heads, width, inner_width, .. } = self.architecture;
        let distances = match self.architecture.relative_positions {
            RelativePositions::Disentangled(kind) => 2 * kind.span(),
            RelativePositions::None | RelativePositions::Bias => 0,
        };
        let neighbours = self.architecture.convolution.map_or(0, |(size, _)| size * width);
        let row = [heads * tokens.max(distances), 3 * width, inner_width, neighbours];
        windows * tokens * row.into_iter().max().unwrap_or(0)
    }
}

/// Candle's kernels count numbers of a tensor with 31 bits.
const MOST_NUMBERS: usize = i32::MAX as usize;
