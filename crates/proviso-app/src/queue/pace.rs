//! How many contracts there are of each kind, and how long those that wait will take.

use proviso_store::{QueueEntry, QueueState};

/// How far the contract is that is being read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Current {
    /// Windows read, of which `known` were read before the program was cut off.
    pub done: usize,
    /// Windows that were known at the beginning.
    pub known: usize,
    /// Windows of the contract.
    pub total: usize,
    /// Seconds since its turn began.
    pub seconds: f64,
}

/// The queue in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Tally {
    /// All contracts.
    pub total: u32,
    /// Those that were read.
    pub done: u32,
    /// Those that could not be opened or read.
    pub failed: u32,
    /// Those that wait, the one that is being read among them.
    pub waiting: u32,
    /// Seconds until nothing waits, by the pace so far; `None` until it is known.
    pub seconds_left: Option<f64>,
}

impl Tally {
    /// Counts. The time left is that of the windows left: those of the contract that is being read, and for each that waits as
    /// many as those had on average that were read. A window takes as long as it took so far, opening included.
    pub fn of(entries: &[QueueEntry], current: Option<Current>) -> Self {
        let mut tally = Self { total: entries.len() as u32, ..Self::default() };
        let (mut read, mut windows, mut seconds) = (0.0, 0.0, 0.0);
        for entry in entries {
            match entry.state {
                QueueState::Waiting => tally.waiting += 1,
                QueueState::Done => tally.done += 1,
                QueueState::OpenFailed | QueueState::ReadFailed => tally.failed += 1,
                QueueState::Locked | QueueState::Cancelled => {}
            }
            if let (Some(made), Some(took)) = (entry.windows, entry.seconds) {
                read += 1.0;
                windows += f64::from(made);
                seconds += took;
            }
        }
        let of_current = current.filter(|current| current.total > 0);
        let made = of_current.map_or(0, |current| current.done.saturating_sub(current.known)) as f64;
        let (windows_made, time) =
            (windows + made, seconds + of_current.map_or(0.0, |current| current.seconds));
        let usual =
            if read > 0.0 { windows / read } else { of_current.map_or(0.0, |current| current.total as f64) };
        if windows_made > 0.0 && tally.waiting > 0 {
            let others = f64::from(tally.waiting) - f64::from(u8::from(of_current.is_some()));
            let left = of_current.map_or(0.0, |current| current.total.saturating_sub(current.done) as f64);
            tally.seconds_left = Some((left + others * usual) * time / windows_made);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(state: QueueState, took: Option<(u32, f64)>) -> QueueEntry {
        let (windows, seconds) = (took.map(|(windows, _)| windows), took.map(|(_, seconds)| seconds));
        QueueEntry { id: 0, path: String::new(), place: 0, state, reason: None, windows, seconds }
    }

    #[test]
    fn time_is_told_from_what_was_read() {
        use QueueState::{Cancelled, Done, Locked, OpenFailed, ReadFailed, Waiting};
        let waits = entry(Waiting, None);
        assert_eq!(
            Tally::of(std::slice::from_ref(&waits), None),
            Tally { total: 1, waiting: 1, ..Tally::default() }
        );
        let entries = [
            entry(Done, Some((10, 2.0))),
            entry(Done, Some((30, 6.0))),
            // What was known takes no time and says nothing of it.
            entry(Done, None),
            entry(OpenFailed, None),
            entry(ReadFailed, None),
            entry(Locked, None),
            entry(Cancelled, None),
            waits.clone(),
            waits,
        ];
        let tally = Tally::of(&entries, None);
        assert_eq!((tally.total, tally.done, tally.failed, tally.waiting), (9, 3, 2, 2));
        assert_eq!(tally.seconds_left, Some(8.0), "two of 20 windows at 5 a second");
        let current = Current { done: 60, known: 20, total: 100, seconds: 8.0 };
        let tally = Tally::of(&entries, Some(current));
        assert_eq!(tally.seconds_left, Some((40.0 + 20.0) * 16.0 / 80.0));
    }

    #[test]
    fn the_first_contract_tells_for_the_others() {
        let entries = [entry(QueueState::Waiting, None), entry(QueueState::Waiting, None)];
        let current = Current { done: 5, known: 0, total: 20, seconds: 1.0 };
        assert_eq!(Tally::of(&entries, Some(current)).seconds_left, Some(7.0));
        let not_begun = Current { done: 5, known: 5, total: 20, seconds: 1.0 };
        assert_eq!(Tally::of(&entries, Some(not_begun)).seconds_left, None);
        assert_eq!(Tally::of(&entries[..0], Some(current)).seconds_left, None);
    }
}
