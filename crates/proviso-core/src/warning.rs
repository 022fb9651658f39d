//! What went wrong with a document, page by page, without stopping the reading of it.

use serde::{Deserialize, Serialize};

/// Something a reader of the findings has to know about how well the document could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The page it is about, from 1; `None` where it concerns the whole document.
    pub page: Option<u32>,
    /// What kind of trouble it is.
    pub kind: WarningKind,
    /// A sentence that a lawyer understands and that says what to do, where something can be done.
    pub message: String,
}

/// The kinds of trouble that a page or document can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// The page shows a picture and has no text: a scan without text recognition.
    ScannedPage,
    /// The page has neither text nor pictures.
    EmptyPage,
    /// The page's text is drawn invisibly over a picture, as text recognition leaves it: it may hold mistakes.
    InvisibleText,
    /// The page's fonts do not say which characters they draw, so that its text cannot be trusted.
    BrokenText,
    /// The page could not be read at all, or only in part.
    DamagedPage,
    /// The file is damaged and was repaired while reading.
    DamagedFile,
    /// Reading stopped at a limit on time, memory or pages; what had been read until then is here.
    LimitReached,
}

impl WarningKind {
    /// The name used in exports, as serde writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ScannedPage => "scanned_page",
            Self::EmptyPage => "empty_page",
            Self::InvisibleText => "invisible_text",
            Self::BrokenText => "broken_text",
            Self::DamagedPage => "damaged_page",
            Self::DamagedFile => "damaged_file",
            Self::LimitReached => "limit_reached",
        }
    }
}
