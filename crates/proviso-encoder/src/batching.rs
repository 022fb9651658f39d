//! The windows of a text through a graphics card, in batches, and through the processor where the card gives up.

mod size;
#[cfg(test)]
mod tests;

use std::{
    cmp::Reverse,
    fmt,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    BatchEncoder, Cancelled, Chosen, DeviceError, EncoderError, Logits, Pass, PassReader, Passes,
    schedule::InTurn,
};
pub use size::{BatchSize, Timed};

/// What reads where the device does not: the model on the processor.
pub type Fallback = dyn PassReader + Send + Sync;
/// Loads the model for the processor.
pub type LoadFallback = dyn Fn() -> Result<Box<Fallback>, EncoderError> + Send + Sync;

/// Something that happened to a device and that the person is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceNotice {
    /// The memory was full, so batches became smaller; nothing was lost.
    SmallerBatches(usize),
    /// The device cannot be used any more, for the reason given; the processor read on.
    Processor(String),
}

impl fmt::Display for DeviceNotice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SmallerBatches(size) => write!(
                formatter,
                "The graphics card's memory was full, so it now reads at most {size} at a time; nothing was lost."
            ),
            Self::Processor(reason) => {
                write!(
                    formatter,
                    "The processor reads on in place of the graphics card; nothing was lost: {reason}."
                )
            }
        }
    }
}

/// A model on a device with all that is learned of it while it is used. Texts may be read from several threads; the device
/// takes one batch at a time.
pub struct BatchReader<D> {
    device: D,
    load_fallback: Box<LoadFallback>,
    fallback: OnceLock<Box<Fallback>>,
    state: Mutex<State>,
    clock: fn() -> Duration,
}

struct State {
    size: BatchSize,
    is_lost: bool,
    notices: Vec<DeviceNotice>,
}

impl<D: BatchEncoder> BatchReader<D> {
    /// A model on a device; `load_fallback` loads it for the processor once the device gives up.
    pub fn new(device: D, size: BatchSize, load_fallback: Box<LoadFallback>) -> Self {
        let state = State { size, is_lost: false, notices: Vec::new() };
        let state = Mutex::new(state);
        Self { device, load_fallback, fallback: OnceLock::new(), state, clock: since_start }
    }

    /// The batch size that was found best so far, once one is known.
    pub fn learned(&self) -> Option<Timed> {
        self.state().size.best()
    }

    /// What happened since this was asked last.
    pub fn take_notices(&self) -> Vec<DeviceNotice> {
        std::mem::take(&mut self.state().notices)
    }

    /// Makes the next passes of those in `order`, as many as a batch has.
    fn next_batch(
        &self,
        passes: &dyn Passes,
        order: &[usize],
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Step, EncoderError> {
        let mut state = self.state();
        if state.is_lost {
            return Ok(Step::Processor);
        }
        let batch = &order[..order.len().min(state.size.current())];
        let together: Vec<Pass<'_>> = batch.iter().map(|&index| passes.get(index)).collect();
        let begin = (self.clock)();
        match self.device.logits(&together, is_cancelled) {
            Ok(Err(cancelled)) => Ok(Step::Cancelled(cancelled)),
            Ok(Ok(logits)) if logits.len() != batch.len() => Err(EncoderError::Device(format!(
                "the device answered {} of {} windows",
                logits.len(),
                batch.len()
            ))),
            Ok(Ok(logits)) => {
                state.size.finished(batch.len(), (self.clock)().saturating_sub(begin));
                Ok(Step::Done(logits))
            }
            Err(error @ DeviceError::OutOfMemory) => {
                if state.size.out_of_memory() {
                    let now = state.size.current();
                    state.notices.retain(|notice| !matches!(notice, DeviceNotice::SmallerBatches(_)));
                    state.notices.push(DeviceNotice::SmallerBatches(now));
                    Ok(Step::Again)
                } else {
                    Ok(state.give_up(&error))
                }
            }
            // Numbers too large for the device's 16 bits are none for the processor.
            Err(error @ (DeviceError::Lost(_) | DeviceError::Failed(EncoderError::OutOfRange(_)))) => {
                Ok(state.give_up(&error))
            }
            Err(DeviceError::Failed(error)) => Err(error),
        }
    }

    fn fallback(&self) -> Result<&Fallback, EncoderError> {
        if self.fallback.get().is_none() {
            let loaded = (self.load_fallback)()?;
            // Another thread may have been faster; its model is the same.
            let _ = self.fallback.set(loaded);
        }
        let loaded = self.fallback.get().map(AsRef::as_ref);
        loaded.ok_or_else(|| EncoderError::Device("the model for the processor is not there".into()))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic inside the device leaves sizes that are whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What became of a batch.
enum Step {
    Done(Vec<Logits>),
    Again,
    Processor,
    Cancelled(Cancelled),
}

impl State {
    fn give_up(&mut self, error: &DeviceError) -> Step {
        self.is_lost = true;
        self.notices.push(DeviceNotice::Processor(error.to_string()));
        Step::Processor
    }
}

impl<D: BatchEncoder> PassReader for BatchReader<D> {
    fn outputs(&self) -> usize {
        self.device.outputs()
    }

    /// Longer passes go first, so that those of a batch have nearly the same length and little is padded.
    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let mut order: Vec<usize> = (0..passes.len()).collect();
        order.sort_by_cached_key(|&index| Reverse(passes.get(index).len()));
        let mut in_turn = InTurn::new(on_logits);
        let mut left = order.as_slice();
        while !left.is_empty() {
            if is_cancelled() {
                return Ok(Err(Cancelled));
            }
            match self.next_batch(passes, left, is_cancelled)? {
                Step::Done(logits) => {
                    let (batch, rest) = left.split_at(logits.len());
                    batch.iter().copied().zip(logits).for_each(|(index, logits)| in_turn.take(index, logits));
                    left = rest;
                }
                Step::Again => {}
                Step::Cancelled(cancelled) => return Ok(Err(cancelled)),
                Step::Processor => {
                    let rest = Chosen { all: passes, indices: left };
                    let mut take = |index: usize, logits: &Logits| in_turn.take(left[index], logits.clone());
                    return self.fallback()?.read(&rest, is_cancelled, &mut take);
                }
            }
        }
        Ok(Ok(()))
    }
}

/// Time on a clock that never goes back.
fn since_start() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
