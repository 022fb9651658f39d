//! Threads that read one window together: each carries some of its rows through all layers, and before the attention of
//! every layer they show each other the keys and values of their rows.

use std::{
    ops::Range,
    sync::{Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
};

use proviso_kernels::{Buffer, buffer};

use super::scratch::HeadOperands;

/// The rows of a window that one thread carries through the layers.
pub(crate) struct Part<'a> {
    /// Tokens of the window.
    pub tokens: usize,
    pub rows: Range<usize>,
    /// The thread's place among those that carry the other rows, if there are any.
    pub member: Option<Member<'a>>,
}

/// Cuts a window for at most so many threads, at multiples of `step` and as evenly as these allow.
pub(super) fn cut_rows(
    tokens: usize,
    threads: usize,
    step: usize,
) -> impl ExactSizeIterator<Item = Range<usize>> {
    let steps = tokens.div_ceil(step);
    let parts = threads.clamp(1, steps);
    let border = move |index: usize| tokens.min(steps * index / parts * step);
    (0..parts).map(move |index| border(index)..border(index + 1))
}

/// What the threads of a window share.
pub(super) struct Team {
    /// The rows of each thread, and their queries, keys and values while all may look at them.
    parts: Vec<(Range<usize>, RwLock<Buffer>)>,
    /// What the queries of a head meet; one thread packs it for all.
    heads: Vec<RwLock<HeadOperands>>,
    meeting: Mutex<Meeting>,
    changed: Condvar,
}

/// Threads wait for each other here. A [`Barrier`](std::sync::Barrier) would wait for ever for one that failed.
#[derive(Default)]
struct Meeting {
    arrived: usize,
    held: usize,
    disbanded: bool,
}

/// Another thread failed, so there is nothing to wait for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disbanded;

impl Team {
    /// A team for these rows. `heads` are as many as the model has.
    pub fn new(parts: impl Iterator<Item = Range<usize>>, heads: Vec<RwLock<HeadOperands>>) -> Self {
        Self {
            parts: parts.map(|rows| (rows, RwLock::new(buffer()))).collect(),
            heads,
            meeting: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    pub fn into_heads(self) -> Vec<RwLock<HeadOperands>> {
        self.heads
    }

    /// The part of one of the threads.
    pub fn part(&self, index: usize) -> Part<'_> {
        let tokens = self.parts.last().map_or(0, |(rows, _)| rows.end);
        Part { tokens, rows: self.parts[index].0.clone(), member: Some(Member { team: self, index }) }
    }

    /// Lets nobody wait any longer.
    pub fn disband(&self) {
        self.meeting.lock().unwrap_or_else(PoisonError::into_inner).disbanded = true;
        self.changed.notify_all();
    }

    /// Waits until all threads have come here.
    fn meet(&self) -> Result<(), Disbanded> {
        let mut meeting = self.meeting.lock().unwrap_or_else(PoisonError::into_inner);
        meeting.arrived += 1;
        if meeting.arrived == self.parts.len() {
            meeting.arrived = 0;
            meeting.held += 1;
            self.changed.notify_all();
        } else {
            let before = meeting.held;
            let waiting = |meeting: &mut Meeting| meeting.held == before && !meeting.disbanded;
            meeting = self.changed.wait_while(meeting, waiting).unwrap_or_else(PoisonError::into_inner);
        }
        if meeting.disbanded { Err(Disbanded) } else { Ok(()) }
    }
}

/// One thread of a team. Dropped while its thread fails, it sends the others home.
pub(crate) struct Member<'a> {
    team: &'a Team,
    index: usize,
}

impl Member<'_> {
    /// Shows the queries, keys and values of this thread's rows, and waits until all have done so.
    pub fn show(&self, projected: &mut Buffer) -> Result<(), Disbanded> {
        self.swap(projected);
        self.team.meet()
    }

    /// Waits until nobody looks at what was shown, and takes it back.
    pub fn take_back(&self, projected: &mut Buffer) -> Result<(), Disbanded> {
        self.team.meet()?;
        self.swap(projected);
        Ok(())
    }

    fn swap(&self, projected: &mut Buffer) {
        let mut shown = self.team.parts[self.index].1.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut *shown, projected);
    }

    /// The heads that this thread packs for all, between showing and taking back.
    pub fn own_heads(&self) -> impl Iterator<Item = (usize, RwLockWriteGuard<'_, HeadOperands>)> {
        let every = self.team.parts.len();
        let heads = self.team.heads.iter().enumerate().skip(self.index).step_by(every);
        heads.map(|(index, head)| (index, head.write().unwrap_or_else(PoisonError::into_inner)))
    }

    /// A head as it was packed.
    pub fn head(&self, index: usize) -> RwLockReadGuard<'_, HeadOperands> {
        self.team.heads[index].read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the given columns of what all threads show, row after row; `stride` is the length of their rows.
    pub fn gather(&self, stride: usize, columns: Range<usize>, target: &mut Buffer) {
        for (rows, shown) in &self.team.parts {
            let shown = shown.read().unwrap_or_else(PoisonError::into_inner);
            for row in shown.chunks_exact(stride).take(rows.len()) {
                target.extend_from_slice(&row[columns.clone()]);
            }
        }
    }
}

impl Drop for Member<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.team.disband();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_evenly_at_whole_steps() {
        let cut = |tokens, threads, step| cut_rows(tokens, threads, step).collect::<Vec<_>>();
        assert_eq!(cut(256, 2, 12), [0..132, 132..256]);
        assert_eq!(cut(100, 3, 32), [0..32, 32..64, 64..100]);
        assert_eq!(cut(25, 9, 12), [0..12, 12..24, 24..25], "no thread without rows");
        assert_eq!(cut_rows(5, 4, 12).len(), 1);
        assert_eq!(cut_rows(5, 0, 12).len(), 1);
    }

    #[test]
    fn nobody_waits_for_a_thread_that_failed() {
        let team = &Team::new(cut_rows(3, 3, 1), Vec::new());
        let outcomes = thread::scope(|scope| {
            let threads = [false, false, true].map(|fails| {
                scope.spawn(move || {
                    let member = Member { team, index: 0 };
                    assert!(!std::hint::black_box(fails), "as expected");
                    member.take_back(&mut buffer())
                })
            });
            threads.map(|thread| thread.join().ok().map(|outcome| outcome.is_err()))
        });
        assert_eq!(outcomes, [Some(true), Some(true), None]);
    }
}
