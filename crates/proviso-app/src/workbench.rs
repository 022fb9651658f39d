//! What the window works on: the model, the preferences, and the contracts that are open.

mod answering;
mod backups;
mod checking;
mod decide;
mod describe;
mod exporting;
mod line;
mod loaded_model;
mod matrix;
mod matrix_rows;
mod measurements;
mod model_list;
mod models;
mod open_contract;
mod opening;
mod queueing;
mod records;
mod request;
mod reviewing;
mod running;
mod side_by_side;
mod turn;
mod worker;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread::{self, JoinHandle},
};

use proviso_core::{Category, Topic};
use proviso_encoder::ModelFolder;
use proviso_export::write_file;
use proviso_pdf::{Limits, worker::PdfReader};
use proviso_plan::PrecisionChoice;
use proviso_store::{Preferences, PreferencesFile};

use crate::{
    AppError, Cancel, Machine, MachineSettings, MeasuringProgress, Model, ModelLibrary,
    checkpoints::JournalShelf,
    lock::lock,
    machine::paces,
    measure,
    reading::threshold,
    view::{
        AboutView, AppInfo, DocumentView, ExportFormat, ExportedView, ImportProgress, ImportRequest,
        MeasureProgress, MeasurementsView, ModelsView, OpenProgress, PreferencesView, ReadProgress,
        ReadingView, RefineProgress, RunningView,
    },
};
use checking::Checking;
use line::Line;
use matrix_rows::MatrixRows;
use models::Models;
use open_contract::OpenContract;
use opening::Opening;
use records::Records;
use request::{precision, request};
use running::{Extent, Judge};
use worker::Worker;

/// Where a workbench finds what it needs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where preferences are kept.
    pub data_folder: PathBuf,
    /// The program that is started to read PDFs; it must call [`run_worker_if_asked`](crate::run_worker_if_asked).
    pub worker_program: PathBuf,
    /// Where models are looked for.
    pub models_folders: Vec<PathBuf>,
    /// The model to use; `None` for the bundled one.
    pub model: Option<String>,
}

/// The open contracts with their model and preferences, and the queue of those that are to be read. A clone is another handle on
/// the same; with the last one the work on the queue ends, to be gone on with at the next start.
#[derive(Clone)]
pub struct Workbench(Arc<Inner>, #[expect(dead_code, reason = "with it the work ends")] Arc<Worker>);

struct Inner {
    machine: Machine,
    /// The one that reads is loaded beside the first contract's opening.
    models: Models,
    pdf_reader: PdfReader,
    preferences_file: PreferencesFile,
    preferences: Mutex<PreferencesView>,
    records: Records,
    matrix_rows: Mutex<MatrixRows>,
    next_id: AtomicU32,
    contracts: Mutex<BTreeMap<u32, Arc<OpenContract>>>,
    /// The contracts that are to be read, and the files that are being opened.
    line: Arc<Line>,
    opening: Opening,
    /// The contract of the queue that is being read.
    at_work: Mutex<Option<Arc<OpenContract>>>,
    journals: JournalShelf,
    /// Held while a contract is read: one at a time has the whole processor.
    reading: Mutex<()>,
    /// The wish to stop the measuring that was begun last.
    measuring: Mutex<Cancel>,
    /// The backup that was begun last.
    backing_up: Mutex<Option<JoinHandle<()>>>,
}

impl Workbench {
    /// Finds the model, loads the preferences, and begins to load the model's weights in the background.
    ///
    /// # Errors
    /// If there is no usable model, or the preferences cannot be read.
    pub fn start(settings: Settings) -> Result<Self, AppError> {
        let preferences_file = PreferencesFile::in_folder(&settings.data_folder);
        let loaded = preferences_file.load()?;
        let library = ModelLibrary::new(&settings.data_folder, settings.models_folders.clone());
        let models = Models::new(library, settings.models_folders, settings.model);
        let folder = models.folder(&loaded.preferences)?;
        let records = Records::open(&settings.data_folder);
        let machine_settings = MachineSettings {
            data_folder: Some(&settings.data_folder),
            models_folder: folder.path().parent(),
            description: None,
        };
        let machine = Machine::detect_with(machine_settings, records.shared())?;
        let line = Arc::new(Line::open(&settings.data_folder, &records));
        let inner = Arc::new(Inner {
            machine,
            models,
            pdf_reader: PdfReader::new(settings.worker_program),
            preferences_file,
            preferences: Mutex::new(PreferencesView {
                preferences: loaded.preferences,
                notice: joined(loaded.notice, joined(records.notice(), line.not_kept())),
            }),
            records,
            matrix_rows: Mutex::default(),
            next_id: AtomicU32::new(1),
            contracts: Mutex::new(BTreeMap::new()),
            line: Arc::clone(&line),
            opening: Opening::default(),
            at_work: Mutex::default(),
            journals: JournalShelf::in_folder(&settings.data_folder),
            reading: Mutex::new(()),
            measuring: Mutex::default(),
            backing_up: Mutex::default(),
        });
        inner.back_up_if_due();
        let loading = Arc::clone(&inner);
        thread::spawn(move || {
            // A failure is kept and told when the first contract is to be read.
            let _ = loading.models.reader(&loading.machine, &loading.preferences());
        });
        let worker = Worker::start(&line, &inner);
        Ok(Self(inner, Arc::new(worker)))
    }

    /// What the application is and what it will run.
    ///
    /// # Errors
    /// If there is no model.
    pub fn info(&self) -> Result<AppInfo, AppError> {
        let preferences = self.0.preferences();
        let folder = self.0.models.folder(&preferences)?;
        Ok(describe::app_info(self.0.machine.hardware(), &folder, &preferences.questions))
    }

    /// What is told to someone who has to vouch for the application.
    pub fn about(&self) -> AboutView {
        // A model that cannot be used is named among the models of the preferences.
        let models: Vec<_> = ModelFolder::list(self.0.models.folders()).into_iter().flatten().collect();
        crate::about(&models, &self.0.pdf_reader)
    }

    /// Opens a contract: its text is taken out in a process of its own.
    ///
    /// # Errors
    /// If the file gives no document.
    pub fn open(
        &self,
        path: &Path,
        password: Option<&str>,
        on_progress: &(dyn Fn(OpenProgress) + Sync),
    ) -> Result<DocumentView, AppError> {
        let report = |pages_done, pages_total| on_progress(OpenProgress { pages_done, pages_total });
        let contract = self.0.open_for_window(path, password, &report)?;
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let view = contract.view(id);
        lock(&self.0.contracts).insert(id, contract);
        Ok(view)
    }

    /// The file as it was when it was opened.
    ///
    /// # Errors
    /// If the contract is not open.
    pub fn bytes(&self, id: u32) -> Result<Arc<[u8]>, AppError> {
        Ok(Arc::clone(&self.contract(id)?.opened.file.bytes))
    }

    /// Finds the clauses of an open contract, after those that are being read already.
    ///
    /// # Errors
    /// If the contract is not open, the model fails, or the reading is cancelled.
    pub fn read(
        &self,
        id: u32,
        on_progress: &(dyn Fn(ReadProgress) + Sync),
    ) -> Result<ReadingView, AppError> {
        let contract = self.contract(id)?;
        let cancel = contract.begin_reading();
        self.0.read_open(&contract, &|progress, _| on_progress(progress), &cancel)?;
        contract.reading_view(id).ok_or(AppError::NotOpen)
    }

    /// What was found in an open contract, if it was read in the setting in force.
    ///
    /// # Errors
    /// If the contract is not open, or there is no model.
    pub fn known_reading(&self, id: u32) -> Result<Option<ReadingView>, AppError> {
        let contract = self.contract(id)?;
        let setting = self.0.setting(&self.0.preferences())?;
        let known = contract.read_in(&setting.key) || self.0.read_before(&contract, &setting);
        Ok(contract.reading_view(id).filter(|_| known))
    }

    /// Checks what is in doubt of a contract that was read, with the heavier model that the preferences name, and asks that one
    /// the person's own questions. Readings go before it.
    ///
    /// # Errors
    /// If the contract is not open or not read yet, the model cannot be loaded or fails, or the checking is cancelled. The
    /// reading is then as it was.
    pub fn refine(
        &self,
        id: u32,
        on_progress: &(dyn Fn(RefineProgress) + Sync),
    ) -> Result<ReadingView, AppError> {
        let contract = self.contract(id)?;
        let cancel = contract.begin_checking();
        let preferences = self.0.preferences();
        let not_read = || AppError::NotRead(contract.path.clone());
        let read = contract.read().ok_or_else(not_read)?;
        let unchecked = || contract.reading_view(id).ok_or_else(not_read);
        let checker = {
            // A model is loaded while nothing is read, so that memory and processor are there for both.
            let _turn = lock(&self.0.reading);
            self.0.models.checker(&self.0.machine, &preferences)?
        };
        let Some(checker) = checker else { return unchecked() };
        let Some(asking) = checker.asking.as_deref() else { return unchecked() };
        let folder = self.0.models.folder(&preferences)?;
        let threshold = |category: Category| {
            threshold(&Topic::from(category), folder.manifest(), &preferences.thresholds)
        };
        let checking = Checking {
            reader: &checker,
            asking,
            text: contract.opened.document.text(),
            findings: &read.findings,
            evidence: read.evidence.as_ref(),
            threshold: &threshold,
        };
        let checked =
            checking.carry_out(|| lock(&self.0.reading), &|progress| on_progress(progress), &cancel)?;
        contract.keep_checked(&read, checked);
        contract.reading_view(id).ok_or_else(not_read)
    }

    /// Stops the checking of a contract, if there is one.
    pub fn cancel_refining(&self, id: u32) {
        if let Ok(contract) = self.contract(id) {
            contract.cancel_checking();
        }
    }

    /// Stops the reading of a contract, if there is one.
    pub fn cancel(&self, id: u32) {
        if let Ok(contract) = self.contract(id) {
            contract.cancel_reading();
        }
    }

    /// Closes a contract, and stops its reading.
    pub fn close(&self, id: u32) {
        if let Some(contract) = lock(&self.0.contracts).remove(&id) {
            contract.cancel_reading();
            contract.cancel_checking();
        }
    }

    /// Writes a contract with what was decided about it: what reaches the thresholds in force, and what the person accepted, added or
    /// rejected. The contract's own file is never written.
    ///
    /// # Errors
    /// If the contract is not open or not read yet, or the file cannot be written.
    pub fn export(&self, id: u32, format: ExportFormat, path: &Path) -> Result<ExportedView, AppError> {
        let contract = self.contract(id)?;
        let preferences = self.0.preferences();
        let folder = self.0.models.folder(&preferences)?;
        let (run, settings, record) = contract
            .records(folder.manifest(), &preferences.thresholds)
            .ok_or_else(|| AppError::NotRead(contract.path.clone()))?;
        let (bytes, rows) = match exporting::file(format, &run, &settings, &record)? {
            Some(file) => file,
            None => {
                if path == contract.path {
                    return Err(AppError::Original(path.to_owned()));
                }
                let (notes, label) = (exporting::notes(&record), contract.path.display().to_string());
                let (bytes, count) = (&contract.opened.file.bytes, notes.len());
                (self.0.pdf_reader.annotate(&label, bytes, notes, &Limits::default(), &|| false)?, count)
            }
        };
        write_file(path, &bytes)?;
        Ok(ExportedView { path: path.display().to_string(), rows: rows as u32 })
    }

    /// The preferences in force.
    pub fn preferences(&self) -> PreferencesView {
        lock(&self.0.preferences).clone()
    }

    /// Puts preferences into force and keeps them. Values that are not possible are dropped, which the notice says.
    ///
    /// # Errors
    /// If they cannot be written; the old ones then stay in force.
    pub fn save_preferences(&self, mut preferences: Preferences) -> Result<PreferencesView, AppError> {
        let repaired = preferences.repair();
        self.0.preferences_file.save(&preferences)?;
        let notice = (!repaired.is_empty()).then(|| repaired.join(" "));
        let view = PreferencesView { preferences, notice };
        *lock(&self.0.preferences) = view.clone();
        Ok(view)
    }

    /// What runs here, and what each choice of the preferences would do for a contract: the one that is open under `id`, or
    /// one of usual size.
    ///
    /// # Errors
    /// If the contract is not open.
    pub fn running(&self, id: Option<u32>) -> Result<RunningView, AppError> {
        let extent = match id {
            Some(id) => self.contract(id)?.extent(),
            None => Extent::usual(),
        };
        let preferences = self.0.preferences();
        self.judge(&preferences, extent)?.view()
    }

    /// What was measured on this computer.
    ///
    /// # Errors
    /// If there is no model, or its configuration cannot be read.
    pub fn measurements(&self) -> Result<MeasurementsView, AppError> {
        let preferences = self.0.preferences();
        self.judge(&preferences, Extent::usual())?.measurements_view(request(&preferences))
    }

    /// Measures this computer with the model, after what is being read, and returns the new figures.
    ///
    /// # Errors
    /// If the model cannot be run, the figures cannot be kept, or the measuring is cancelled.
    pub fn measure(
        &self,
        on_progress: &(dyn Fn(MeasureProgress) + Sync),
    ) -> Result<MeasurementsView, AppError> {
        let cancel = Cancel::default();
        *lock(&self.0.measuring) = cancel.clone();
        let preferences = self.0.preferences();
        let folder = self.0.models.folder(&preferences)?;
        let mut report = |progress: MeasuringProgress| {
            on_progress(MeasureProgress {
                done: progress.done as u32,
                total: progress.total as u32,
                doing: progress.doing,
            });
        };
        {
            // Nothing else computes, and no second model takes memory, while figures are taken.
            let _turn = lock(&self.0.reading);
            self.0.models.unload();
            measure(&self.0.machine, &folder, request(&preferences), &mut report, &cancel)?;
        }
        self.measurements()
    }

    /// Stops the measuring, if there is one.
    pub fn cancel_measuring(&self) {
        lock(&self.0.measuring).ask();
    }

    /// The models that are here, with what they cost and give.
    ///
    /// # Errors
    /// If there is no model.
    pub fn models(&self) -> Result<ModelsView, AppError> {
        self.models_view()
    }

    /// Makes a folder one of the person's own models.
    ///
    /// # Errors
    /// If the folder holds no model that can be run, it cannot be written, or the import is cancelled.
    pub fn import_model(
        &self,
        asked: &ImportRequest,
        on_progress: &(dyn Fn(ImportProgress) + Sync),
    ) -> Result<ModelsView, AppError> {
        let wish: PrecisionChoice = precision(asked.precision);
        let level = self.0.machine.packing_precision(wish);
        self.0.models.import(asked, level, on_progress)?;
        self.models_view()
    }

    /// Stops the import, if there is one.
    pub fn cancel_import(&self) {
        self.0.models.cancel_import();
    }

    /// Reads every file of a model and says that they are as its manifest describes them.
    ///
    /// # Errors
    /// If there is no such model, or a file is missing or was changed.
    pub fn verify_model(&self, name: &str) -> Result<String, AppError> {
        let folder = Model::find(Some(name), self.0.models.folders())?;
        folder.verify()?;
        let files = folder.manifest().files.len();
        Ok(format!("All {files} files of {name} are as they were when it was made."))
    }

    /// Removes one of the person's own models.
    ///
    /// # Errors
    /// If there is none of that name, or it is not the person's own.
    pub fn remove_model(&self, name: &str) -> Result<ModelsView, AppError> {
        {
            // Nothing reads with it while its files go.
            let _turn = lock(&self.0.reading);
            self.0.models.unload();
            self.0.models.library().remove(name)?;
        }
        self.models_view()
    }

    fn judge<'a>(&'a self, preferences: &'a Preferences, extent: Extent) -> Result<Judge<'a>, AppError> {
        self.judge_of(self.0.models.folder(preferences)?, preferences, extent)
    }

    /// Judges a model as if it were the one that reads.
    fn judge_of<'a>(
        &'a self,
        folder: ModelFolder,
        preferences: &'a Preferences,
        extent: Extent,
    ) -> Result<Judge<'a>, AppError> {
        let records = self.0.machine.records(&folder);
        Ok(Judge {
            machine: &self.0.machine,
            needs: Model::needs(&folder)?,
            screened: self.0.models.share_screened(&folder, preferences),
            folder,
            measurements: paces(&records),
            records,
            preferences,
            extent,
        })
    }

    fn contract(&self, id: u32) -> Result<Arc<OpenContract>, AppError> {
        lock(&self.0.contracts).get(&id).cloned().ok_or(AppError::NotOpen)
    }
}

impl Inner {
    fn preferences(&self) -> Preferences {
        lock(&self.preferences).preferences.clone()
    }
}

/// Both of what a person should be told.
fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    let sentences: Vec<String> = first.into_iter().chain(second).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
