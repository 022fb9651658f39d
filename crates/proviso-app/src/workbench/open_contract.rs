//! A contract that is open in the window.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use proviso_core::{Document, Finding, Mark, PdfRect};

use super::{lock, running::Extent};
use crate::{
    Cancel, OpenedContract,
    view::{DocumentView, FindingView, MarkView, PageView, RectView, WarningView},
};

pub(super) struct OpenContract {
    pub path: PathBuf,
    pub opened: OpenedContract,
    /// The wish to stop the reading that was begun last.
    cancel: Mutex<Cancel>,
    findings: Mutex<Option<Arc<[Finding]>>>,
}

impl OpenContract {
    pub fn new(path: PathBuf, opened: OpenedContract) -> Self {
        Self { path, opened, cancel: Mutex::default(), findings: Mutex::new(None) }
    }

    /// A fresh wish to stop: what was cancelled before does not stop the reading that begins.
    pub fn begin_reading(&self) -> Cancel {
        let fresh = Cancel::default();
        *lock(&self.cancel) = fresh.clone();
        fresh
    }

    pub fn cancel_reading(&self) {
        lock(&self.cancel).ask();
    }

    pub fn keep_findings(&self, findings: Vec<Finding>) {
        *lock(&self.findings) = Some(findings.into());
    }

    pub fn findings(&self) -> Option<Arc<[Finding]>> {
        lock(&self.findings).clone()
    }

    /// How long the contract is.
    pub fn extent(&self) -> Extent {
        let document = &self.opened.document;
        Extent::of(self.file_name(), document.pages().len(), document.text().len())
    }

    fn file_name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    pub fn view(&self, id: u32) -> DocumentView {
        let pages = self.opened.document.pages().iter();
        DocumentView {
            id,
            path: self.path.display().to_string(),
            file_name: self.file_name(),
            sha256: self.opened.file.sha256.to_string(),
            pages: pages
                .map(|page| PageView { crop: rect(page.crop), rotation: page.rotation.degrees() })
                .collect(),
            warnings: self
                .opened
                .warnings
                .iter()
                .map(|warning| WarningView {
                    page: warning.page,
                    kind: warning.kind.name().to_owned(),
                    message: warning.message.clone(),
                })
                .collect(),
        }
    }

    /// The findings as the interface shows them, numbered in their order.
    pub fn finding_views(&self, findings: &[Finding]) -> Vec<FindingView> {
        let document = &self.opened.document;
        (0..).zip(findings).map(|(id, finding)| finding_view(document, id, finding)).collect()
    }
}

fn finding_view(document: &Document, id: u32, finding: &Finding) -> FindingView {
    FindingView {
        id,
        category: finding.topic.name().to_owned(),
        text: document.slice(finding.range).to_owned(),
        start: finding.range.start as u32,
        end: finding.range.end as u32,
        confidence: finding.confidence,
        answer: finding.answer.clone(),
        page: document.page_of(finding.range).unwrap_or(0) + 1,
        marks: document.marks(finding.range).iter().map(mark).collect(),
    }
}

fn mark(mark: &Mark) -> MarkView {
    MarkView { page: mark.page + 1, rect: rect(mark.rect) }
}

fn rect(rect: PdfRect) -> RectView {
    RectView([rect.x0, rect.y0, rect.x1, rect.y1])
}
