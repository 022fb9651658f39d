//! What the lawyer chose.

use serde::Serialize;
use ts_rs::TS;

pub use proviso_store::{DeviceWish, OwnQuestion, PrecisionWish, Preferences, Speed, Theme};

/// The preferences in force, and what the person should know about them.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PreferencesView {
    /// The values in force.
    pub preferences: Preferences,
    /// Something to be told once, such as that a damaged file was put aside.
    pub notice: Option<String>,
}
