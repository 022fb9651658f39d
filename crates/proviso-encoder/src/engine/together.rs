//! A window read by several threads.

use std::{ops::Range, panic::resume_unwind, thread};

use proviso_kernels::Buffer;

use super::{Engine, team::Team};
use crate::{EncoderError, frame::Sequence};

impl Engine {
    /// As [`run`](Self::run) with a thread for each of the parts.
    pub(super) fn run_together<R: Send>(
        &self,
        sequence: Sequence<'_>,
        words: &[f32],
        parts: impl ExactSizeIterator<Item = Range<usize>>,
        read: impl Fn(&[f32], usize, &mut Buffer) -> R + Sync,
    ) -> Result<Vec<R>, EncoderError> {
        let mut scratches: Vec<_> = parts.map(|rows| (rows, self.take_scratch())).collect();
        let heads = scratches[0].1.take_heads(self.stem.architecture.heads);
        let team = Team::new(scratches.iter().map(|(rows, _)| rows.clone()), heads);
        let work =
            |index, scratch: &mut _| self.read_part(sequence, words, &team.part(index), scratch, &read);
        let results = thread::scope(|scope| {
            let (first, rest) = scratches.split_at_mut(1);
            let mut others = Vec::new();
            for (index, (_, scratch)) in (1..).zip(rest) {
                let thread = thread::Builder::new().name(format!("rows-{index}"));
                let started = thread.spawn_scoped(scope, move || work(index, scratch));
                others.push(started.map_err(|error| {
                    team.disband();
                    EncoderError::Thread(error)
                })?);
            }
            let mut results = vec![work(0, &mut first[0].1)];
            for thread in others {
                results.push(thread.join().unwrap_or_else(|failure| resume_unwind(failure)));
            }
            Ok::<_, EncoderError>(results)
        })?;
        scratches[0].1.heads = team.into_heads();
        // The one with the heads last, so that it is taken first.
        scratches.into_iter().rev().for_each(|(_, scratch)| self.give_back(scratch));
        // None is missing: a team disbands only after a failure, which was passed on above.
        Ok(results.into_iter().flatten().collect())
    }
}

/// What several threads made of their rows, one after the other.
pub(crate) fn joined(parts: Vec<Vec<f32>>) -> Vec<f32> {
    let add = |mut all: Vec<f32>, part: Vec<f32>| {
        all.extend(part);
        all
    };
    parts.into_iter().reduce(add).unwrap_or_default()
}
