//! A contract's turn: it is opened and read, unless that is known, and what was found is kept.

use std::{path::Path, sync::Arc, time::Instant};

use proviso_export::RunRecord;
use proviso_extract::WindowsRead;
use proviso_pdf::PdfErrorKind;
use proviso_store::{Preferences, ReadingRecord};

use super::{
    Inner,
    line::Task,
    open_contract::{OpenContract, Setting},
};
use crate::{
    AppError, Cancel, Reader, Reading, Waiting,
    contract::{ContractFile, OpenedContract},
    lock::lock,
    passes_sentence,
    queue::Outcome,
    reading::{Course, read_text, run_record},
    view::{OpenProgress, ReadProgress, ReadingView, ReviewView},
};

impl Inner {
    /// Opens and reads a contract of the queue; nothing where it is cut off.
    pub(super) fn take_turn(&self, task: &Task) -> Option<Outcome> {
        let path = Path::new(&task.path);
        let contract = match self.open_in_turn(path, &task.cancel) {
            Ok(contract) => contract,
            Err(error) => return not_opened(&error),
        };
        *lock(&self.at_work) = Some(Arc::clone(&contract));
        if task.cancel.is_asked() {
            return None;
        }
        self.line.opened();
        contract.cancel_checking();
        let report = |progress, known| self.line.reading(progress, known);
        match self.read_open(&contract, &report, &task.cancel) {
            Ok(made) => Some(Outcome::Read {
                windows: made.unwrap_or(0) as u32,
                seconds: made.map(|_| task.began.elapsed().as_secs_f64()),
            }),
            Err(AppError::Cancelled) => {
                if !self.line.holds(task.id) {
                    self.forget(&contract);
                }
                None
            }
            Err(error) => Some(Outcome::NotRead(error.to_string())),
        }
    }

    /// The contract that is open in the window, or else opened for its turn only.
    fn open_in_turn(&self, path: &Path, cancel: &Cancel) -> Result<Arc<OpenContract>, AppError> {
        let _opening = self.opening.of(path);
        let file = ContractFile::load(path)?;
        let is_same = |contract: &&Arc<OpenContract>| {
            contract.path == path && contract.opened.file.sha256 == file.sha256
        };
        if let Some(open) = lock(&self.contracts).values().find(is_same) {
            return Ok(Arc::clone(open));
        }
        let mut report =
            |pages_done, pages_total| self.line.opening(OpenProgress { pages_done, pages_total });
        let is_cancelled = || cancel.is_asked();
        let opened = OpenedContract::open(path, file, &self.pdf_reader, None, &mut report, &is_cancelled)?;
        Ok(Arc::new(self.kept(path, opened)))
    }

    /// Opens a contract for the window, or shares the one that is being read.
    pub(super) fn open_for_window(
        &self,
        path: &Path,
        password: Option<&str>,
        report: &dyn Fn(u32, u32),
    ) -> Result<Arc<OpenContract>, AppError> {
        let _opening = self.opening.of(path);
        let file = ContractFile::load(path)?;
        let is_same = |contract: &Arc<OpenContract>| {
            let OpenedContract { file: read, is_protected, .. } = &contract.opened;
            contract.path == path && read.sha256 == file.sha256 && !is_protected
        };
        if let Some(contract) = lock(&self.at_work).clone().filter(is_same) {
            return Ok(contract);
        }
        let mut report = |done, total| report(done, total);
        let opened = OpenedContract::open(path, file, &self.pdf_reader, password, &mut report, &|| false)?;
        Ok(Arc::new(self.kept(path, opened)))
    }

    /// What is not kept is said when something is to be decided; until then the contract can be read.
    fn kept(&self, path: &Path, opened: OpenedContract) -> OpenContract {
        let kept = self.records.opened(&path.display().to_string(), &opened).ok();
        OpenContract::new(path.to_owned(), opened, kept)
    }

    /// Reads a contract after what is being read already, unless it was read in the same setting before. Answers with the passes
    /// that were made, `None` where it was known. `on_progress` also hears how many windows were known.
    ///
    /// # Errors
    /// If the model fails, or the reading is cancelled.
    pub(super) fn read_open(
        &self,
        contract: &OpenContract,
        on_progress: &dyn Fn(ReadProgress, usize),
        cancel: &Cancel,
    ) -> Result<Option<usize>, AppError> {
        let _turn = lock(&self.reading);
        if cancel.is_asked() {
            return Err(AppError::Cancelled);
        }
        let preferences = self.preferences();
        let setting = self.setting(&preferences)?;
        if self.read_before(contract, &setting) {
            return Ok(None);
        }
        let reader = self.models.reader(&self.machine, &preferences)?;
        let OpenedContract { file, document, is_protected, .. } = &contract.opened;
        // Nothing of a file that a password protects lies on the disk. Without a journal a reading is begun anew after a crash.
        let journal =
            (!is_protected).then(|| self.journals.journal(&file.sha256, &setting.key).ok()).flatten();
        let known = || journal.as_ref().map_or(0, |journal| journal.replayed());
        let start = Instant::now();
        let report = |read: WindowsRead| {
            let known = known();
            on_progress(progress(read, known, start.elapsed().as_secs_f64()), known);
        };
        let course =
            Course { waiting: Waiting::AtWindow, on_progress: &report, cancel, journal: journal.as_ref() };
        let reading = read_text(&reader, document.text(), course)?;
        let (seconds, known) = (start.elapsed().as_secs_f64(), known());
        let made = reading.windows.saturating_sub(known);
        if known == 0 {
            // Only a whole reading tells how fast this computer is.
            self.machine.refine(reader.model(), reader.plan(), reading.windows, seconds);
        }
        self.keep_read(contract, &reader, setting, reading, seconds);
        if let Some(journal) = journal {
            journal.remove();
        }
        Ok(Some(made))
    }

    fn keep_read(
        &self,
        contract: &OpenContract,
        reader: &Reader,
        setting: Setting,
        reading: Reading,
        seconds: f64,
    ) {
        let model = reader.model();
        let run = run_record(model.folder(), reader.plan(), reading.passes.map(passes_sentence), seconds);
        if let (Some(kept), Ok(receipt)) = (contract.kept(), serde_json::to_string(&run)) {
            let findings = reading.findings.clone();
            let record = ReadingRecord { run: receipt, windows: reading.windows, findings };
            self.records.keep_reading(kept.id, &setting.key, &record, &contract.opened);
        }
        let view = shown_as(&run, run.plan.clone(), model.take_notices());
        contract.keep(reading, run, setting, view, model.manifest());
    }

    /// Whether a contract was read in the same setting before; it is then as it was read.
    pub(super) fn read_before(&self, contract: &OpenContract, setting: &Setting) -> bool {
        let record = contract.kept().and_then(|kept| self.records.reading(kept.id, &setting.key));
        // What read it may be another level of precision than would be chosen today: that is no reason to read it again.
        let run = record.as_ref().and_then(|record| serde_json::from_str::<RunRecord>(&record.run).ok());
        let folder = self.models.folder(&self.preferences()).ok();
        let (Some(record), Some(run), Some(folder)) = (record, run, folder) else { return false };
        let said = "It was read in the same way before, so nothing had to be computed.".to_owned();
        let plan = std::iter::once(said).chain(run.plan.iter().cloned()).collect();
        let view = shown_as(&run, plan, Vec::new());
        let reading = Reading {
            findings: record.findings,
            windows: record.windows,
            evidence: None,
            passes: None,
            n_best: Vec::new(),
        };
        contract.keep(reading, run, setting.clone(), view, folder.manifest());
        true
    }

    /// How contracts are read with these preferences.
    ///
    /// # Errors
    /// If there is no model.
    pub(super) fn setting(&self, preferences: &Preferences) -> Result<Setting, AppError> {
        let key = self.models.settings(preferences)?;
        Ok(Setting { key, settings: self.models.settings_record(preferences) })
    }

    /// Drops what was made of a contract that nobody wants read any more.
    fn forget(&self, contract: &OpenContract) {
        if let Ok(settings) = self.models.settings(&self.preferences())
            && !contract.opened.is_protected
            && let Ok(journal) = self.journals.journal(&contract.opened.file.sha256, &settings)
        {
            journal.remove();
        }
    }
}

/// A reading as it is shown, but for its clauses and for where it is open.
fn shown_as(run: &RunRecord, plan: Vec<String>, notices: Vec<String>) -> ReadingView {
    ReadingView {
        document_id: 0,
        findings: Vec::new(),
        seconds: run.seconds,
        model: run.model.clone(),
        plan,
        notices,
        review: ReviewView::default(),
    }
}

fn not_opened(error: &AppError) -> Option<Outcome> {
    match error {
        AppError::Cancelled => None,
        AppError::Pdf(pdf) => match pdf.kind {
            PdfErrorKind::Cancelled => None,
            PdfErrorKind::PasswordRequired | PdfErrorKind::WrongPassword => Some(Outcome::Locked),
            _ => Some(Outcome::NotOpened(error.to_string())),
        },
        _ => Some(Outcome::NotOpened(error.to_string())),
    }
}

/// `known` windows of those that are done took no time.
fn progress(read: WindowsRead, known: usize, seconds: f64) -> ReadProgress {
    let (made, left) = (read.done.saturating_sub(known), read.total - read.done);
    ReadProgress {
        windows_done: read.done as u32,
        windows_total: read.total as u32,
        seconds_left: (made > 0).then(|| seconds / made as f64 * left as f64),
    }
}
