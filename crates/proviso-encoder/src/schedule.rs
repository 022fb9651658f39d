//! Windows over workers: one window per worker at its exact length. A worker is one thread, unless there are fewer windows
//! than workers; then several threads share the rows of each window.

mod gate;
mod in_turn;

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use crate::{Encoder, EncoderError, Logits, Passes};
use gate::{Gate, StopOnPanic};
pub(crate) use in_turn::InTurn;

/// Windows for each worker that may be read before their turn.
const LEAD: usize = 4;

/// How a text's windows are run.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// Windows that are read side by side; with fewer windows, threads over all.
    pub workers: usize,
    /// Whether the workers stand back behind everything else that wants the processor, such as the drawing of pages.
    /// Has an effect on Linux; elsewhere the system shares the processor as it sees fit.
    pub stand_back: bool,
}

/// The run was cancelled before all windows were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// Makes every pass with the encoder and hands the logits to `on_logits` in the order of the passes, whichever worker is
/// first. `on_logits` runs on the calling thread; `is_cancelled` is asked before each pass.
///
/// Memory: at most [`LEAD`] results a worker wait for their turn.
///
/// # Errors
/// The first failure of the encoder, after which no further pass is begun.
pub fn run_passes<E: Encoder + ?Sized>(
    encoder: &E,
    passes: &dyn Passes,
    schedule: Schedule,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    mut on_logits: impl FnMut(usize, &Logits),
) -> Result<Result<(), Cancelled>, EncoderError> {
    let count = passes.len();
    let workers = schedule.workers.clamp(1, count.max(1));
    // As long as there are windows for all threads, one window a thread is faster: nobody waits for anybody.
    let threads = schedule.workers / workers;
    let next = AtomicUsize::new(0);
    let gate = Gate::new(LEAD * workers);
    let (sender, receiver) = mpsc::channel();
    let work = |sender: mpsc::Sender<(usize, Result<Logits, EncoderError>)>| {
        let _stop = StopOnPanic(&gate);
        if schedule.stand_back {
            stand_back();
        }
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count || !gate.enter(index) {
                break;
            }
            if is_cancelled() {
                gate.stop();
                break;
            }
            let logits = encoder.logits(passes.get(index), threads);
            if logits.is_err() {
                gate.stop();
            }
            if sender.send((index, logits)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        let _stop = StopOnPanic(&gate);
        for worker in 0..workers {
            let sender = sender.clone();
            let started =
                thread::Builder::new().name(format!("window-{worker}")).spawn_scoped(scope, || work(sender));
            if let Err(error) = started {
                gate.stop();
                return Err(EncoderError::Thread(error));
            }
        }
        drop(sender);
        let mut in_turn = InTurn::new(|index, logits: &Logits| {
            on_logits(index, logits);
            gate.hand_out();
        });
        for (index, logits) in receiver {
            in_turn.take(index, logits?);
        }
        Ok(if in_turn.handed_out() == count { Ok(()) } else { Err(Cancelled) })
    })
}

/// Lowers the priority of the calling thread. Where the system does not allow it, nothing is lost but smoothness.
#[cfg(target_os = "linux")]
pub(crate) fn stand_back() {
    const NICENESS: i32 = 10;
    // On Linux "this process" means the calling thread alone.
    let _ = rustix::process::setpriority_process(None, NICENESS);
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn stand_back() {}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::{Pass, TextWindows, cut_windows};

    /// Answers with the ids themselves, later windows faster than earlier ones; fails at the id 999.
    struct Echo;

    impl Encoder for Echo {
        fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
            let ids = pass.window;
            if ids.contains(&999) {
                return Err(EncoderError::Tokenize("999".into()));
            }
            if ids[0].is_multiple_of(8) {
                thread::yield_now();
            }
            Ok(Logits::new(1, ids.iter().map(|&id| id as f32).collect()))
        }

        fn outputs(&self) -> usize {
            1
        }
    }

    fn first_ids(ids: &[u32], workers: usize) -> Result<Vec<u32>, EncoderError> {
        let windows = cut_windows(ids.len(), 4, 2);
        let passes = TextWindows { ids, windows: &windows };
        let mut seen = Vec::new();
        run_passes(&Echo, &passes, Schedule { workers, stand_back: false }, &|| false, |index, logits| {
            assert_eq!(index, seen.len());
            seen.push(logits.row(0)[0] as u32);
        })?
        .unwrap();
        Ok(seen)
    }

    #[test]
    fn windows_arrive_in_order_with_any_number_of_workers() {
        let ids: Vec<u32> = (0..400).collect();
        let expected: Vec<u32> = (0..=396).step_by(2).collect();
        for workers in [1, 2, 7, 64] {
            assert_eq!(first_ids(&ids, workers).unwrap(), expected, "{workers} workers");
        }
        assert_eq!(first_ids(&[], 2).unwrap(), Vec::<u32>::new());
    }

    /// Notes the length of each window and how many threads were given to it.
    struct Noting(Mutex<Vec<(usize, usize)>>);

    impl Encoder for Noting {
        fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError> {
            self.0.lock().unwrap().push((pass.len(), threads));
            Echo.logits(pass, threads)
        }

        fn outputs(&self) -> usize {
            1
        }
    }

    #[test]
    fn threads_share_windows_only_where_windows_are_few() {
        for (tokens, workers, expected) in
            [(3, 1, vec![(3, 1)]), (3, 5, vec![(3, 5)]), (6, 5, vec![(4, 2); 2]), (8, 3, vec![(4, 1); 3])]
        {
            // A port that hands its calls on must hand the number of threads on too.
            let encoder = Box::new(Noting(Mutex::default()));
            let ids: Vec<u32> = (0..tokens).collect();
            let windows = cut_windows(ids.len(), 4, 2);
            let schedule = Schedule { workers, stand_back: false };
            let passes = TextWindows { ids: &ids, windows: &windows };
            run_passes(&encoder, &passes, schedule, &|| false, |_, _| {}).unwrap().unwrap();
            assert_eq!(encoder.0.into_inner().unwrap(), expected, "{tokens} tokens, {workers} workers");
        }
    }

    #[test]
    fn a_failure_ends_the_run() {
        let ids: Vec<u32> = (0..2000).collect();
        assert!(first_ids(&ids, 3).unwrap_err().to_string().contains("999"));
    }

    /// Holds the first window up until no other one has been begun for a while.
    struct HeldUp(AtomicUsize);

    impl Encoder for HeldUp {
        fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError> {
            let ids = pass.window;
            self.0.fetch_add(1, Ordering::Relaxed);
            let mut seen = 0;
            while ids[0] == 0 && seen != self.0.load(Ordering::Relaxed) {
                seen = self.0.load(Ordering::Relaxed);
                thread::sleep(std::time::Duration::from_millis(30));
            }
            assert!(ids[0] != 0 || seen <= 2 * LEAD, "{seen} windows were begun before the first was done");
            Echo.logits(pass, threads)
        }

        fn outputs(&self) -> usize {
            1
        }
    }

    #[test]
    fn a_worker_that_is_held_up_holds_the_others_back_and_nothing_is_lost() {
        let ids: Vec<u32> = (0..400).collect();
        let windows = cut_windows(ids.len(), 4, 2);
        let schedule = Schedule { workers: 2, stand_back: false };
        let mut seen = Vec::new();
        let held_up = HeldUp(AtomicUsize::new(0));
        let passes = TextWindows { ids: &ids, windows: &windows };
        run_passes(&held_up, &passes, schedule, &|| false, |index, _| seen.push(index)).unwrap().unwrap();
        assert!(seen.into_iter().eq(0..windows.len()));
    }

    #[test]
    #[should_panic(expected = "scoped thread panicked")]
    fn a_panic_in_a_worker_ends_the_run() {
        struct Panics;
        impl Encoder for Panics {
            fn logits(&self, pass: Pass<'_>, threads: usize) -> Result<Logits, EncoderError> {
                assert!(pass.window[0] != 0, "the first window");
                Echo.logits(pass, threads)
            }

            fn outputs(&self) -> usize {
                1
            }
        }
        let ids: Vec<u32> = (0..400).collect();
        let windows = cut_windows(ids.len(), 4, 2);
        let schedule = Schedule { workers: 2, stand_back: false };
        let passes = TextWindows { ids: &ids, windows: &windows };
        let _ = run_passes(&Panics, &passes, schedule, &|| false, |_, _| {});
    }

    #[test]
    fn cancelling_ends_the_run_early() {
        let ids: Vec<u32> = (0..400).collect();
        let windows = cut_windows(ids.len(), 4, 2);
        let seen = AtomicUsize::new(0);
        let cancelled = || seen.load(Ordering::Relaxed) >= 3;
        let passes = TextWindows { ids: &ids, windows: &windows };
        let schedule = Schedule { workers: 2, stand_back: true };
        let outcome = run_passes(&Echo, &passes, schedule, &cancelled, |_, _| {
            seen.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(outcome.unwrap(), Err(Cancelled));
        assert!(seen.into_inner() < windows.len());
    }
}
