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
    /// Processor cores that a reading can use.
    pub cores: u32,
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
