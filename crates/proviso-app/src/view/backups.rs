//! Backups of what is kept.

use serde::Serialize;
use ts_rs::TS;

/// The backups that can be restored.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupsView {
    /// Where they lie.
    pub folder: String,
    /// The newest first.
    pub backups: Vec<BackupView>,
}

/// A backup of contracts and decisions.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupView {
    /// By which it is chosen.
    pub name: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: f64,
    /// Contracts in it.
    pub contracts: u32,
    /// Decisions and notes in it.
    pub decisions: u32,
    /// Megabytes (of 1 000 000 bytes) of its file.
    pub megabytes: f64,
    /// Whether it holds what there was before another backup was restored.
    pub before_restoring: bool,
}
