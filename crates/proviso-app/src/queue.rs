//! The rules of the queue: which contract is next, and what each wish of the person changes. Nothing here reads or waits.

mod pace;

use std::collections::BTreeMap;

use proviso_store::{QueueChange, QueueEntry, QueueRecord, QueueState};

pub(crate) use pace::{Current, Tally};

/// Where a waiting contract is moved among those that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    /// Before all others.
    Front,
    /// One place.
    Earlier,
    /// One place.
    Later,
}

/// What came of a contract's turn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It was read. Nothing had to be computed where there is no time.
    Read {
        /// Passes that were made.
        windows: u32,
        /// Seconds that opening and reading took.
        seconds: Option<f64>,
    },
    /// A password is needed.
    Locked,
    /// It cannot be opened, and why.
    NotOpened(String),
    /// It cannot be read, and why.
    NotRead(String),
}

/// The queue as it stands. Every wish gives a [`QueueChange`], which is kept first and then applied.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    /// In the order of their places.
    entries: Vec<QueueEntry>,
    paused: bool,
    in_view: Option<u32>,
    last_id: u32,
}

impl Queue {
    pub fn of(record: QueueRecord) -> Self {
        let QueueRecord { entries, paused, in_view } = record;
        let last_id = entries.iter().map(|entry| entry.id).max().unwrap_or(0);
        Self { entries, paused, in_view, last_id }
    }

    /// All contracts in their order.
    pub fn entries(&self) -> &[QueueEntry] {
        &self.entries
    }

    pub fn entry(&self, id: u32) -> Option<&QueueEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    pub fn paused(&self) -> bool {
        self.paused
    }

    pub fn in_view(&self) -> Option<u32> {
        self.in_view
    }

    /// The contract whose turn is next: the one in view before the others.
    pub fn next(&self) -> Option<&QueueEntry> {
        let mut waiting = self.entries.iter().filter(|entry| entry.state == QueueState::Waiting);
        let seen = self.in_view.and_then(|id| self.entry(id));
        if self.paused {
            return None;
        }
        seen.filter(|entry| entry.state == QueueState::Waiting).or_else(|| waiting.next())
    }

    /// Adds files at the end. One that is in the queue is taken up again if it failed or was cancelled.
    pub fn add(&self, paths: &[String]) -> QueueChange {
        let mut known: BTreeMap<&str, Option<&QueueEntry>> =
            self.entries.iter().map(|entry| (entry.path.as_str(), Some(entry))).collect();
        let mut place = self.entries.last().map_or(0, |entry| entry.place);
        let mut id = self.last_id;
        let mut entries = Vec::new();
        for path in paths {
            match known.insert(path, None) {
                Some(Some(entry)) if is_over(entry.state) => entries.push(waiting(entry)),
                Some(_) => {}
                None => {
                    (place, id) = (place + 1, id + 1);
                    entries.push(QueueEntry {
                        id,
                        path: path.clone(),
                        place,
                        state: QueueState::Waiting,
                        reason: None,
                        windows: None,
                        seconds: None,
                    });
                }
            }
        }
        QueueChange { entries, ..QueueChange::default() }
    }

    /// The ids of files that are in the queue, in the order in which they are named.
    pub fn ids(&self, paths: &[String]) -> Vec<u32> {
        let known: BTreeMap<&str, u32> =
            self.entries.iter().map(|entry| (entry.path.as_str(), entry.id)).collect();
        paths.iter().filter_map(|path| known.get(path.as_str()).copied()).collect()
    }

    pub fn pause(&self, paused: bool) -> QueueChange {
        QueueChange { paused: (paused != self.paused).then_some(paused), ..QueueChange::default() }
    }

    pub fn show(&self, id: Option<u32>) -> QueueChange {
        let in_view = id.filter(|id| self.entry(*id).is_some());
        QueueChange { in_view: (in_view != self.in_view).then_some(in_view), ..QueueChange::default() }
    }

    /// A contract that waits is not read.
    pub fn cancel(&self, id: u32) -> QueueChange {
        let cancelled = |entry: &QueueEntry| QueueEntry { state: QueueState::Cancelled, ..entry.clone() };
        changed(self.entry(id).filter(|entry| entry.state == QueueState::Waiting).map(cancelled))
    }

    /// A contract is read again, whatever became of it. It keeps its place.
    pub fn retry(&self, id: u32) -> QueueChange {
        changed(self.entry(id).filter(|entry| entry.state != QueueState::Waiting).map(waiting))
    }

    /// All that failed are tried again.
    pub fn retry_failed(&self) -> QueueChange {
        let failed =
            |entry: &&QueueEntry| matches!(entry.state, QueueState::OpenFailed | QueueState::ReadFailed);
        changed(self.entries.iter().filter(failed).map(waiting))
    }

    /// A contract leaves the queue; what was read and decided of it is kept all the same.
    pub fn remove(&self, id: u32) -> QueueChange {
        let removed: Vec<u32> = self.entry(id).map(|entry| entry.id).into_iter().collect();
        let in_view = (self.in_view == Some(id) && !removed.is_empty()).then_some(None);
        QueueChange { removed, in_view, ..QueueChange::default() }
    }

    /// A waiting contract is moved among those that wait, which share their places anew.
    pub fn shift(&self, id: u32, to: To) -> QueueChange {
        let waiting: Vec<&QueueEntry> =
            self.entries.iter().filter(|entry| entry.state == QueueState::Waiting).collect();
        let Some(from) = waiting.iter().position(|entry| entry.id == id) else {
            return QueueChange::default();
        };
        let to = match to {
            To::Front => 0,
            To::Earlier => from.saturating_sub(1),
            To::Later => (from + 1).min(waiting.len() - 1),
        };
        let mut order = waiting.clone();
        let moved = order.remove(from);
        order.insert(to, moved);
        let shared = order.into_iter().zip(&waiting).filter(|(entry, before)| entry.id != before.id);
        changed(shared.map(|(entry, before)| QueueEntry { place: before.place, ..entry.clone() }))
    }

    /// What came of a contract's turn. Nothing, where it was cancelled or taken out meanwhile.
    pub fn finish(&self, id: u32, outcome: &Outcome) -> QueueChange {
        let finished = |entry: &QueueEntry| {
            let (state, reason, windows, seconds) = match outcome {
                Outcome::Read { windows, seconds } => (QueueState::Done, None, Some(*windows), *seconds),
                Outcome::Locked => (QueueState::Locked, None, None, None),
                Outcome::NotOpened(reason) => (QueueState::OpenFailed, Some(reason.clone()), None, None),
                Outcome::NotRead(reason) => (QueueState::ReadFailed, Some(reason.clone()), None, None),
            };
            QueueEntry { state, reason, windows, seconds, ..entry.clone() }
        };
        changed(self.entry(id).filter(|entry| entry.state == QueueState::Waiting).map(finished))
    }

    /// Puts a change into force.
    pub fn apply(&mut self, change: &QueueChange) {
        self.entries.retain(|entry| !change.removed.contains(&entry.id));
        let at: BTreeMap<u32, usize> =
            self.entries.iter().enumerate().map(|(index, entry)| (entry.id, index)).collect();
        for entry in &change.entries {
            self.last_id = self.last_id.max(entry.id);
            match at.get(&entry.id) {
                Some(index) => self.entries[*index] = entry.clone(),
                None => self.entries.push(entry.clone()),
            }
        }
        self.entries.sort_by_key(|entry| (entry.place, entry.id));
        self.paused = change.paused.unwrap_or(self.paused);
        self.in_view = change.in_view.unwrap_or(self.in_view);
    }
}

fn changed(entries: impl IntoIterator<Item = QueueEntry>) -> QueueChange {
    QueueChange { entries: entries.into_iter().collect(), ..QueueChange::default() }
}

/// Whether a contract is tried again when it is added again.
fn is_over(state: QueueState) -> bool {
    matches!(state, QueueState::OpenFailed | QueueState::ReadFailed | QueueState::Cancelled)
}

fn waiting(entry: &QueueEntry) -> QueueEntry {
    QueueEntry { state: QueueState::Waiting, reason: None, ..entry.clone() }
}

#[cfg(test)]
mod tests;
