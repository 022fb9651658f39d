//! The models that are here, and making another one the person's own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PrecisionWish;

/// The models that are here.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ModelsView {
    /// The models in the order in which they are shown, the one that comes with Proviso first.
    pub models: Vec<ModelEntryView>,
    /// The name of a model whose import was interrupted and can go on; null where there is none.
    pub unfinished: Option<String>,
}

/// A model with what it costs and gives here.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ModelEntryView {
    /// The name by which it is chosen.
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// How it finds clauses.
    pub kind: ModelKind,
    /// Number of weights.
    pub parameters: f64,
    /// The numbers in which it is stored, such as `int8`.
    pub precision: String,
    /// Megabytes that it takes on the disk.
    pub megabytes: f64,
    /// Whether the person imported it, so that it can be removed.
    pub own: bool,
    /// Whether it reads contracts now.
    pub reads: bool,
    /// Whether it checks doubtful findings now.
    pub refines: bool,
    /// Area under the precision-recall curve on held-out contracts; null where it was not scored.
    pub aupr: Option<f64>,
    /// F1 at the shipped thresholds, weighted by the answers of each category; null where it was not scored.
    pub weighted_f1: Option<f64>,
    /// Seconds for a contract of 50 pages here; null where that is not known.
    pub seconds: Option<f64>,
    /// How it would run here, in a sentence.
    pub running: Option<String>,
    /// Why it cannot be used; null if it can.
    pub fault: Option<String>,
}

/// How a model finds clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ModelKind {
    /// Marks all categories in one pass over the text.
    Tagger,
    /// Answers a question for each category.
    Questions,
}

/// What is to be imported.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportRequest {
    /// The folder that holds the model.
    pub folder: String,
    /// What it is to be called; null for the name that it has.
    pub name: Option<String>,
    /// The numbers to store it in.
    pub precision: PrecisionWish,
}

/// How far an import has come.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ImportProgress {
    /// What is being done now, in words.
    pub doing: String,
    /// Bytes that have been taken over.
    pub bytes_done: f64,
    /// Bytes in all; 0 until they are known.
    pub bytes_total: f64,
    /// Seconds still to go at the speed so far; null until it can be told.
    pub seconds_left: Option<f64>,
}
