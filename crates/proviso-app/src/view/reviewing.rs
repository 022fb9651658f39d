//! What a person decides about the clauses of a contract.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RectView;

/// What a person decided about a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DecisionView {
    /// Nothing yet.
    Unreviewed,
    /// It is a clause of this category.
    Accepted,
    /// It is not.
    Rejected,
}

/// Where a clause's words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum OriginView {
    /// The model found it as it stands.
    Model,
    /// The model found it, and the person changed where it begins or ends.
    Edited,
    /// The person added it.
    Added,
}

/// What became of a decision that was made on an earlier version of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CarriedView {
    /// The same words at the same place.
    Unchanged,
    /// The same words at another place.
    Moved,
    /// Other words at the corresponding place.
    Changed,
}

/// The review of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FindingReviewView {
    /// What was decided.
    pub decision: DecisionView,
    /// Where its words come from.
    pub origin: OriginView,
    /// What the person wrote beside it.
    pub note: Option<String>,
    /// What became of a decision on an earlier version of the contract; null where there was none.
    pub carried: Option<CarriedView>,
}

/// The review of a contract, beside that of its clauses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReviewView {
    /// What would be undone, such as `Accept Governing Law`; null where there is nothing to undo.
    pub undo: Option<String>,
    /// What would be done again; null where nothing was undone.
    pub redo: Option<String>,
    /// Categories of which the person confirmed that the contract has no clause.
    pub confirmed_absent: Vec<String>,
    /// Clauses that were decided on an earlier version of the contract and are not in this one.
    pub lost: Vec<LostClauseView>,
}

/// A clause of an earlier version of the contract that is not in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LostClauseView {
    /// The category's name.
    pub category: String,
    /// The clause as it stood.
    pub text: String,
    /// What was decided about it.
    pub decision: DecisionView,
    /// What the person wrote beside it.
    pub note: Option<String>,
}

/// Words that a person selected on a page.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelectedView {
    /// The page, from 1.
    pub page: u32,
    /// A rectangle a line.
    pub rects: Vec<RectView>,
}

/// Something that a person does in a review. Findings go by their ids.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(export)]
pub enum ReviewAction {
    /// It is a clause of its category.
    Accept {
        /// The clause.
        finding: u32,
    },
    /// It is not.
    Reject {
        /// The clause.
        finding: u32,
    },
    /// Takes a decision back, without undoing what was done since.
    Reopen {
        /// The clause.
        finding: u32,
    },
    /// Writes something beside a clause; nothing takes the note away.
    Note {
        /// The clause.
        finding: u32,
        /// What is written.
        text: String,
    },
    /// Gives a clause other words, which accepts it.
    Edit {
        /// The clause.
        finding: u32,
        /// Its words, page by page.
        selected: Vec<SelectedView>,
    },
    /// Adds a clause that the model missed.
    Add {
        /// The category's name.
        category: String,
        /// Its words, page by page.
        selected: Vec<SelectedView>,
    },
    /// Confirms that the contract has no clause of a category.
    ConfirmAbsent {
        /// The category's name.
        category: String,
    },
    /// Takes that back.
    ReopenAbsent {
        /// The category's name.
        category: String,
    },
}
