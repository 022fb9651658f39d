//! How many windows go through a device together.

use std::time::Duration;

/// Full batches of a size that are timed before it is judged; the fastest counts, for the first of a size warms up.
const TRIALS: u32 = 2;

/// A batch size that finds its own best: it doubles while throughput grows, goes back by one step when it does not or
/// when the memory is full, and is halved whenever the memory turns out full later.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchSize {
    current: usize,
    most: usize,
    is_growing: bool,
    /// The size before the current one, with its throughput.
    before: Option<Timed>,
    /// Full batches of the current size so far, and the best throughput among them.
    trials: u32,
    fastest: f64,
}

/// A batch size and the windows a second that were finished with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timed {
    /// Windows in a batch.
    pub size: usize,
    /// Windows finished in a second.
    pub windows_per_second: f64,
}

impl BatchSize {
    /// A larger batch is worth its wait only if it finishes more windows a second by this factor.
    pub const WORTH_GROWING: f64 = 1.05;

    /// Begins with `first` windows and never takes more than `most`.
    pub fn new(first: usize, most: usize) -> Self {
        let first = first.max(1);
        let most = most.max(first);
        Self { current: first, most, is_growing: first < most, before: None, trials: 0, fastest: 0.0 }
    }

    /// Windows for the next batch.
    pub fn current(&self) -> usize {
        self.current
    }

    /// The best size that was timed so far: the current one once it is settled, the one before while it still grows.
    pub fn best(&self) -> Option<Timed> {
        if self.is_growing {
            return self.before;
        }
        (self.fastest > 0.0).then_some(Timed { size: self.current, windows_per_second: self.fastest })
    }

    /// A batch is done. Only full ones tell anything of their size.
    pub(super) fn finished(&mut self, windows: usize, took: Duration) {
        if windows != self.current {
            return;
        }
        // A clock too coarse to tell must not make a size infinitely fast.
        let seconds = took.max(Duration::from_micros(1)).as_secs_f64();
        self.fastest = self.fastest.max(windows as f64 / seconds);
        self.trials += 1;
        if self.is_growing && self.trials >= TRIALS {
            self.judge();
        }
    }

    fn judge(&mut self) {
        let now = Timed { size: self.current, windows_per_second: self.fastest };
        match self.before {
            Some(before) if now.windows_per_second <= Self::WORTH_GROWING * before.windows_per_second => {
                self.settle_at(before);
            }
            _ if self.current == self.most => self.is_growing = false,
            _ => {
                self.before = Some(now);
                self.begin(self.current.saturating_mul(2).min(self.most));
            }
        }
    }

    /// The memory was full. `false` if not even a single window fits.
    pub(super) fn out_of_memory(&mut self) -> bool {
        if self.current == 1 {
            return false;
        }
        match self.before.take() {
            Some(before) if self.is_growing => self.settle_at(before),
            _ => {
                self.begin(self.current / 2);
                self.is_growing = false;
            }
        }
        self.most = self.current;
        true
    }

    fn settle_at(&mut self, timed: Timed) {
        self.begin(timed.size);
        self.fastest = timed.windows_per_second;
        self.is_growing = false;
    }

    fn begin(&mut self, size: usize) {
        (self.current, self.trials, self.fastest) = (size, 0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs full batches until the size is settled; `throughput` is in windows a second.
    fn settled(mut size: BatchSize, throughput: impl Fn(usize) -> f64) -> Timed {
        for _ in 0..64 {
            if !size.is_growing
                && let Some(timed) = size.best()
            {
                return timed;
            }
            let windows = size.current();
            size.finished(windows, Duration::from_secs_f64(windows as f64 / throughput(windows)));
        }
        panic!("{size:?} does not settle");
    }

    #[test]
    fn it_grows_as_long_as_that_pays() {
        // Each doubling gives less: 100, 180, 300, 420, 500, 540, 561 ...
        let diminishing = |size: usize| 580.0 * size as f64 / (size as f64 + 4.8);
        assert_eq!(settled(BatchSize::new(1, 1024), diminishing).size, 64);
        assert_eq!(settled(BatchSize::new(1, 1024), |_| 100.0).size, 1, "nothing is gained");
        assert_eq!(settled(BatchSize::new(1, 1024), |size| 100.0 / size as f64).size, 1, "it gets worse");
        assert_eq!(settled(BatchSize::new(1, 24), |size| size as f64).size, 24, "up to the limit");
        assert_eq!(settled(BatchSize::new(16, 16), |size| size as f64).size, 16, "a fixed size stays");
        assert_eq!(settled(BatchSize::new(8, 1024), diminishing).size, 64, "from a remembered size on");
    }

    #[test]
    fn a_slow_first_batch_of_a_size_does_not_speak_against_it() {
        let mut size = BatchSize::new(1, 4);
        for (windows, seconds) in [(1, 0.01), (1, 0.01), (2, 9.0), (2, 0.012)] {
            size.finished(windows, Duration::from_secs_f64(seconds));
        }
        assert_eq!(size.current(), 4);
    }

    #[test]
    fn an_incomplete_batch_tells_nothing() {
        let mut size = BatchSize::new(4, 8);
        for _ in 0..9 {
            size.finished(3, Duration::from_millis(1));
        }
        assert_eq!((size.current(), size.best()), (4, None));
    }

    #[test]
    fn a_full_memory_ends_the_growth_one_step_back() {
        let mut size = BatchSize::new(1, 64);
        for windows in [1, 1, 2, 2, 4, 4] {
            size.finished(windows, Duration::from_millis(10));
        }
        assert_eq!(size.current(), 8);
        assert!(size.out_of_memory());
        assert_eq!(size.best().map(|timed| timed.size), Some(4));
        // Later, with less memory: by halves down to one, and then it is over.
        assert!(size.out_of_memory());
        assert_eq!((size.current(), size.best()), (2, None));
        size.finished(2, Duration::from_millis(10));
        assert_eq!(size.best().map(|timed| timed.size), Some(2), "it does not grow again");
        assert!(size.out_of_memory());
        assert!(!size.out_of_memory());
    }

    #[test]
    fn a_clock_that_stands_still_does_no_harm() {
        let mut size = BatchSize::new(1, 8);
        for _ in 0..16 {
            let windows = size.current();
            size.finished(windows, Duration::ZERO);
        }
        assert!(size.best().is_some_and(|timed| timed.windows_per_second.is_finite()));
    }
}
