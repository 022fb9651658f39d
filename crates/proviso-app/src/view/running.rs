//! How contracts are read on this machine, and what each choice of the preferences means here.

use serde::Serialize;
use ts_rs::TS;

use super::DeviceWish;

/// What will run, and what each choice would change.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RunningView {
    /// What will run; the message says why where nothing can.
    pub plan: PlanView,
    /// Pages of the contract that the seconds are for.
    pub pages: u32,
    /// That contract's file name; null for a contract of usual size, where none is open.
    pub contract: Option<String>,
    /// The choices of each preference, in the order in which they are shown.
    pub choices: ChoicesView,
}

/// What was decided for this machine.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PlanView {
    /// A sentence for each choice; none where nothing can run.
    pub reasons: Vec<ReasonView>,
    /// Why nothing can run as the preferences ask, and what to change.
    pub refusal: Option<String>,
    /// The preference that mends the refusal when it is changed; null where there is none.
    pub mended_by: Option<RunningPreference>,
    /// Where is computed; null where nothing can run.
    pub device: Option<DeviceWish>,
    /// Megabytes that the model and its windows take.
    pub memory_mb: Option<u32>,
    /// Seconds that the contract takes; null before this machine was measured or has read its first contract.
    pub seconds: Option<f64>,
}

/// A preference that decides how contracts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum RunningPreference {
    /// Where to compute.
    Device,
    /// The numbers to compute with.
    Precision,
    /// Windows in a batch.
    Batch,
    /// Windows side by side.
    Threads,
    /// Megabytes that a reading may take.
    MemoryBudgetMb,
}

/// One thing that was decided, and why.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReasonView {
    /// What was decided, as a heading: "Device", "Numbers".
    pub about: String,
    /// The decision with its reason, in a sentence.
    pub text: String,
}

/// The preferences that have a few values, with what each value would do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChoicesView {
    /// Speed against accuracy.
    pub speed: Vec<ChoiceView>,
    /// Where to compute.
    pub device: Vec<ChoiceView>,
    /// The numbers to compute with.
    pub precision: Vec<ChoiceView>,
}

/// What one value of a preference would do, the others being as they are.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChoiceView {
    /// The value as it is kept in the preferences.
    pub value: String,
    /// Its name for the person.
    pub name: String,
    /// What it does, in a sentence.
    pub text: String,
    /// Seconds that the contract would take, from what was measured here; null where nothing was measured.
    pub seconds: Option<f64>,
    /// Megabytes that the model and its windows would take.
    pub memory_mb: Option<u32>,
    /// Area under the precision-recall curve that the model reached on held-out contracts this way; null where it was
    /// not scored.
    pub aupr: Option<f64>,
    /// Why the value cannot be chosen here; null if it can.
    pub refusal: Option<String>,
}
