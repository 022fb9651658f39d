//! A contract's findings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CheckView, FindingReviewView, MarkView, ReviewView};

/// A contract as a model read it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadingView {
    /// The document that was read.
    pub document_id: u32,
    /// Everything the model proposes, also below the thresholds, by category and then by place.
    pub findings: Vec<FindingView>,
    /// Wall-clock seconds that the reading took.
    pub seconds: f64,
    /// The model's name.
    pub model: String,
    /// How it was run, a sentence for each choice with its reason.
    pub plan: Vec<String>,
    /// What happened to the graphics card meanwhile and should be known, in sentences; nothing was lost by it.
    pub notices: Vec<String>,
    /// What the person decided about the contract as a whole.
    pub review: ReviewView,
}

/// A clause that was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FindingView {
    /// Names the finding within its document.
    pub id: u32,
    /// The category's name: CUAD's, or the person's own.
    pub category: String,
    /// The clause as it stands in the contract.
    pub text: String,
    /// First byte of it in the document's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// 0 to 1, to be compared with the category's threshold.
    pub confidence: f32,
    /// The short answer where there is one.
    pub answer: Option<String>,
    /// How the answer was come by, in a sentence; null where the clause says it as it is.
    pub answer_basis: Option<String>,
    /// The page on which it begins, from 1.
    pub page: u32,
    /// Where it stands: a rectangle a line, over as many pages as it runs.
    pub marks: Vec<MarkView>,
    /// What a second model said of it; null where none was asked.
    pub check: Option<CheckView>,
    /// What the person decided about it.
    pub review: FindingReviewView,
}

/// How far a reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadProgress {
    /// Windows of text that the model has read.
    pub windows_done: u32,
    /// Windows of text in the contract.
    pub windows_total: u32,
    /// Seconds still to go at the speed so far; null until it can be told.
    pub seconds_left: Option<f64>,
}

/// What a reviewed contract is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ExportFormat {
    /// CSV with one row a finding.
    Findings,
    /// CSV with CUAD's own 83 columns, one row a contract.
    Cuad,
    /// An Excel workbook.
    Workbook,
    /// JSON.
    Json,
    /// A copy of the PDF with a highlight annotation for each clause.
    AnnotatedPdf,
    /// The days among the answers, as a calendar.
    Calendar,
    /// What is needed to check the reading later.
    Receipt,
}

/// A file was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportedView {
    /// Where it lies.
    pub path: String,
    /// Its rows, or what takes their place: events of a calendar, marks of a copy.
    pub rows: u32,
}
