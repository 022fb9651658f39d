//! The encoder on a CPU: a window at a time at its exact length, on the calling thread, without allocating once the
//! buffers have grown.

mod attention;
mod builder;
mod convolution;
mod disentangled;
mod embeddings;
mod layer;
mod linear;
mod observer;
mod scratch;

use std::sync::{Mutex, PoisonError};

use proviso_kernels::{Buffer, Tier};

use crate::{EncoderError, architecture::Architecture};
use attention::Positions;
pub(crate) use builder::{ActivationRanges, Builder};
use convolution::Convolution;
use embeddings::Embeddings;
use layer::Layer;
pub(crate) use linear::Linear;
pub(crate) use observer::Observers;
pub(crate) use scratch::Scratch;

/// A stack of transformer layers over embeddings.
pub(crate) struct Engine {
    tier: Tier,
    architecture: Architecture,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    /// Beside the first layer.
    convolution: Option<Convolution>,
    /// Buffers of windows that are not being read just now.
    idle: Mutex<Vec<Scratch>>,
}

impl Engine {
    /// Loads the weights that `builder` has.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape than the architecture asks for.
    pub(crate) fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let positions = Positions::load(builder, architecture)?;
        let layers = (0..architecture.layers)
            .map(|index| Layer::load(builder, architecture, &positions, index))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            tier: builder.tier,
            architecture: architecture.clone(),
            embeddings: Embeddings::load(builder, architecture)?,
            layers,
            convolution: Convolution::load(builder, architecture)?,
            idle: Mutex::new(Vec::new()),
        })
    }

    /// The shape of the encoder.
    pub(crate) fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Runs a window, `ids` with the special tokens, and hands the last hidden states (`[tokens, width]` with room for a
    /// product's last step) to `read`.
    ///
    /// # Errors
    /// If there are no tokens, more than the model reads, or an id that is not in the vocabulary.
    pub(crate) fn run<R>(
        &self,
        ids: &[u32],
        read: impl FnOnce(&[f32], &mut Buffer) -> R,
    ) -> Result<R, EncoderError> {
        self.architecture.check(ids)?;
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut scratch = taken.unwrap_or_else(|| Scratch::new(self.tier));
        self.forward(ids, &mut scratch);
        let result = read(&scratch.hidden, &mut scratch.panel);
        idle().push(scratch);
        Ok(result)
    }

    fn forward(&self, ids: &[u32], scratch: &mut Scratch) {
        let tokens = ids.len();
        scratch.reshape(tokens, &self.architecture);
        self.embeddings.write(ids, scratch);
        let Some((first, others)) = self.layers.split_first() else { return };
        if let Some(convolution) = &self.convolution {
            scratch.keep_embeddings(tokens * self.architecture.width);
            first.prepare(tokens, scratch);
            first.forward(tokens, scratch, None);
            convolution.forward(tokens, scratch);
            // What the layer after it reads stands in f32 only.
            if let Some(second) = others.first() {
                second.prepare(tokens, scratch);
            }
        } else {
            first.prepare(tokens, scratch);
            first.forward(tokens, scratch, others.first());
        }
        for (index, layer) in others.iter().enumerate() {
            layer.forward(tokens, scratch, others.get(index + 1));
        }
    }
}
