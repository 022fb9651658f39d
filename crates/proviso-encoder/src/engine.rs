//! The encoder on a CPU: a window at a time at its exact length, without allocating once the buffers have grown. A window
//! is read on the calling thread, or by several threads that share its rows.

mod arrays;
mod attention;
mod builder;
mod convolution;
mod disentangled;
mod embeddings;
mod layer;
mod linear;
mod observer;
mod scratch;
mod stem;
mod step;
mod team;
mod together;

use std::sync::{Mutex, PoisonError};

use proviso_kernels::Buffer;

use crate::{EncoderError, architecture::Architecture, frame::Sequence};
pub(crate) use arrays::{Arrays, NamedArray};
pub(crate) use attention::Positions;
pub(crate) use builder::{ActivationRanges, Builder};
pub(crate) use layer::Layer;
pub(crate) use linear::Linear;
pub(crate) use observer::Observers;
pub(crate) use scratch::Scratch;
pub(crate) use stem::Stem;
pub(crate) use step::{Scratches, Step};
use team::{Disbanded, Part, cut_rows};
pub(crate) use together::joined;

/// Rows of a window for each thread that shares it, at least: with half as many, threads were seen to spend on each other what
/// they save.
const FEWEST_ROWS: usize = 32;

/// A stack of transformer layers over embeddings.
pub(crate) struct Engine {
    stem: Stem,
    layers: Vec<Layer>,
    /// Buffers of windows that are not being read just now.
    idle: Mutex<Vec<Scratch>>,
}

impl Engine {
    /// Loads the weights that `builder` has.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape than the architecture asks for.
    pub(crate) fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let stem = Stem::load(builder, architecture)?;
        let layers = (0..architecture.layers)
            .map(|index| Layer::load(builder, architecture, &stem.positions, index))
            .collect::<Result<_, _>>()?;
        Ok(Self::of(stem, layers))
    }

    /// An encoder of parts that were loaded before.
    pub(crate) fn of(stem: Stem, layers: Vec<Layer>) -> Self {
        Self { stem, layers, idle: Mutex::new(Vec::new()) }
    }

    /// The shape of the encoder.
    pub(crate) fn architecture(&self) -> &Architecture {
        &self.stem.architecture
    }

    /// Runs a sequence by at most so many threads, this one among them. Each hands the last hidden states of its rows (`[rows,
    /// width]` with room for a product's last step) and their number to `read`; what it makes of them comes in the order of the
    /// rows, and does not depend on the number of threads.
    ///
    /// # Errors
    /// If there are no tokens, more than the model reads, or an id that is not in the vocabulary; or if a thread cannot be
    /// started.
    pub(crate) fn run<R: Send>(
        &self,
        sequence: Sequence<'_>,
        threads: usize,
        read: impl Fn(&[f32], usize, &mut Buffer) -> R + Sync,
    ) -> Result<Vec<R>, EncoderError> {
        let mut scratch = self.take_scratch();
        let mut words = scratch.take_words();
        let result = self.stem.look_up(sequence, &mut words).and_then(|()| {
            let tokens = sequence.ids.len();
            let parts = cut_rows(tokens, threads.min(tokens / FEWEST_ROWS), self.stem.row_step);
            if parts.len() > 1 {
                return self.run_together(sequence, &words, parts, read);
            }
            let part = Part { tokens, rows: 0..tokens, member: None };
            // A part that is the whole window waits for nobody.
            Ok(self.read_part(sequence, &words, &part, &mut scratch, &read).into_iter().collect())
        });
        scratch.words = words;
        self.give_back(scratch);
        result
    }

    fn take_scratch(&self) -> Scratch {
        let taken = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        taken.unwrap_or_else(|| Scratch::new(self.stem.tier))
    }

    fn give_back(&self, scratch: Scratch) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }

    /// Carries a part of a window through all layers and hands its last hidden states to `read`.
    fn read_part<R>(
        &self,
        sequence: Sequence<'_>,
        words: &[f32],
        part: &Part<'_>,
        scratch: &mut Scratch,
        read: impl Fn(&[f32], usize, &mut Buffer) -> R,
    ) -> Result<R, Disbanded> {
        self.stem.begin(sequence, words, part, scratch);
        self.forward(part, scratch)?;
        Ok(read(&scratch.hidden, part.rows.len(), &mut scratch.panel))
    }

    fn forward(&self, part: &Part<'_>, scratch: &mut Scratch) -> Result<(), Disbanded> {
        let Some((first, others)) = self.layers.split_first() else { return Ok(()) };
        first.prepare(part.rows.len(), scratch);
        if self.stem.has_convolution() {
            first.forward(part, scratch, None)?;
            self.stem.after_first(part, scratch);
            // What the layer after it reads stands in f32 only.
            if let Some(second) = others.first() {
                second.prepare(part.rows.len(), scratch);
            }
        } else {
            first.forward(part, scratch, others.first())?;
        }
        for (index, layer) in others.iter().enumerate() {
            layer.forward(part, scratch, others.get(index + 1))?;
        }
        Ok(())
    }
}
