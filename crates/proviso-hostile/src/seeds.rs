//! How many damaged copies a test tries.

use std::{
    env,
    io::Write,
    thread,
    time::{Duration, Instant},
};

/// The seconds for which each test that damages files goes on.
const SECONDS: &str = "PROVISO_DAMAGE_SECONDS";
/// The first seed of such a test, so that it need not begin where the last one did.
const FIRST: &str = "PROVISO_DAMAGE_SEED";

/// The seeds of a test. Where it fails it says with which one, and after a long run how many there were.
#[derive(Debug)]
pub struct Seeds {
    of: &'static str,
    tried: u64,
    last: u64,
    next: u64,
    /// When it ends, of a long run; else the seed that is the last one.
    end: Result<Instant, u64>,
}

/// The seeds from 1 to `usual` for the damage to something; or, where `PROVISO_DAMAGE_SECONDS` says for how long, those from
/// `PROVISO_DAMAGE_SEED` (1) on until that time is over.
///
/// # Panics
/// If one of the two is no number.
pub fn seeds(of: &'static str, usual: u64) -> Seeds {
    let first = number(FIRST).unwrap_or(1);
    let end = number(SECONDS)
        .map(|seconds| Instant::now() + Duration::from_secs(seconds))
        .ok_or(first.saturating_add(usual) - 1);
    Seeds { of, tried: 0, last: 0, next: first, end }
}

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

impl Iterator for Seeds {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let is_over = match self.end {
            Ok(end) => Instant::now() >= end,
            Err(last) => self.next > last,
        };
        if is_over {
            return None;
        }
        self.last = self.next;
        self.next += 1;
        self.tried += 1;
        Some(self.last)
    }
}

impl Drop for Seeds {
    fn drop(&mut self) {
        let said = if thread::panicking() {
            format!("{}: damaged with seed {}\n", self.of, self.last)
        } else if self.end.is_ok() {
            format!("{}: {} damaged copies\n", self.of, self.tried)
        } else {
            return;
        };
        // Past the test runner, which keeps what a test prints that succeeds.
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
}
