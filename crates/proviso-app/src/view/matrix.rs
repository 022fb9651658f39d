//! All contracts side by side.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Contracts by categories.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixView {
    /// The categories in the order of their groups, the person's own last.
    pub categories: Vec<String>,
    /// The contracts that were opened, the newest first.
    pub rows: Vec<MatrixRowView>,
}

/// A contract.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixRowView {
    /// SHA-256 of its bytes, which names it.
    pub sha256: String,
    /// Where it lay when it was opened last.
    pub path: String,
    /// The last part of the path.
    pub file_name: String,
    /// Number of pages.
    pub pages: u32,
    /// When it was opened last, in milliseconds since 1970.
    pub opened_at: f64,
    /// Whether a model has read it.
    pub is_read: bool,
    /// Categories about which the person decided everything.
    pub reviewed: u32,
    /// One cell for each category, in their order.
    pub cells: Vec<MatrixCellView>,
}

/// What is to be said of a contract and a category.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MatrixCellView {
    /// How far the review of it is.
    pub state: CellState,
    /// The short answer where there is one, else the beginning of the likeliest clause; null where there is no clause.
    pub text: Option<String>,
    /// Clauses that are accepted, or that reach the threshold and were not rejected.
    pub clauses: u32,
    /// The likeliest clause's score, 0 to 1; null where there is no clause.
    pub confidence: Option<f32>,
}

/// How far the review of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CellState {
    /// The contract was not read yet.
    Unread,
    /// Nothing was found, and nobody confirmed that.
    Missing,
    /// Nothing is there, as the person confirmed, or all that was found was rejected.
    Absent,
    /// Something was found that nobody decided about.
    Unreviewed,
    /// All that was found was decided about, and something accepted.
    Accepted,
}

/// A cell by its contract and category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CellName {
    /// The contract.
    pub sha256: String,
    /// The category's name.
    pub category: String,
}
