//! A stack of transformer layers over embeddings, on a device.

use std::sync::Arc;

use candle_core::{Device, Tensor};

use super::{
    DeviceError, DeviceOffload,
    batch::Batch,
    builder::DeviceBuilder,
    convolution::Convolution,
    disentangled::Distances,
    embeddings::Embeddings,
    layer::Layer,
    layers::Layers,
    linear::Linear,
    processor_embeddings::ProcessorEmbeddings,
    relations::{Positions, Relations},
    target::Target,
};
use crate::{
    Cancelled, EncoderError,
    architecture::{Architecture, RelativePositions},
    frame::Sequence,
    packed::PackedFolder,
};

/// An encoder on a device.
pub(super) struct Stack {
    device: Device,
    architecture: Architecture,
    entry: Entry,
    positions: Positions,
    layers: Layers,
    /// Beside the first layer.
    convolution: Option<Convolution>,
}

/// What makes the embeddings.
enum Entry {
    Device(Embeddings),
    Processor(Box<ProcessorEmbeddings>),
}

/// Windows that are computed at once.
struct Together {
    batch: Batch,
    relations: Relations,
    /// `[windows * tokens, width]` in f32.
    stream: Tensor,
}

impl Stack {
    /// Loads the weights that `builder` has.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape than the architecture asks for, or the device has no room for them.
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
    ) -> Result<Self, DeviceError> {
        let distances = match architecture.relative_positions {
            RelativePositions::Disentangled(kind) => Some(Distances::load(builder, architecture, kind)?),
            RelativePositions::None | RelativePositions::Bias => None,
        };
        let layers = (0..architecture.layers)
            .map(|index| Layer::load(builder, architecture, distances.as_ref(), index))
            .collect::<Result<_, _>>()?;
        let stack = Self {
            device: builder.target.device.clone(),
            architecture: architecture.clone(),
            entry: Entry::Device(Embeddings::load(builder, architecture)?),
            positions: Positions::load(builder, architecture)?,
            layers: Layers::Here(layers),
            convolution: Convolution::load(builder, architecture)?,
        };
        // With CUDA each thread has a queue of its own: what this one sent must be there before another begins.
        stack.finish()?;
        Ok(stack)
    }

    /// Loads a packed model, of which not all layers need be on the device, and its head.
    ///
    /// # Errors
    /// If a file is missing, was changed, is not of this model, or cannot be read, or the device has no room.
    pub(super) fn spread(
        folder: &Arc<PackedFolder>,
        target: &Target,
        offload: DeviceOffload,
    ) -> Result<(Self, Linear), DeviceError> {
        let architecture = folder.architecture();
        let (mut stem, mut head) = folder.stem()?;
        let head = head.row_major().ok_or_else(|| EncoderError::Device("the head is not f32".into()))?;
        let table = stem.positions.bias_table(architecture.heads);
        let stack = Self {
            device: target.device.clone(),
            architecture: architecture.clone(),
            positions: Positions::of(target, architecture, table)?,
            convolution: Convolution::of(target, architecture, stem.convolution())?,
            layers: Layers::spread(folder, target, offload)?,
            entry: Entry::Processor(Box::new(ProcessorEmbeddings::new(stem))),
        };
        let head = target.floats().linear(&head.0, &head.1)?;
        stack.finish()?;
        Ok((stack, head))
    }

    /// The shape of the encoder.
    pub(super) fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Waits until the device has done what it was given.
    pub(super) fn finish(&self) -> Result<(), DeviceError> {
        Ok(self.device.synchronize()?)
    }

    /// Runs windows, each the ids with the special tokens, all of them at once. Gives the last hidden states,
    /// `[windows * tokens, width]` in f32, with as many tokens for every window as the longest has.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    ///
    /// # Panics
    /// If there are no windows.
    pub(super) fn run_together(&self, windows: &[Sequence<'_>]) -> Result<Tensor, DeviceError> {
        match self.run(windows, windows.len(), &|| false)? {
            Ok(mut hidden) => Ok(hidden.remove(0)),
            Err(Cancelled) => unreachable!("nobody cancels"),
        }
    }

    /// Runs windows, at most `at_once` of them at the same time and all of them through each layer before any goes through the
    /// next. Gives the last hidden states of each part of them, `[windows * tokens, width]` in f32, with as many tokens for every
    /// window as the longest of the part has.
    ///
    /// # Errors
    /// If a window has no tokens, more than the model reads, or an id that is not in the vocabulary, or the device fails.
    pub(super) fn run(
        &self,
        windows: &[Sequence<'_>],
        at_once: usize,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Vec<Tensor>, Cancelled>, DeviceError> {
        windows.iter().try_for_each(|sequence| self.architecture.check(sequence.ids))?;
        let parts = windows.chunks(at_once.max(1));
        let mut all: Vec<Together> = parts.map(|windows| self.enter(windows)).collect::<Result<_, _>>()?;
        // What waits for others does so in main memory.
        let between = if all.len() > 1 { &Device::Cpu } else { &self.device };
        let mut layers = self.layers.begin();
        for index in 0..self.architecture.layers {
            let done = layers.with(index, is_cancelled, |layer| {
                for together in &mut all {
                    if is_cancelled() {
                        return Ok(Err(Cancelled));
                    }
                    together.stream = self.step(index, layer, together)?.to_device(between)?;
                }
                Ok(Ok(()))
            })?;
            if let Err(cancelled) = done.and_then(|done| done) {
                return Ok(Err(cancelled));
            }
        }
        let hidden = all.into_iter().map(|together| together.stream.to_device(&self.device));
        Ok(Ok(hidden.collect::<Result<_, _>>()?))
    }

    fn enter(&self, windows: &[Sequence<'_>]) -> Result<Together, DeviceError> {
        let longest = windows.iter().map(|sequence| sequence.ids.len()).max().unwrap_or(0);
        if self.largest_tensor(windows.len(), longest) > MOST_NUMBERS {
            return Err(DeviceError::OutOfMemory);
        }
        let batch = Batch::new(windows, &self.device)?;
        let stream = match &self.entry {
            Entry::Device(embeddings) => embeddings.forward(&batch)?,
            Entry::Processor(embeddings) => embeddings.forward(windows, &batch)?,
        };
        Ok(Together { relations: self.positions.relations(&batch)?, stream, batch })
    }

    /// Carries windows through a layer.
    fn step(&self, index: usize, layer: &Layer, together: &Together) -> candle_core::Result<Tensor> {
        let Together { batch, relations, stream } = together;
        let before = stream.to_device(&self.device)?;
        let after = layer.forward(&before, batch.windows(), relations)?;
        match (index, &self.convolution) {
            (0, Some(convolution)) => convolution.forward(&after, &before, batch),
            _ => Ok(after),
        }
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
