//! A contract that is open in the window.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use proviso_answers::Answer;
use proviso_core::{Decision, Document, Finding, Mark, PdfRect};
use proviso_encoder::Manifest;
use proviso_export::{ContractRecord, FindingRecord, RunRecord, SettingsRecord};
use proviso_review::{Clause, Review};
use proviso_store::{ContractId, DeedRecords};

use super::{
    answering::{answer_clauses, is_not_denied},
    checking::Checked,
    records::Kept,
    reviewing::{Numbered, Others, clause_review, contract_review, numbered},
    running::Extent,
};
use crate::{
    Cancel, OpenedContract, Reading,
    lock::lock,
    reading::reaches_threshold,
    view::{
        CheckState, CheckView, DocumentView, FindingView, MarkView, PageView, ReadingView, RectView,
        WarningView,
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
    /// What is kept of it, as far as it could be; without it nothing can be decided.
    kept: Mutex<Option<Kept>>,
    others: Mutex<Others>,
}

/// How a contract is read.
#[derive(Clone)]
pub(super) struct Setting {
    /// All that was chosen of it, by which a kept reading is found.
    pub key: String,
    /// The same for the receipt, but for the thresholds.
    pub settings: SettingsRecord,
}

/// What is known of a contract that was read.
#[derive(Clone)]
struct Read {
    reading: Arc<Reading>,
    /// What read it.
    run: RunRecord,
    /// How it was read.
    setting: Setting,
    /// The findings with their checks, and behind them what was added.
    checked: Arc<[Checked]>,
    /// Which of the findings reached their thresholds when they were read: answers rest on those.
    sure: Arc<[bool]>,
    view: ReadingView,
}

impl OpenContract {
    pub fn new(path: PathBuf, opened: OpenedContract, kept: Option<Kept>) -> Self {
        Self {
            path,
            opened,
            cancel: Mutex::default(),
            cancel_checking: Mutex::default(),
            read: Mutex::new(None),
            kept: Mutex::new(kept),
            others: Mutex::default(),
        }
    }

    /// What is kept of it, as far as it could be.
    pub fn kept(&self) -> Option<Kept> {
        lock(&self.kept).clone()
    }

    /// Puts what was decided in the place of what was known of it.
    pub fn decided(&self, id: ContractId, deeds: DeedRecords) {
        *lock(&self.kept) = Some(Kept { id, deeds });
    }

    fn review(&self) -> Review {
        self.kept().map(|kept| kept.review()).unwrap_or_default()
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

    /// Keeps what was read in a setting, in place of what was read and checked before. `view` is how it is shown, but for its clauses.
    /// `manifest` is that of the model that read.
    pub fn keep(
        &self,
        reading: Reading,
        run: RunRecord,
        setting: Setting,
        view: ReadingView,
        manifest: &Manifest,
    ) {
        let is_sure = |finding: &Finding| reaches_threshold(finding, manifest, &setting.settings.thresholds);
        let sure = reading.findings.iter().map(is_sure).collect();
        let unchecked = |finding: &Finding| Checked { finding: finding.clone(), check: None };
        let checked = reading.findings.iter().map(unchecked).collect();
        let reading = Arc::new(reading);
        *lock(&self.read) = Some(Read { reading, run, setting, checked, sure, view });
    }

    /// Whether what was read last was read in the setting of this key.
    pub fn read_in(&self, key: &str) -> bool {
        lock(&self.read).as_ref().is_some_and(|read| read.setting.key == key)
    }

    /// What was read.
    pub fn read(&self) -> Option<Arc<Reading>> {
        lock(&self.read).as_ref().map(|read| Arc::clone(&read.reading))
    }

    /// What was read with what was decided since, as it is shown where the contract is open under `id`.
    pub fn reading_view(&self, id: u32) -> Option<ReadingView> {
        let Read { checked, sure, view, .. } = lock(&self.read).clone()?;
        let kept = self.kept();
        let review = kept.as_ref().map(Kept::review).unwrap_or_default();
        let clauses = numbered(&review, &checked, &mut lock(&self.others));
        let document = &self.opened.document;
        let counts =
            |number: usize| sure.get(number).copied().unwrap_or(true) && is_not_denied(&checked[number]);
        let answered = answer_clauses(
            document.text(),
            clauses.iter().map(|numbered| &numbered.clause),
            &checked,
            &counts,
        );
        let findings = clauses
            .iter()
            .zip(answered.of_clauses)
            .map(|(clause, answer)| clause_view(document, clause, answer, &checked))
            .collect();
        let review = kept.map(|kept| contract_review(&review, &kept.deeds)).unwrap_or_default();
        Some(ReadingView { document_id: id, findings, review, ..view })
    }

    /// The clauses as the interface numbers them; none before the contract was read.
    pub fn clauses(&self) -> Vec<Numbered> {
        let Some(Read { checked, .. }) = lock(&self.read).clone() else { return Vec::new() };
        numbered(&self.review(), &checked, &mut lock(&self.others))
    }

    /// Keeps what a checking of `reading` gave, unless the contract was read anew meanwhile.
    pub fn keep_checked(&self, reading: &Arc<Reading>, checked: Vec<Checked>) {
        if let Some(read) = &mut *lock(&self.read)
            && Arc::ptr_eq(&read.reading, reading)
        {
            read.checked = checked.into();
        }
    }

    /// What a person exports: what read the contract, and its clauses with what was decided about them. Of those that nobody
    /// looked at, the ones that reach their thresholds, or that a heavier model confirmed or added.
    pub fn records(
        &self,
        manifest: &Manifest,
        chosen: &BTreeMap<String, f32>,
    ) -> Option<(RunRecord, SettingsRecord, ContractRecord)> {
        let Read { run, setting, checked, .. } = lock(&self.read).clone()?;
        let is_sure = |check: &Option<CheckView>| {
            check.as_ref().is_some_and(|check| check.state != CheckState::NotConfirmed)
        };
        let is_added =
            |check: &Option<CheckView>| check.as_ref().is_some_and(|check| check.state == CheckState::Added);
        // What was rejected is told as well, with its decision.
        let is_exported = |clause: &Clause| {
            clause.decision == Decision::Rejected
                || clause.stands(|number| {
                    let Checked { finding, check } = &checked[number];
                    reaches_threshold(finding, manifest, chosen) || is_sure(check)
                })
        };
        let OpenedContract { file, document, warnings, .. } = &self.opened;
        let name = self.path.display().to_string();
        let clauses = numbered(&self.review(), &checked, &mut lock(&self.others));
        let exported: Vec<Clause> =
            clauses.into_iter().map(|numbered| numbered.clause).filter(is_exported).collect();
        let answered = answer_clauses(document.text(), exported.iter(), &checked, &|_| true);
        let record = |(clause, answer): (Clause, Option<Answer>)| {
            let by_run = clause.found.is_some_and(|number| !is_added(&checked[number].check));
            let basis =
                answer.as_ref().and_then(|answer| answer.basis.as_ref()).map(|basis| basis.sentence.clone());
            let record = FindingRecord::new(document, &finding_of(&clause, answer.as_ref(), &checked));
            let reviewed = record.reviewed(clause.decision, clause.origin, clause.note);
            FindingRecord { by_run, answer_basis: basis, ..reviewed }
        };
        let findings = exported.into_iter().zip(answered.of_clauses).map(record).collect();
        let answers =
            answered.of_contract.into_iter().map(|(category, answer)| (category, answer.to_string()));
        let contract = ContractRecord::read(name, file.sha256.clone(), document, warnings, &[]);
        let settings = SettingsRecord { thresholds: chosen.clone(), ..setting.settings };
        Some((run, settings, ContractRecord { findings, ..contract.answered(answers.collect()) }))
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
}

/// Puts a fresh wish in the place of an old one.
fn fresh(place: &Mutex<Cancel>) -> Cancel {
    let fresh = Cancel::default();
    *lock(place) = fresh.clone();
    fresh
}

/// A clause as a finding. What a person drew by hand is certain.
fn finding_of(clause: &Clause, answer: Option<&Answer>, checked: &[Checked]) -> Finding {
    let found = clause.found.map(|number| &checked[number].finding);
    Finding {
        topic: clause.anchor.topic.clone(),
        range: clause.range,
        confidence: found.map_or(1.0, |found| found.confidence),
        answer: answer.map(ToString::to_string),
    }
}

fn clause_view(
    document: &Document,
    Numbered { id, clause }: &Numbered,
    answer: Option<Answer>,
    checked: &[Checked],
) -> FindingView {
    let finding = finding_of(clause, answer.as_ref(), checked);
    FindingView {
        id: *id,
        category: finding.topic.name().to_owned(),
        text: document.slice(finding.range).to_owned(),
        start: finding.range.start as u32,
        end: finding.range.end as u32,
        confidence: finding.confidence,
        answer: finding.answer,
        answer_basis: answer.and_then(|answer| answer.basis).map(|basis| basis.sentence),
        page: document.page_of(finding.range).unwrap_or(0) + 1,
        marks: document.marks(finding.range).iter().map(mark).collect(),
        check: clause.found.and_then(|number| checked[number].check.clone()),
        review: clause_review(clause),
    }
}

fn mark(mark: &Mark) -> MarkView {
    MarkView { page: mark.page + 1, rect: rect(mark.rect) }
}

fn rect(rect: PdfRect) -> RectView {
    RectView([rect.x0, rect.y0, rect.x1, rect.y1])
}
