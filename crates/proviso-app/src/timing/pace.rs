//! Windows through a model for a while, and how many of them were finished.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use proviso_encoder::{Device, EncoderError};

use crate::{AppError, Cancel};

/// How long is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Runs before anything counts, but at least one window a worker: caches fill and the processor finds its speed.
    pub warm_up: Duration,
    /// Runs that count, but at least `windows`.
    pub measured: Duration,
    /// Windows that are finished at least, by all workers together.
    pub windows: usize,
}

/// How many windows run at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AtOnce {
    /// Threads that each run windows of their own.
    pub workers: usize,
    /// Windows that a thread runs together.
    pub batch: usize,
}

impl AtOnce {
    /// So many windows as a device runs them: each by a thread of its own on the processor, in one batch on a card, which
    /// takes one batch at a time.
    pub fn on(device: Device, windows: usize) -> Self {
        match device {
            Device::Cpu => Self { workers: windows, batch: 1 },
            Device::Cuda(_) | Device::Metal(_) => Self { workers: 1, batch: windows },
        }
    }
}

/// What all workers together reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reached {
    pub windows_per_second: f64,
    pub ms_per_window: f64,
}

/// What one worker did.
struct Share {
    windows: usize,
    seconds: f64,
}

impl Pace {
    /// Long enough for figures that come again within a few per cent on a machine that does nothing else.
    pub const STEADY: Self =
        Self { warm_up: Duration::from_millis(300), measured: Duration::from_secs(2), windows: 5 };

    /// Keeps every worker busy with `texts`, each a window's tokens, until the common end. A worker's own time ends with
    /// its last batch, so that no time counts in which it finished nothing. `run` gets the windows of a batch.
    ///
    /// # Errors
    /// The first failure of a window, or a wish to stop.
    pub fn measure(
        self,
        run: impl Fn(&[&[u32]]) -> Result<(), AppError> + Sync,
        texts: &[Vec<u32>],
        at_once: AtOnce,
        cancel: &Cancel,
    ) -> Result<Reached, AppError> {
        let warm = Instant::now() + self.warm_up;
        let end = warm + self.measured;
        let finished = AtomicUsize::new(0);
        let work = |worker: usize| -> Result<Share, AppError> {
            let mut turns = texts.iter().map(Vec::as_slice).cycle().skip(worker);
            let mut batch = Vec::with_capacity(at_once.batch);
            let mut run_next = || -> Result<(), AppError> {
                if cancel.is_asked() {
                    return Err(AppError::Cancelled);
                }
                batch.clear();
                batch.extend(turns.by_ref().take(at_once.batch));
                run(&batch)
            };
            run_next()?;
            while Instant::now() < warm {
                run_next()?;
            }
            let begin = Instant::now();
            let mut windows = 0;
            loop {
                run_next()?;
                windows += at_once.batch;
                let all = finished.fetch_add(at_once.batch, Ordering::Relaxed) + at_once.batch;
                if Instant::now() >= end && all >= self.windows {
                    return Ok(Share { windows, seconds: begin.elapsed().as_secs_f64() });
                }
            }
        };
        let shares = on_threads(at_once.workers, work)?;
        Ok(Reached {
            windows_per_second: shares.iter().map(|share| share.windows as f64 / share.seconds).sum(),
            ms_per_window: 1e3 * shares.iter().map(|share| share.seconds).sum::<f64>()
                / shares.iter().map(|share| share.windows).sum::<usize>() as f64,
        })
    }
}

/// Runs the work on so many threads and waits for all of them.
fn on_threads(
    workers: usize,
    work: impl Fn(usize) -> Result<Share, AppError> + Sync,
) -> Result<Vec<Share>, AppError> {
    let work = &work;
    thread::scope(|scope| {
        let start = |worker| {
            let name = format!("bench-{worker}");
            thread::Builder::new().name(name).spawn_scoped(scope, move || work(worker))
        };
        let threads = (0..workers).map(start).collect::<Result<Vec<_>, _>>().map_err(EncoderError::Thread)?;
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Pace =
        Pace { warm_up: Duration::from_millis(5), measured: Duration::from_millis(40), windows: 5 };

    /// Sleeps as many milliseconds as the first window says.
    fn nap(windows: &[&[u32]]) -> Result<(), AppError> {
        thread::sleep(Duration::from_millis(windows[0][0].into()));
        Ok(())
    }

    fn one_by_one(workers: usize) -> AtOnce {
        AtOnce { workers, batch: 1 }
    }

    #[test]
    fn workers_add_up() {
        for workers in [1, 3] {
            let reached =
                SHORT.measure(nap, &[vec![2], vec![2]], one_by_one(workers), &Cancel::default()).unwrap();
            // A nap may last longer than it was asked to, never shorter.
            assert!(reached.ms_per_window >= 2.0, "{reached:?}");
            let expected = 1e3 * workers as f64 / reached.ms_per_window;
            assert!((reached.windows_per_second / expected - 1.0).abs() < 0.5, "{reached:?}");
        }
    }

    #[test]
    fn a_batch_counts_all_of_its_windows() {
        let sizes = |windows: &[&[u32]]| {
            assert_eq!(windows.len(), 4);
            nap(windows)
        };
        let at_once = AtOnce { workers: 1, batch: 4 };
        let reached = SHORT.measure(sizes, &[vec![4], vec![4]], at_once, &Cancel::default()).unwrap();
        // Four windows a nap of at least 4 ms.
        assert!(reached.ms_per_window >= 1.0 && reached.windows_per_second <= 1_000.0, "{reached:?}");
    }

    #[test]
    fn slow_windows_are_waited_for() {
        let count = AtomicUsize::new(0);
        let slow = |windows: &[&[u32]]| {
            count.fetch_add(1, Ordering::Relaxed);
            nap(windows)
        };
        let reached = SHORT.measure(slow, &[vec![30]], one_by_one(1), &Cancel::default()).unwrap();
        assert_eq!(count.into_inner(), 6, "one to warm up and five that count");
        assert!(reached.ms_per_window >= 30.0);
    }

    #[test]
    fn a_failure_or_a_wish_to_stop_ends_it() {
        let fails = |_: &[&[u32]]| Err(EncoderError::WindowTooLong { tokens: 9, limit: 8 }.into());
        let failed = SHORT.measure(fails, &[vec![0]], one_by_one(2), &Cancel::default());
        assert!(matches!(failed, Err(AppError::Encoder(EncoderError::WindowTooLong { .. }))));
        let cancel = Cancel::default();
        cancel.ask();
        assert!(matches!(SHORT.measure(nap, &[vec![0]], one_by_one(2), &cancel), Err(AppError::Cancelled)));
    }
}
