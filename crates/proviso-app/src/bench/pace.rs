//! Windows through a model for a while, and how many of them were finished.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use proviso_encoder::EncoderError;

use crate::{AppError, Cancel};

/// How long is measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Runs before anything counts, but at least one window a worker: caches fill and the processor finds its speed.
    warm_up: Duration,
    /// Runs that count, but at least `windows`.
    measured: Duration,
    /// Windows that are finished at least, by all workers together.
    windows: usize,
}

/// What all workers together reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
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
    /// its last window, so that no time counts in which it finished nothing.
    ///
    /// # Errors
    /// The first failure of a window, or a wish to stop.
    pub fn measure(
        self,
        run: impl Fn(&[u32]) -> Result<(), EncoderError> + Sync,
        texts: &[Vec<u32>],
        workers: usize,
        cancel: &Cancel,
    ) -> Result<Reached, AppError> {
        let warm = Instant::now() + self.warm_up;
        let end = warm + self.measured;
        let finished = AtomicUsize::new(0);
        let work = |worker: usize| -> Result<Share, AppError> {
            let mut turns = texts.iter().cycle().skip(worker);
            let mut run_next = || -> Result<(), AppError> {
                if cancel.is_asked() {
                    return Err(AppError::Cancelled);
                }
                Ok(turns.next().map_or(Ok(()), |ids| run(ids))?)
            };
            run_next()?;
            while Instant::now() < warm {
                run_next()?;
            }
            let begin = Instant::now();
            let mut windows = 0;
            loop {
                run_next()?;
                windows += 1;
                let all = finished.fetch_add(1, Ordering::Relaxed) + 1;
                if Instant::now() >= end && all >= self.windows {
                    return Ok(Share { windows, seconds: begin.elapsed().as_secs_f64() });
                }
            }
        };
        let shares = on_threads(workers, work)?;
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

    fn nap(ids: &[u32]) -> Result<(), EncoderError> {
        thread::sleep(Duration::from_millis(ids[0].into()));
        Ok(())
    }

    #[test]
    fn workers_add_up() {
        for workers in [1, 3] {
            let reached = SHORT.measure(nap, &[vec![2], vec![2]], workers, &Cancel::default()).unwrap();
            // A nap may last longer than it was asked to, never shorter.
            assert!(reached.ms_per_window >= 2.0, "{reached:?}");
            let expected = 1e3 * workers as f64 / reached.ms_per_window;
            assert!((reached.windows_per_second / expected - 1.0).abs() < 0.5, "{reached:?}");
        }
    }

    #[test]
    fn slow_windows_are_waited_for() {
        let count = AtomicUsize::new(0);
        let slow = |ids: &[u32]| {
            count.fetch_add(1, Ordering::Relaxed);
            nap(ids)
        };
        let reached = SHORT.measure(slow, &[vec![30]], 1, &Cancel::default()).unwrap();
        assert_eq!(count.into_inner(), 6, "one to warm up and five that count");
        assert!(reached.ms_per_window >= 30.0);
    }

    #[test]
    fn a_failure_or_a_wish_to_stop_ends_it() {
        let fails = |_: &[u32]| Err(EncoderError::WindowTooLong { tokens: 9, limit: 8 });
        let failed = SHORT.measure(fails, &[vec![0]], 2, &Cancel::default());
        assert!(matches!(failed, Err(AppError::Encoder(EncoderError::WindowTooLong { .. }))));
        let cancel = Cancel::default();
        cancel.ask();
        assert!(matches!(SHORT.measure(nap, &[vec![0]], 2, &cancel), Err(AppError::Cancelled)));
    }
}
