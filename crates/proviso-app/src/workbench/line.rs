//! The queue at work: its rules with what is kept of it, whose turn it is, and who listens.

use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use proviso_store::{QueueChange, QueueEntry, QueueRecord, QueueState};

use super::records::Records;
use crate::{
    AppError, Cancel,
    lock::lock,
    queue::{Current, Outcome, Queue, Tally},
    view::{OpenProgress, QueueEntryView, QueueStage, QueueStateView, QueueUpdate, ReadProgress},
};

/// The file that is locked by the program that works off the queue. The system frees it also after a crash.
const LOCK: &str = "queue.lock";
/// Between two reports of how far a contract is.
const BETWEEN_REPORTS: Duration = Duration::from_millis(100);

/// Hears of changes; answers whether it still listens.
pub(super) type Listener = Box<dyn Fn(QueueUpdate) -> bool + Send>;

pub(super) struct Line {
    state: Mutex<State>,
    /// There may be something to do, or the work is to end.
    news: Condvar,
    not_kept: Option<String>,
}

struct State {
    queue: Queue,
    /// Held where this program works off the queue that is kept. Otherwise it has one of its own, which is not kept.
    lock: Option<File>,
    turn: Option<Turn>,
    listeners: Vec<Listener>,
    /// Nothing is begun, as what is kept is being replaced.
    held: bool,
    ended: bool,
}

/// A contract whose turn it is.
struct Turn {
    id: u32,
    cancel: Cancel,
    began: Instant,
    told: Instant,
    stage: QueueStage,
    opening: Option<OpenProgress>,
    progress: Option<ReadProgress>,
    /// Windows that were read before the program was cut off.
    known: usize,
}

/// A contract that is to be read now.
pub(super) struct Task {
    pub id: u32,
    pub path: String,
    pub began: Instant,
    pub cancel: Cancel,
}

impl Line {
    /// The queue as it was kept, if no other window works it off.
    pub fn open(data_folder: &Path, records: &Records) -> Self {
        let kept = kept(data_folder, records);
        let (lock, record, not_kept) = match kept {
            Ok((lock, record)) => (Some(lock), record, None),
            Err(reason) => (None, QueueRecord::default(), reason),
        };
        let queue = Queue::of(record);
        let state = State { queue, lock, turn: None, listeners: Vec::new(), held: false, ended: false };
        Self { state: Mutex::new(state), news: Condvar::new(), not_kept }
    }

    /// Why the queue is not kept, in a sentence; `None` where it is.
    pub fn not_kept(&self) -> Option<String> {
        self.not_kept.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub fn is_empty(&self) -> bool {
        self.state().queue.entries().is_empty()
    }

    /// Tells a listener everything, and from now on what changes.
    pub fn listen(&self, listener: Listener) {
        let mut state = self.state();
        let all = state.all();
        if listener(all) {
            state.listeners.push(listener);
        }
    }

    /// Changes the queue: first on the disk, then here.
    ///
    /// # Errors
    /// If it cannot be kept; nothing is then changed.
    pub fn change(
        &self,
        records: &Records,
        wish: impl FnOnce(&Queue) -> QueueChange,
    ) -> Result<(), AppError> {
        let mut state = self.state();
        let change = wish(&state.queue);
        if change.is_empty() {
            return Ok(());
        }
        if state.lock.is_some() {
            records.keep_queue(&change)?;
        }
        state.apply(&change);
        self.news.notify_all();
        Ok(())
    }

    /// The ids of files that are in the queue.
    pub fn ids(&self, paths: &[String]) -> Vec<u32> {
        self.state().queue.ids(paths)
    }

    /// Whether a contract is in the queue.
    pub fn holds(&self, id: u32) -> bool {
        self.state().queue.entry(id).is_some()
    }

    /// Waits for a contract whose turn it is; `None` when the work is to end.
    pub fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.ended {
                return None;
            }
            let next = state.queue.next().filter(|_| !state.held).cloned();
            if let Some(QueueEntry { id, path, .. }) = next {
                let (cancel, began) = (Cancel::default(), Instant::now());
                state.turn = Some(Turn {
                    id,
                    cancel: cancel.clone(),
                    began,
                    told: began,
                    stage: QueueStage::Opening,
                    opening: None,
                    progress: None,
                    known: 0,
                });
                state.tell(&[id], &[], false);
                return Some(Task { id, path, began, cancel });
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Reports how far the opening of the contract is whose turn it is.
    pub fn opening(&self, opening: OpenProgress) {
        self.report(|turn| turn.opening = Some(opening));
    }

    /// The contract whose turn it is was opened.
    pub fn opened(&self) {
        let mut state = self.state();
        if let Some(turn) = &mut state.turn {
            turn.stage = QueueStage::Reading;
            let id = turn.id;
            state.tell(&[id], &[], false);
        }
    }

    /// Reports how far the reading of the contract is whose turn it is; `known` of its windows were read before.
    pub fn reading(&self, progress: ReadProgress, known: usize) {
        self.report(|turn| (turn.progress, turn.known) = (Some(progress), known));
    }

    fn report(&self, to: impl FnOnce(&mut Turn)) {
        let mut state = self.state();
        let Some(turn) = &mut state.turn else { return };
        to(turn);
        if turn.told.elapsed() >= BETWEEN_REPORTS {
            turn.told = Instant::now();
            let id = turn.id;
            state.tell(&[id], &[], false);
        }
    }

    /// Ends a turn. Without an outcome it was cut off, and the contract waits again or was cancelled.
    pub fn finish(&self, records: &Records, id: u32, outcome: Option<&Outcome>) {
        let mut state = self.state();
        // The queue may have been replaced meanwhile.
        let Some(_) = state.turn.take() else { return };
        let change = outcome.map(|outcome| state.queue.finish(id, outcome)).unwrap_or_default();
        if change.is_empty() {
            state.tell(&[id], &[], false);
            return;
        }
        if state.lock.is_some() {
            // What cannot be kept is done all the same: it would be tried again for ever. At the next start it is found read.
            let _ = records.keep_queue(&change);
        }
        state.apply(&change);
    }

    /// Cuts off what is being read, and begins nothing until the queue is taken up again.
    pub fn hold(&self) {
        let mut state = self.state();
        state.held = true;
        if let Some(turn) = &state.turn {
            turn.cancel.ask();
        }
    }

    /// Goes on after [`hold`](Self::hold): with the queue that is kept now where it was replaced.
    pub fn take_up(&self, records: &Records, is_replaced: bool) {
        let mut state = self.state();
        if is_replaced
            && state.lock.is_some()
            && let Ok(record) = records.queue()
        {
            let gone = state.order();
            state.queue = Queue::of(record);
            state.turn = None;
            let gone = gone.into_iter().filter(|id| state.queue.entry(*id).is_none()).collect();
            let all = QueueUpdate { removed: gone, ..state.all() };
            state.listeners.retain(|listener| listener(all.clone()));
        }
        state.held = false;
        self.news.notify_all();
    }

    /// Ends the work: what is being read is cut off, and gone on with at the next start.
    pub fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        if let Some(turn) = &state.turn {
            turn.cancel.ask();
        }
        self.news.notify_all();
    }

    /// Lets another window work off the queue.
    pub fn let_go(&self) {
        self.state().lock = None;
    }
}

impl State {
    fn apply(&mut self, change: &QueueChange) {
        let before = self.order();
        self.queue.apply(change);
        if let Some(turn) = &self.turn {
            let goes_on = self.queue.entry(turn.id).is_some_and(|entry| entry.state == QueueState::Waiting);
            if !goes_on || self.queue.paused() {
                turn.cancel.ask();
            }
        }
        let mut changed: Vec<u32> = change.entries.iter().map(|entry| entry.id).collect();
        // What is paused is no longer shown as being read.
        changed.extend(self.turn.as_ref().map(|turn| turn.id).filter(|id| !changed.contains(id)));
        let moved = self.order() != before;
        self.tell(&changed, &change.removed, moved);
    }

    fn all(&self) -> QueueUpdate {
        QueueUpdate {
            entries: self.queue.entries().iter().map(|entry| self.view(entry)).collect(),
            removed: Vec::new(),
            order: Some(self.order()),
            state: self.summary(),
        }
    }

    fn tell(&mut self, changed: &[u32], removed: &[u32], moved: bool) {
        if self.listeners.is_empty() {
            return;
        }
        let entries = self.queue.entries().iter().filter(|entry| changed.contains(&entry.id));
        let update = QueueUpdate {
            entries: entries.map(|entry| self.view(entry)).collect(),
            removed: removed.to_vec(),
            order: moved.then(|| self.order()),
            state: self.summary(),
        };
        self.listeners.retain(|listener| listener(update.clone()));
    }

    fn order(&self) -> Vec<u32> {
        self.queue.entries().iter().map(|entry| entry.id).collect()
    }

    fn summary(&self) -> QueueStateView {
        let current = self.turn.as_ref().filter(|turn| !turn.cancel.is_asked()).map(|turn| Current {
            done: turn.progress.map_or(0, |progress| progress.windows_done as usize),
            known: turn.known,
            total: turn.progress.map_or(0, |progress| progress.windows_total as usize),
            seconds: turn.began.elapsed().as_secs_f64(),
        });
        let Tally { total, done, failed, waiting, seconds_left } = Tally::of(self.queue.entries(), current);
        let (paused, in_view) = (self.queue.paused(), self.queue.in_view());
        QueueStateView { paused, in_view, total, done, failed, waiting, seconds_left }
    }

    fn view(&self, entry: &QueueEntry) -> QueueEntryView {
        let is_turn = |turn: &&Turn| turn.id == entry.id && !turn.cancel.is_asked();
        let turn = self.turn.as_ref().filter(is_turn).filter(|_| entry.state == QueueState::Waiting);
        let stage = match (entry.state, turn) {
            (QueueState::Waiting, Some(turn)) => turn.stage,
            (QueueState::Waiting, None) => QueueStage::Waiting,
            (QueueState::Done, _) => QueueStage::Done,
            (QueueState::Locked, _) => QueueStage::Locked,
            (QueueState::OpenFailed, _) => QueueStage::OpenFailed,
            (QueueState::ReadFailed, _) => QueueStage::ReadFailed,
            (QueueState::Cancelled, _) => QueueStage::Cancelled,
        };
        QueueEntryView {
            id: entry.id,
            path: entry.path.clone(),
            file_name: file_name(&entry.path),
            stage,
            message: entry.reason.clone(),
            opening: turn.and_then(|turn| turn.opening),
            progress: turn.and_then(|turn| turn.progress),
            seconds: entry.seconds,
        }
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The lock with the queue, unless another program holds it or there can be none; then why, as far as that is not told otherwise.
fn kept(data_folder: &Path, records: &Records) -> Result<(File, QueueRecord), Option<String>> {
    if records.shared().is_none() {
        return Err(None);
    }
    let cannot =
        |reason: &dyn std::fmt::Display| Some(format!("The queue of contracts cannot be kept: {reason}."));
    let file = File::create(data_folder.join(LOCK)).map_err(|error| cannot(&error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let other = "Another window of Proviso works off the queue of contracts. What you open in this one is read here, and is \
                         not taken into that queue.";
            return Err(Some(other.to_owned()));
        }
        Err(TryLockError::Error(error)) => return Err(cannot(&error)),
    }
    let record = records.queue().map_err(|error| cannot(&error))?;
    // A database that can only be read is found out here, and not with the first contract.
    let same = QueueChange { paused: Some(record.paused), ..QueueChange::default() };
    records.keep_queue(&same).map_err(|error| cannot(&error))?;
    Ok((file, record))
}
