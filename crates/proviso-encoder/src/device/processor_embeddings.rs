//! Embeddings that the processor makes, of a model whose embeddings of words lie on the disk.

use std::sync::{Mutex, PoisonError};

use candle_core::{Device, Tensor};

use super::{DeviceError, batch::Batch};
use crate::{
    engine::{Scratch, Stem},
    frame::Sequence,
};

/// What enters the first layer, from a stem on the processor.
pub(super) struct ProcessorEmbeddings {
    stem: Stem,
    scratch: Mutex<Scratch>,
}

impl ProcessorEmbeddings {
    pub(super) fn new(stem: Stem) -> Self {
        Self { scratch: Mutex::new(stem.scratch()), stem }
    }

    /// The normalised embeddings of windows, `[windows * tokens, width]` in main memory; zeros where there is padding.
    ///
    /// # Errors
    /// If an id is not in the vocabulary, or the embeddings of words cannot be read.
    pub(super) fn forward(&self, windows: &[Sequence<'_>], batch: &Batch) -> Result<Tensor, DeviceError> {
        let width = self.stem.architecture().width;
        let mut all = vec![0.0; windows.len() * batch.tokens() * width];
        // A panic leaves buffers that are written before they are read.
        let mut scratch = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        for (window, target) in windows.iter().zip(all.chunks_exact_mut(batch.tokens() * width)) {
            let embeddings = self.stem.embeddings(*window, &mut scratch)?;
            target[..embeddings.len()].copy_from_slice(embeddings);
        }
        Ok(Tensor::from_vec(all, (windows.len() * batch.tokens(), width), &Device::Cpu)?)
    }
}
