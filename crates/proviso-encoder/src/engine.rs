//! The encoder on a CPU: a window at a time at its exact length, without allocating once the buffers have grown. A window
//! is read on the calling thread, or by several threads that share its rows.

mod attention;
mod builder;
mod convolution;
mod disentangled;
mod embeddings;
mod layer;
mod linear;
mod observer;
mod scratch;
mod team;
mod together;

use std::{
    ops::Range,
    sync::{Mutex, PoisonError},
};

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
use team::{Disbanded, Part, cut_rows};
pub(crate) use together::joined;

/// Rows of a window for each thread that shares it, at least: with half as many, threads were seen to spend on each other what
/// they save.
const FEWEST_ROWS: usize = 32;

/// A stack of transformer layers over embeddings.
pub(crate) struct Engine {
    tier: Tier,
    architecture: Architecture,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    /// Beside the first layer.
    convolution: Option<Convolution>,
    /// What the borders between the rows of several threads are multiples of.
    row_step: usize,
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
            row_step: attention::row_step(builder.tier, builder.computes_integers()),
            idle: Mutex::new(Vec::new()),
        })
    }

    /// The shape of the encoder.
    pub(crate) fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Runs a window, `ids` with the special tokens, by at most so many threads, this one among them. Each hands the last
    /// hidden states of its rows (`[rows, width]` with room for a product's last step) and their number to `read`; what it
    /// makes of them comes in the order of the rows, and does not depend on the number of threads.
    ///
    /// # Errors
    /// If there are no tokens, more than the model reads, or an id that is not in the vocabulary; or if a thread cannot be
    /// started.
    pub(crate) fn run<R: Send>(
        &self,
        ids: &[u32],
        threads: usize,
        read: impl Fn(&[f32], usize, &mut Buffer) -> R + Sync,
    ) -> Result<Vec<R>, EncoderError> {
        self.architecture.check(ids)?;
        let parts = cut_rows(ids.len(), threads.min(ids.len() / FEWEST_ROWS), self.row_step);
        if parts.len() > 1 {
            return self.run_together(ids, parts, read);
        }
        let mut scratch = self.take_scratch();
        let part = Part { tokens: ids.len(), rows: 0..ids.len(), member: None };
        let result = self.read_part(ids, &part, &mut scratch, &read);
        self.give_back(scratch);
        // A part that is the whole window waits for nobody.
        Ok(result.into_iter().collect())
    }

    fn take_scratch(&self) -> Scratch {
        let taken = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        taken.unwrap_or_else(|| Scratch::new(self.tier))
    }

    fn give_back(&self, scratch: Scratch) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }

    /// Carries a part of a window through all layers and hands its last hidden states to `read`.
    fn read_part<R>(
        &self,
        ids: &[u32],
        part: &Part<'_>,
        scratch: &mut Scratch,
        read: impl Fn(&[f32], usize, &mut Buffer) -> R,
    ) -> Result<R, Disbanded> {
        self.forward(ids, part, scratch)?;
        Ok(read(&scratch.hidden, part.rows.len(), &mut scratch.panel))
    }

    fn forward(&self, ids: &[u32], part: &Part<'_>, scratch: &mut Scratch) -> Result<(), Disbanded> {
        let Some((first, others)) = self.layers.split_first() else {
            self.embed(ids, part.rows.clone(), scratch);
            return Ok(());
        };
        if let Some(convolution) = &self.convolution {
            self.embed_with_neighbours(ids, part, scratch);
            first.prepare(part.rows.len(), scratch);
            first.forward(part, scratch, None)?;
            convolution.forward(part, scratch);
            // What the layer after it reads stands in f32 only.
            if let Some(second) = others.first() {
                second.prepare(part.rows.len(), scratch);
            }
        } else {
            self.embed(ids, part.rows.clone(), scratch);
            first.prepare(part.rows.len(), scratch);
            first.forward(part, scratch, others.first())?;
        }
        for (index, layer) in others.iter().enumerate() {
            layer.forward(part, scratch, others.get(index + 1))?;
        }
        Ok(())
    }

    /// Begins the stream with the embeddings of some tokens.
    fn embed(&self, ids: &[u32], rows: Range<usize>, scratch: &mut Scratch) {
        scratch.reshape(rows.len(), &self.architecture);
        self.embeddings.write(&ids[rows.clone()], rows.start, scratch);
    }

    /// As [`embed`](Self::embed) for the tokens of a part; keeps the embeddings of all tokens too. Every thread makes them
    /// for itself, which costs less than a meeting.
    fn embed_with_neighbours(&self, ids: &[u32], part: &Part<'_>, scratch: &mut Scratch) {
        let width = self.architecture.width;
        self.embed(ids, 0..part.tokens, scratch);
        scratch.keep_embeddings(part.tokens * width);
        scratch.hidden.copy_within(part.rows.start * width..part.rows.end * width, 0);
    }
}
