//! An opened contract.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the window begins with.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LaunchView {
    /// Contracts to add to the queue: those that are named on the command line, or the sample where there are none.
    pub paths: Vec<String>,
}

/// A contract that was opened: its pages as they are shown, and what could not be read.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DocumentView {
    /// Names the document in later calls, for as long as the application runs.
    pub id: u32,
    /// Where the file lies.
    pub path: String,
    /// The last part of the path, to show.
    pub file_name: String,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// The pages in order.
    pub pages: Vec<PageView>,
    /// Pages (or the file) that could not be read fully.
    pub warnings: Vec<WarningView>,
}

/// A page's shape.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PageView {
    /// What is shown of the page, in PDF user space.
    pub crop: RectView,
    /// Degrees clockwise by which it is turned for display: 0, 90, 180 or 270.
    pub rotation: u16,
}

/// `[x0, y0, x1, y1]` in PDF user space: points, origin at the bottom left of the unrotated page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RectView(pub [f32; 4]);

/// A rectangle to mark on a page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MarkView {
    /// Page, from 1.
    pub page: u32,
    /// What to mark.
    pub rect: RectView,
}

/// Something that could not be read.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WarningView {
    /// Page, from 1; null where it concerns the whole file.
    pub page: Option<u32>,
    /// The kind by name, such as `scanned_page`.
    pub kind: String,
    /// A sentence for the reader.
    pub message: String,
}

/// How far the opening of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OpenProgress {
    /// Pages whose text has been taken out.
    pub pages_done: u32,
    /// Pages of the file.
    pub pages_total: u32,
}
