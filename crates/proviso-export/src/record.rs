//! What is exported: the run, and each contract with its findings, free of the document itself.

use std::collections::BTreeMap;

use proviso_core::{Category, Decision, Document, Finding, Mark, Origin, Sha256Hex, Warning};
use serde::{Deserialize, Serialize};

/// The run receipt: what read the contracts, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The answers of the contract as a whole, by category, for the formats that have one row a contract.
    #[serde(skip)]
    pub answers: BTreeMap<Category, String>,
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

/// A rectangle of a finding on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkRecord {
    /// The page, from 1.
    pub page: u32,
    /// `[x0, y0, x1, y1]` in PDF user space of the page.
    pub rect: [f32; 4],
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
    /// How the answer was come by, in a sentence, where the clause does not say it as it is.
    #[serde(skip)]
    pub answer_basis: Option<String>,
    /// What a person decided.
    #[serde(skip_serializing_if = "Decision::is_open")]
    pub status: Decision,
    /// Where its words come from.
    #[serde(skip_serializing_if = "Origin::is_model")]
    pub origin: Origin,
    /// What a person wrote beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the run's own model found it: not what a heavier one added, nor what a person decided about an earlier reading.
    #[serde(skip)]
    pub by_run: bool,
    /// One rectangle a line on all pages that it touches, for the annotated copy.
    #[serde(skip)]
    pub marks: Vec<MarkRecord>,
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
            answers: BTreeMap::new(),
        }
    }

    /// The same with the answers of the contract as a whole.
    #[must_use]
    pub fn answered(self, answers: BTreeMap<Category, String>) -> Self {
        Self { answers, ..self }
    }

    /// A contract that could not be read.
    pub fn failed(path: String, sha256: Option<Sha256Hex>, error: String) -> Self {
        Self {
            path,
            sha256,
            pages: 0,
            warnings: Vec::new(),
            findings: Vec::new(),
            error: Some(error),
            answers: BTreeMap::new(),
        }
    }
}

impl WarningRecord {
    fn new(warning: &Warning) -> Self {
        Self { page: warning.page, kind: warning.kind.name(), message: warning.message.clone() }
    }
}

impl FindingRecord {
    /// A finding of the model that nobody has reviewed.
    pub fn new(document: &Document, finding: &Finding) -> Self {
        let page = document.page_of(finding.range).unwrap_or(0);
        let mark =
            |m: &Mark| MarkRecord { page: m.page + 1, rect: [m.rect.x0, m.rect.y0, m.rect.x1, m.rect.y1] };
        let marks: Vec<MarkRecord> = document.marks(finding.range).iter().map(mark).collect();
        Self {
            category: finding.topic.name().to_owned(),
            text: document.slice(finding.range).to_owned(),
            start: finding.range.start,
            end: finding.range.end,
            page: page + 1,
            rects: marks.iter().filter(|mark| mark.page == page + 1).map(|mark| mark.rect).collect(),
            confidence: finding.confidence,
            answer: finding.answer.clone(),
            answer_basis: None,
            status: Decision::Unreviewed,
            origin: Origin::Model,
            note: None,
            by_run: true,
            marks,
        }
    }

    /// The same with what a person made of it.
    #[must_use]
    pub fn reviewed(self, status: Decision, origin: Origin, note: Option<String>) -> Self {
        Self { status, origin, note, ..self }
    }

    /// Whether a person said that it is no clause of its category.
    pub fn is_rejected(&self) -> bool {
        self.status == Decision::Rejected
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::{CharBox, Page, PdfRect, Rotation, TextRange};

    use super::*;

    #[test]
    fn a_finding_has_its_marks_on_all_pages_and_its_rectangles_on_the_first() {
        let crop = PdfRect::from_corners(0.0, 0.0, 600.0, 800.0);
        let at =
            |page, y: f32| CharBox { page, line: 0, rect: PdfRect::from_corners(10.0, y, 20.0, y + 10.0) };
        let page = Page { crop, rotation: Rotation::None };
        let document =
            Document::new("ab".into(), vec![page.clone(), page], vec![at(0, 5.0), at(1, 700.0)]).unwrap();
        let finding = Finding {
            topic: Category::Insurance.into(),
            range: TextRange::new(0, 2),
            confidence: 0.5,
            answer: None,
        };
        let record = FindingRecord::new(&document, &finding);
        assert_eq!((record.page, record.rects.as_slice()), (1, [[10.0, 5.0, 20.0, 15.0]].as_slice()));
        assert_eq!(record.marks.iter().map(|mark| mark.page).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((record.status, record.origin), (Decision::Unreviewed, Origin::Model));
        let reviewed = record.clone().reviewed(Decision::Rejected, Origin::Edited, Some("no".into()));
        assert!(reviewed.is_rejected() && !record.is_rejected());
        assert_eq!(reviewed.marks, record.marks);
    }
}
