//! The queue of contracts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OpenProgress, ReadProgress};

/// How far a contract of the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum QueueStage {
    /// It is to be read.
    Waiting,
    /// Its text is being taken out.
    Opening,
    /// The model reads it.
    Reading,
    /// It was read.
    Done,
    /// A password is needed to open it.
    Locked,
    /// It could not be opened.
    OpenFailed,
    /// It was opened and could not be read.
    ReadFailed,
    /// The person does not want it read.
    Cancelled,
}

/// A contract of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueEntryView {
    /// Names it for as long as it is in the queue.
    pub id: u32,
    /// Where the file lies.
    pub path: String,
    /// The last part of the path, to show.
    pub file_name: String,
    /// How far it is.
    pub stage: QueueStage,
    /// Why it failed, in a sentence.
    pub message: Option<String>,
    /// Pages while it is being opened.
    pub opening: Option<OpenProgress>,
    /// Windows while it is being read.
    pub progress: Option<ReadProgress>,
    /// Seconds that it took; null where nothing had to be computed.
    pub seconds: Option<f64>,
}

/// What is new about the queue; the first of these tells everything.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueUpdate {
    /// Contracts that are new or other than before.
    pub entries: Vec<QueueEntryView>,
    /// Contracts that were taken out.
    pub removed: Vec<u32>,
    /// All contracts in their order, where that has changed.
    pub order: Option<Vec<u32>>,
    /// The queue as a whole.
    pub state: QueueStateView,
}

/// The queue as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueStateView {
    /// Nothing is read until the person resumes it.
    pub paused: bool,
    /// The contract in view.
    pub in_view: Option<u32>,
    /// All contracts.
    pub total: u32,
    /// Those that were read.
    pub done: u32,
    /// Those that could not be opened or read.
    pub failed: u32,
    /// Those that wait or are being read.
    pub waiting: u32,
    /// Seconds until nothing waits, by the pace so far; null until it is known.
    pub seconds_left: Option<f64>,
}

/// Something that a person does with the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(export)]
pub enum QueueAction {
    /// Reads nothing more until it is resumed; the contract that is being read is gone on with then.
    Pause,
    /// Goes on.
    Resume,
    /// Does not read a contract.
    Cancel {
        /// The contract.
        id: u32,
    },
    /// Reads a contract again, whatever became of it.
    Retry {
        /// The contract.
        id: u32,
    },
    /// Tries all again that failed.
    RetryFailed,
    /// Takes a contract out. What was read and decided of it is kept.
    Remove {
        /// The contract.
        id: u32,
    },
    /// Moves a contract that waits.
    Move {
        /// The contract.
        id: u32,
        /// Where to.
        to: QueueMove,
    },
    /// Tells which contract is in view; it is read before the others.
    Show {
        /// The contract; null where none is.
        id: Option<u32>,
    },
}

/// Where a contract is moved among those that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum QueueMove {
    /// Before all others.
    Front,
    /// One place forward.
    Earlier,
    /// One place back.
    Later,
}
