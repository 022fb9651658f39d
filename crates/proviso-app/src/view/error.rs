//! Failures as the user interface sees them.

use serde::Serialize;
use ts_rs::TS;

/// A call failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ErrorView {
    /// What the interface acts on.
    pub code: ErrorCode,
    /// A sentence that names the file and says what to do.
    pub message: String,
}

/// Failures to which the interface reacts differently than by showing their message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ErrorCode {
    /// Ask for the file's password and try again.
    PasswordRequired,
    /// The password given was not right: ask again.
    WrongPassword,
    /// The person cancelled it; nothing needs to be said.
    Cancelled,
    /// Show the message.
    Failed,
}
