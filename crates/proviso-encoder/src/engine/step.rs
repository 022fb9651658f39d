//! One layer's step of a window, for models whose layers are not all in memory: between two steps a window is nothing but its
//! stream.

use std::{ops::Range, panic::resume_unwind, thread};

use proviso_kernels::Buffer;

use super::{
    FEWEST_ROWS, Layer, Scratch, Stem,
    team::{Disbanded, Part, Team, cut_rows},
};
use crate::{EncoderError, frame::Sequence};

/// A layer with what happens before the first one and after it.
#[derive(Clone, Copy)]
pub(crate) struct Step<'a> {
    pub stem: &'a Stem,
    pub layer: &'a Layer,
    /// The layer's number.
    pub index: usize,
}

/// Buffers for as many threads as share a window.
pub(crate) struct Scratches(Vec<Scratch>);

impl Scratches {
    /// Buffers for so many threads.
    pub fn new(stem: &Stem, threads: usize) -> Self {
        Self((0..threads.max(1)).map(|_| Scratch::new(stem.tier)).collect())
    }

    /// The buffers of several threads as those of one window.
    pub fn joined(each: &mut Vec<Self>) -> Self {
        Self(each.drain(..).flat_map(|scratches| scratches.0).collect())
    }

    /// As many as there are threads, each with its own.
    pub fn split(self) -> Vec<Self> {
        self.0.into_iter().map(|scratch| Self(vec![scratch])).collect()
    }
}

impl Step<'_> {
    /// Carries the stream of a window through the layer, with as many threads as there are buffers, as far as the window has
    /// rows for them. `stream` is `[tokens, width]` with room for a product's last step; before the first layer what it holds
    /// does not matter.
    ///
    /// # Errors
    /// If the sequence cannot be read by this model, the embeddings of its words cannot be read, or a thread cannot be started.
    pub fn run(
        self,
        sequence: Sequence<'_>,
        stream: &mut Buffer,
        scratches: &mut Scratches,
    ) -> Result<(), EncoderError> {
        let tokens = sequence.ids.len();
        let mut words = scratches.0[0].take_words();
        if self.index == 0 {
            self.stem.look_up(sequence, &mut words)?;
        }
        let threads = scratches.0.len().min(tokens / FEWEST_ROWS);
        let parts: Vec<_> = cut_rows(tokens, threads, self.stem.row_step).collect();
        let result = if parts.len() > 1 {
            self.run_shared(sequence, &words, &parts, stream, &mut scratches.0)
        } else {
            let part = Part { tokens, rows: 0..tokens, member: None };
            let scratch = &mut scratches.0[0];
            std::mem::swap(&mut scratch.hidden, stream);
            // A part that is the whole window waits for nobody.
            let _ = self.run_part(sequence, &words, &part, scratch);
            std::mem::swap(&mut scratch.hidden, stream);
            Ok(())
        };
        scratches.0[0].words = words;
        result
    }

    /// Carries the rows of a part, which are in the scratch's stream, through the layer.
    fn run_part(
        self,
        sequence: Sequence<'_>,
        words: &[f32],
        part: &Part<'_>,
        scratch: &mut Scratch,
    ) -> Result<(), Disbanded> {
        if self.index == 0 {
            self.stem.begin(sequence, words, part, scratch);
        } else {
            scratch.reshape(part.rows.len(), &self.stem.architecture);
        }
        self.layer.prepare(part.rows.len(), scratch);
        self.layer.forward(part, scratch, None)?;
        if self.index == 0 {
            self.stem.after_first(part, scratch);
        }
        Ok(())
    }

    fn run_shared(
        self,
        sequence: Sequence<'_>,
        words: &[f32],
        parts: &[Range<usize>],
        stream: &mut Buffer,
        scratches: &mut [Scratch],
    ) -> Result<(), EncoderError> {
        let width = self.stem.architecture.width;
        let heads = scratches[0].take_heads(self.stem.architecture.heads);
        let team = Team::new(parts.iter().cloned(), heads);
        let work = |index: usize, rows: &Range<usize>, scratch: &mut Scratch| {
            if self.index > 0 {
                scratch.hidden.clear();
                scratch.hidden.extend_from_slice(&stream[rows.start * width..rows.end * width]);
            }
            // Nobody disbands but one that fails, and its failure is passed on below.
            let _ = self.run_part(sequence, words, &team.part(index), scratch);
        };
        thread::scope(|scope| {
            let work = &work;
            let mut assigned = parts.iter().zip(scratches.iter_mut()).enumerate();
            let first = assigned.next();
            let mut others = Vec::new();
            for (index, (rows, scratch)) in assigned {
                let thread = thread::Builder::new().name(format!("rows-{index}"));
                let started = thread.spawn_scoped(scope, move || work(index, rows, scratch));
                others.push(started.map_err(|error| {
                    team.disband();
                    EncoderError::Thread(error)
                })?);
            }
            if let Some((index, (rows, scratch))) = first {
                work(index, rows, scratch);
            }
            for thread in others {
                thread.join().unwrap_or_else(|failure| resume_unwind(failure));
            }
            Ok::<_, EncoderError>(())
        })?;
        let rows = sequence.ids.len().next_multiple_of(proviso_kernels::f32::row_step(self.stem.tier));
        stream.resize(rows * width, 0.0);
        for (rows, scratch) in parts.iter().zip(scratches.iter()) {
            let target = &mut stream[rows.start * width..rows.end * width];
            target.copy_from_slice(&scratch.hidden[..rows.len() * width]);
        }
        scratches[0].heads = team.into_heads();
        Ok(())
    }
}
