//! An encoder alone on a device, from a Hugging Face folder.

use std::path::Path;

use candle_core::Tensor;

use super::{ComputeDevice, DeviceError, builder::DeviceBuilder, stack::Stack, target::Target};
use crate::{Precision, backbone::read_folder, frame::Sequence, weights::Weights};

/// An encoder without tokenizer and head, on a device: what [`Backbone`](crate::Backbone) is on the processor.
pub struct DeviceBackbone {
    stack: Stack,
    parameters: u64,
}

impl DeviceBackbone {
    /// Loads `config.json` and the weights of a folder, in any of the forms that [`Source`](crate::Source) reads.
    ///
    /// # Errors
    /// If a file is missing or does not describe a model that can be run, the level of precision is neither f32 nor f16, or
    /// the device has no room.
    pub fn load(folder: &Path, device: &ComputeDevice, precision: Precision) -> Result<Self, DeviceError> {
        let target = Target::new(device.device(), precision)?;
        let (architecture, source) = read_folder(folder)?;
        let all = Weights::new(&source);
        let builder = DeviceBuilder { weights: all.encoder()?, target };
        Ok(Self { stack: Stack::load(&builder, &architecture)?, parameters: all.parameters() })
    }

    /// Runs windows, each the ids with the special tokens, waits for the device, and forgets the result.
    ///
    /// # Errors
    /// If a window is empty or too long, an id is not in the vocabulary, or the device fails.
    pub fn run(&self, windows: &[&[u32]]) -> Result<(), DeviceError> {
        if windows.is_empty() {
            return Ok(());
        }
        self.run_whole(windows)?;
        self.stack.finish()
    }

    /// The last hidden states of each window, `[tokens, width]`.
    ///
    /// # Errors
    /// If a window is empty or too long, an id is not in the vocabulary, or the device fails.
    pub fn hidden_states(&self, windows: &[&[u32]]) -> Result<Vec<Vec<f32>>, DeviceError> {
        if windows.is_empty() {
            return Ok(Vec::new());
        }
        let width = self.stack.architecture().width;
        let hidden: Vec<f32> = self.run_whole(windows)?.flatten_all()?.to_vec1()?;
        let padded = hidden.chunks_exact(hidden.len() / windows.len());
        Ok(padded.zip(windows).map(|(hidden, ids)| hidden[..ids.len() * width].to_vec()).collect())
    }

    fn run_whole(&self, windows: &[&[u32]]) -> Result<Tensor, DeviceError> {
        let windows: Vec<_> = windows.iter().map(|ids| Sequence::from(*ids)).collect();
        self.stack.run_together(&windows)
    }

    /// Number of ids that tokens can have.
    pub fn vocabulary(&self) -> usize {
        self.stack.architecture().vocabulary
    }

    /// Tokens of the longest window, special ones included.
    pub fn longest_window(&self) -> usize {
        self.stack.architecture().longest_window
    }

    /// Number of weights in the files.
    pub fn parameters(&self) -> u64 {
        self.parameters
    }
}
