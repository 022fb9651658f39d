//! Checking of doubtful findings by a second model.

use serde::Serialize;
use ts_rs::TS;

/// How far the checking has come.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RefineProgress {
    /// Doubtful passages that have been checked.
    pub done: u32,
    /// Doubtful passages in all.
    pub total: u32,
    /// Seconds still to go at the speed so far; null until it can be told.
    pub seconds_left: Option<f64>,
    /// The checks since the message before.
    pub checks: Vec<FindingCheckView>,
}

/// A finding that was checked.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FindingCheckView {
    /// The finding's number within its document.
    pub id: u32,
    /// What was said of it.
    pub check: CheckView,
}

/// What a second model said of a finding.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckView {
    /// The outcome.
    pub state: CheckState,
    /// The name of the model that checked it.
    pub model: String,
    /// How sure that model is that the clause is what it was found for, 0 to 1.
    pub confidence: f32,
}

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CheckState {
    /// The second model finds the clause as well.
    Confirmed,
    /// The second model does not find it.
    NotConfirmed,
    /// Only the second model found it.
    Added,
}
