//! How long a reading has worked.
//!
//! A computer that is busy with other things, or stands still for a while, must not cost a contract its reading: what counts is the
//! time that was computed, where the system tells it. Elsewhere it is the time that went by.

use std::time::{Duration, Instant};

/// How many times as long as it may compute a process may take in all: one that waits for ever is ended, too.
const PATIENCE: u32 = 6;

/// Measures the work of the thread that it was made on.
#[derive(Debug)]
pub struct WorkClock {
    #[cfg(unix)]
    computed: Duration,
    #[cfg(not(unix))]
    started: Instant,
}

impl WorkClock {
    /// Begins to measure.
    pub fn start() -> Self {
        Self {
            #[cfg(unix)]
            computed: computed_by_thread(),
            #[cfg(not(unix))]
            started: Instant::now(),
        }
    }

    /// What the thread has computed since. To be asked on the thread on which it was started.
    pub fn worked(&self) -> Duration {
        #[cfg(unix)]
        return computed_by_thread().saturating_sub(self.computed);
        #[cfg(not(unix))]
        return self.started.elapsed();
    }
}

/// Whether a process that was started `started` may work no longer.
pub fn is_over(process: u32, started: Instant, allowed: Duration) -> bool {
    // It cannot have computed longer than it is there, but for threads, of which it has one that works.
    let there = started.elapsed();
    there > allowed
        && (there > allowed * PATIENCE || computed_by(process).is_none_or(|computed| computed > allowed))
}

#[cfg(unix)]
fn computed_by_thread() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// What a process has computed, as far as the system tells.
fn computed_by(process: u32) -> Option<Duration> {
    #[cfg(target_os = "linux")]
    {
        let ticks = proviso_confine::ProcessStat::of(std::path::Path::new("/proc"), process)?.ticks;
        Some(Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = process;
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{io, process::Command};

    use super::*;

    const SHORT: Duration = Duration::from_millis(150);

    /// Starts a program, and says how long it was there when it might work no longer.
    fn lasts(program: &mut Command) -> io::Result<Duration> {
        let mut child = program.spawn()?;
        let started = Instant::now();
        while !is_over(child.id(), started, SHORT) {
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill()?;
        child.wait()?;
        Ok(started.elapsed())
    }

    #[test]
    fn who_waits_may_take_longer_than_who_computes_but_not_for_ever() {
        assert!(lasts(Command::new("sleep").arg("60")).unwrap() > SHORT * PATIENCE);
        let computes = lasts(Command::new("sh").args(["-c", "while :; do :; done"])).unwrap();
        assert!(computes > SHORT);
    }

    #[test]
    fn waiting_is_no_work() {
        let clock = WorkClock::start();
        std::thread::sleep(SHORT);
        assert!(clock.worked() < SHORT);
        let mut sum = 0_u64;
        while clock.worked() < SHORT {
            sum = std::hint::black_box(sum + 1);
        }
        assert!(sum > 0);
    }
}
