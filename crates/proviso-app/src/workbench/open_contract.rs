//! A contract that is open in the window.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use proviso_core::{Document, Finding, Mark, PdfRect};
use proviso_encoder::Manifest;

use super::{checking::Checked, running::Extent};
use crate::{
    Cancel, OpenedContract, Reading,
    lock::lock,
    reading::reaches_threshold,
    view::{
        CheckState, CheckView, DecisionView, DocumentView, FindingReviewView, FindingView, MarkView,
        OriginView, PageView, ReadingView, RectView, WarningView,
    },
};

pub(super) struct OpenContract {
    pub path: PathBuf,
    pub opened: OpenedContract,
    /// The wish to stop the reading that was begun last.
    cancel: Mutex<Cancel>,
    /// The wish to stop the checking that was begun last.
    cancel_checking: Mutex<Cancel>,
    read: Mutex<Option<Read>>,
}

/// What is known of a contract that was read.
#[derive(Clone)]
struct Read {
    reading: Arc<Reading>,
    /// The findings with their checks, and behind them what was added.
    checked: Arc<[Checked]>,
    view: ReadingView,
}

impl OpenContract {
    pub fn new(path: PathBuf, opened: OpenedContract) -> Self {
        Self {
            path,
            opened,
            cancel: Mutex::default(),
            cancel_checking: Mutex::default(),
            read: Mutex::new(None),
        }
    }

    /// A fresh wish to stop: what was cancelled before does not stop the reading that begins. A checking of what was read
    /// before has nothing left to check.
    pub fn begin_reading(&self) -> Cancel {
        self.cancel_checking();
        fresh(&self.cancel)
    }

    pub fn cancel_reading(&self) {
        lock(&self.cancel).ask();
    }

    /// As [`begin_reading`](Self::begin_reading), for a checking.
    pub fn begin_checking(&self) -> Cancel {
        self.cancel_checking();
        fresh(&self.cancel_checking)
    }

    pub fn cancel_checking(&self) {
        lock(&self.cancel_checking).ask();
    }

    /// Keeps what was read, in place of what was read and checked before.
    pub fn keep(&self, reading: Reading, view: ReadingView) {
        let unchecked = |finding: &Finding| Checked { finding: finding.clone(), check: None };
        let checked = reading.findings.iter().map(unchecked).collect();
        *lock(&self.read) = Some(Read { reading: Arc::new(reading), checked, view });
    }

    /// What was read, and how it is shown.
    pub fn read(&self) -> Option<(Arc<Reading>, ReadingView)> {
        lock(&self.read).as_ref().map(|read| (Arc::clone(&read.reading), read.view.clone()))
    }

    /// Keeps what a checking of `reading` gave, unless the contract was read anew meanwhile.
    pub fn keep_checked(&self, reading: &Arc<Reading>, checked: Vec<Checked>, view: ReadingView) {
        if let Some(read) = &mut *lock(&self.read)
            && Arc::ptr_eq(&read.reading, reading)
        {
            (read.checked, read.view) = (checked.into(), view);
        }
    }

    /// What a person sees: the findings that reach their thresholds, and those that a heavier model confirmed or added.
    pub fn shown_findings(
        &self,
        manifest: &Manifest,
        chosen: &BTreeMap<String, f32>,
    ) -> Option<Vec<Finding>> {
        let is_sure = |check: &Option<CheckView>| {
            check.as_ref().is_some_and(|check| check.state != CheckState::NotConfirmed)
        };
        let read = lock(&self.read);
        let shown = read.as_ref()?.checked.iter().filter(|checked| {
            reaches_threshold(&checked.finding, manifest, chosen) || is_sure(&checked.check)
        });
        let mut findings: Vec<Finding> = shown.map(|checked| checked.finding.clone()).collect();
        findings.sort_by(|a, b| a.place().cmp(&b.place()));
        Some(findings)
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
        (0..).zip(findings).map(|(id, finding)| finding_view(document, id, finding, None)).collect()
    }

    /// The same of findings that were checked, in the order of their categories and places.
    pub fn checked_views(&self, checked: &[Checked]) -> Vec<FindingView> {
        let document = &self.opened.document;
        let mut numbered: Vec<(u32, &Checked)> = (0..).zip(checked).collect();
        numbered.sort_by_key(|(_, checked)| checked.finding.place());
        let view = |(id, checked): (u32, &Checked)| {
            finding_view(document, id, &checked.finding, checked.check.clone())
        };
        numbered.into_iter().map(view).collect()
    }
}

/// Puts a fresh wish in the place of an old one.
fn fresh(place: &Mutex<Cancel>) -> Cancel {
    let fresh = Cancel::default();
    *lock(place) = fresh.clone();
    fresh
}

fn finding_view(document: &Document, id: u32, finding: &Finding, check: Option<CheckView>) -> FindingView {
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
        check,
        review: FindingReviewView {
            decision: DecisionView::Unreviewed,
            origin: OriginView::Model,
            note: None,
            carried: None,
        },
    }
}

fn mark(mark: &Mark) -> MarkView {
    MarkView { page: mark.page + 1, rect: rect(mark.rect) }
}

fn rect(rect: PdfRect) -> RectView {
    RectView([rect.x0, rect.y0, rect.x1, rect.y1])
}
