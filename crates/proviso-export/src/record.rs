//! What is exported: the run, and each contract with its findings, free of the document itself.

use proviso_core::{Document, Finding, Sha256Hex, Warning};
use serde::Serialize;

/// The run receipt: what read the contracts, and how.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunRecord {
    /// Proviso's version.
    pub version: String,
    /// The model's name.
    pub model: String,
    /// SHA-256 of the model's weights.
    pub model_sha256: Sha256Hex,
    /// The numbers it computed with, such as `f32`.
    pub precision: String,
    /// The device it ran on, such as `cpu`.
    pub device: String,
    /// The reasons of the plan.
    pub plan: Vec<String>,
    /// Wall-clock seconds of the whole run.
    pub seconds: f64,
}

/// A contract with what was found in it, or why it could not be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContractRecord {
    /// The file as the person named it.
    pub path: String,
    /// SHA-256 of the file; null where it could not even be read from the disk.
    pub sha256: Option<Sha256Hex>,
    /// Number of pages.
    pub pages: u32,
    /// What could not be read fully.
    pub warnings: Vec<WarningRecord>,
    /// The findings, by category and then by place.
    pub findings: Vec<FindingRecord>,
    /// Why the contract could not be read; null where it was.
    pub error: Option<String>,
}

/// A page or file that could not be read fully.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WarningRecord {
    /// Page, from 1; null where it concerns the whole file.
    pub page: Option<u32>,
    /// The kind by name, such as `scanned_page`.
    pub kind: &'static str,
    /// A sentence for a person.
    pub message: String,
}

/// A clause that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingRecord {
    /// The category's name: CUAD's, or that of the person's own.
    pub category: String,
    /// The clause as it stands in the document's text.
    pub text: String,
    /// First byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The page on which it begins, from 1.
    pub page: u32,
    /// `[x0, y0, x1, y1]` a line, in PDF user space of `page`; what runs over to later pages is not in it.
    pub rects: Vec<[f32; 4]>,
    /// The model's score, 0 to 1.
    pub confidence: f32,
    /// The short answer where there is one.
    pub answer: Option<String>,
}

impl ContractRecord {
    /// A contract that was read.
    pub fn read(
        path: String,
        sha256: Sha256Hex,
        document: &Document,
        warnings: &[Warning],
        findings: &[Finding],
    ) -> Self {
        Self {
            path,
            sha256: Some(sha256),
            pages: document.pages().len() as u32,
            warnings: warnings.iter().map(WarningRecord::new).collect(),
            findings: findings.iter().map(|finding| FindingRecord::new(document, finding)).collect(),
            error: None,
        }
    }

    /// A contract that could not be read.
    pub fn failed(path: String, sha256: Option<Sha256Hex>, error: String) -> Self {
        Self { path, sha256, pages: 0, warnings: Vec::new(), findings: Vec::new(), error: Some(error) }
    }
}

impl WarningRecord {
    fn new(warning: &Warning) -> Self {
        Self { page: warning.page, kind: warning.kind.name(), message: warning.message.clone() }
    }
}

impl FindingRecord {
    fn new(document: &Document, finding: &Finding) -> Self {
        let page = document.page_of(finding.range).unwrap_or(0);
        let marks = document.marks(finding.range);
        let on_page = marks.iter().filter(|mark| mark.page == page);
        Self {
            category: finding.topic.name().to_owned(),
            text: document.slice(finding.range).to_owned(),
            start: finding.range.start,
            end: finding.range.end,
            page: page + 1,
            rects: on_page.map(|m| [m.rect.x0, m.rect.y0, m.rect.x1, m.rect.y1]).collect(),
            confidence: finding.confidence,
            answer: finding.answer.clone(),
        }
    }
}
