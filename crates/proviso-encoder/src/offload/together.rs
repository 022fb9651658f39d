//! The windows of a group through one layer, by several threads.

use std::{
    panic::resume_unwind,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use proviso_kernels::{Buffer, buffer};

use crate::{
    Cancelled, EncoderError, Schedule,
    engine::{Scratches, Stem, Step},
    frame::Framed,
    schedule::stand_back,
};

/// The windows that go through the layers together, with their streams.
pub(super) struct Group {
    pub framed: Vec<Framed>,
    pub streams: Vec<Mutex<Buffer>>,
}

impl Group {
    pub fn new(framed: Vec<Framed>) -> Self {
        let streams = framed.iter().map(|_| Mutex::new(buffer())).collect();
        Self { framed, streams }
    }

    pub fn stream(&self, index: usize) -> MutexGuard<'_, Buffer> {
        self.streams[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the threads write meanwhile, kept from layer to layer.
pub(super) struct Workers {
    /// For each thread that has windows of its own.
    alone: Vec<Scratches>,
    schedule: Schedule,
}

impl Workers {
    pub fn new(stem: &Stem, schedule: Schedule) -> Self {
        Self { alone: (0..schedule.workers.max(1)).map(|_| Scratches::new(stem, 1)).collect(), schedule }
    }

    /// Carries all windows of a group through a layer. As long as there are enough windows each thread has its own; the last
    /// ones, fewer than threads, are shared by all of them, so that no thread is idle at the end of every layer.
    ///
    /// # Errors
    /// The first failure of a window.
    pub fn run(
        &mut self,
        step: Step<'_>,
        group: &Group,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let (count, threads) = (group.framed.len(), self.alone.len());
        let own = count / threads * threads;
        if let Err(cancelled) = self.run_alone(step, group, own, is_cancelled)? {
            return Ok(Err(cancelled));
        }
        let mut shared = Scratches::joined(&mut self.alone);
        let mut outcome = Ok(Ok(()));
        for index in own..count {
            if is_cancelled() {
                outcome = Ok(Err(Cancelled));
                break;
            }
            if let Err(error) =
                step.run(group.framed[index].sequence(), &mut group.stream(index), &mut shared)
            {
                outcome = Err(error);
                break;
            }
        }
        self.alone = shared.split();
        outcome
    }

    /// The first `count` windows, each by one thread.
    fn run_alone(
        &mut self,
        step: Step<'_>,
        group: &Group,
        count: usize,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
        let schedule = self.schedule;
        let work = |scratches: &mut Scratches| {
            if schedule.stand_back {
                stand_back();
            }
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count || stopped.load(Ordering::Relaxed) {
                    return Ok(());
                }
                if is_cancelled() {
                    stopped.store(true, Ordering::Relaxed);
                    return Ok(());
                }
                let result = step.run(group.framed[index].sequence(), &mut group.stream(index), scratches);
                if result.is_err() {
                    stopped.store(true, Ordering::Relaxed);
                    return result;
                }
            }
        };
        let results = thread::scope(|scope| {
            let work = &work;
            let mut threads = Vec::new();
            for (number, scratches) in self.alone.iter_mut().enumerate() {
                let thread = thread::Builder::new().name(format!("window-{number}"));
                match thread.spawn_scoped(scope, move || work(scratches)) {
                    Ok(thread) => threads.push(thread),
                    Err(error) => {
                        stopped.store(true, Ordering::Relaxed);
                        return Err(EncoderError::Thread(error));
                    }
                }
            }
            let join = |thread: thread::ScopedJoinHandle<'_, Result<(), EncoderError>>| {
                thread.join().unwrap_or_else(|failure| resume_unwind(failure))
            };
            threads.into_iter().map(join).collect::<Result<Vec<()>, _>>()
        });
        results?;
        Ok(if stopped.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) })
    }
}
