//! What the application is and what it will run.

use serde::Serialize;
use ts_rs::TS;

/// What the interface needs to know once, at the start.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AppInfo {
    /// Proviso's version.
    pub version: String,
    /// The model in use.
    pub model: ModelView,
    /// The 41 categories in the groups and order in which they are shown, and the person's own as a last group.
    pub groups: Vec<GroupView>,
    /// What is shown where at most one clause in so many may be missed; none where it was not measured of the model.
    pub dial: Vec<DialView>,
    /// Processor cores that a reading can use.
    pub cores: u32,
}

/// A setting of the dial "miss at most 1 clause in N".
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DialView {
    /// N.
    pub miss_one_in: u32,
    /// The confidence from which everything is shown; null where too few contracts were measured to promise it.
    pub threshold: Option<f32>,
    /// Share of a contract's clauses that were shown, measured on contracts that the threshold was not chosen on.
    pub recall: f64,
    /// Passages shown in a contract that are no such clause, on the same contracts.
    pub false_alarms: f64,
}

/// A model that finds clauses.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ModelView {
    /// The name by which it is chosen.
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// SHA-256 of its weights in hexadecimal.
    pub sha256: String,
    /// Number of weights.
    pub parameters: f64,
}

/// A group of categories.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GroupView {
    /// Heading.
    pub title: String,
    /// Its categories.
    pub categories: Vec<CategoryView>,
}

/// One of the 41 categories, or of the person's own.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryView {
    /// CUAD's name or the person's own, which names it everywhere.
    pub name: String,
    /// What is asked of the contract.
    pub question: String,
    /// The model's own threshold: findings below it are not shown unless the preferences say so.
    pub threshold: f32,
}
