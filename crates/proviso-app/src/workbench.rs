//! What the window works on: the model, the preferences, and the contracts that are open.

mod checking;
mod decide;
mod describe;
mod exporting;
mod loaded_model;
mod matrix;
mod measurements;
mod model_list;
mod models;
mod open_contract;
mod records;
mod request;
mod reviewing;
mod running;
mod side_by_side;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Instant,
};

use proviso_core::Category;
use proviso_encoder::ModelFolder;
use proviso_export::{RunRecord, write_file};
use proviso_extract::WindowsRead;
use proviso_pdf::{Limits, worker::PdfReader};
use proviso_plan::PrecisionChoice;
use proviso_store::{Preferences, PreferencesFile, ReadingRecord};

use crate::{
    AppError, Cancel, Machine, MachineSettings, MeasuringProgress, Model, ModelLibrary, Reading, Waiting,
    contract::{ContractFile, OpenedContract},
    lock::lock,
    machine::paces,
    measure, passes_sentence, read_contract,
    reading::run_record,
    view::{
        AboutView, AppInfo, DocumentView, ExportFormat, ExportedView, ImportProgress, ImportRequest,
        MeasureProgress, MeasurementsView, ModelsView, OpenProgress, PreferencesView, ReadProgress,
        ReadingView, RefineProgress, ReviewView, RunningView,
    },
};
use checking::Checking;
use models::Models;
use open_contract::OpenContract;
use records::Records;
use request::{precision, request};
use running::{Extent, Judge};

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

/// The open contracts with their model and preferences. A clone is another handle on the same.
#[derive(Clone)]
pub struct Workbench(Arc<Inner>);

struct Inner {
    machine: Machine,
    /// The one that reads is loaded beside the first contract's opening.
    models: Models,
    pdf_reader: PdfReader,
    preferences_file: PreferencesFile,
    preferences: Mutex<PreferencesView>,
    records: Records,
    next_id: AtomicU32,
    contracts: Mutex<BTreeMap<u32, Arc<OpenContract>>>,
    /// Held while a contract is read: one at a time has the whole processor.
    reading: Mutex<()>,
    /// The wish to stop the measuring that was begun last.
    measuring: Mutex<Cancel>,
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
        let machine = Machine::detect(MachineSettings {
            data_folder: Some(&settings.data_folder),
            models_folder: folder.path().parent(),
            description: None,
        })?;
        let records = Records::open(&settings.data_folder);
        let inner = Arc::new(Inner {
            machine,
            models,
            pdf_reader: PdfReader::new(settings.worker_program),
            preferences_file,
            preferences: Mutex::new(PreferencesView {
                preferences: loaded.preferences,
                notice: loaded.notice.or(records.fault()),
            }),
            records,
            next_id: AtomicU32::new(1),
            contracts: Mutex::new(BTreeMap::new()),
            reading: Mutex::new(()),
            measuring: Mutex::default(),
        });
        let loading = Arc::clone(&inner);
        thread::spawn(move || {
            // A failure is kept and told when the first contract is to be read.
            let _ = loading.models.reader(&loading.machine, &loading.preferences());
        });
        Ok(Self(inner))
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
        let file = ContractFile::load(path)?;
        let mut report = |pages_done, pages_total| on_progress(OpenProgress { pages_done, pages_total });
        let opened = OpenedContract::open(path, file, &self.0.pdf_reader, password, &mut report, &|| false)?;
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let shown = path.display().to_string();
        // What is not kept is said when something is to be decided; until then the contract can be read.
        let kept = self.0.records.opened(&shown, &opened).ok();
        let contract = OpenContract::new(path.to_owned(), opened, kept);
        let view = contract.view(id);
        lock(&self.0.contracts).insert(id, Arc::new(contract));
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
        let _turn = lock(&self.0.reading);
        let preferences = self.0.preferences();
        let settings = self.0.models.settings(&preferences)?;
        if let Some(view) = self.read_before(id, &contract, &settings) {
            return Ok(view);
        }
        let reader = self.0.models.reader(&self.0.machine, &preferences)?;
        let start = Instant::now();
        let report = |read: WindowsRead| on_progress(progress(read, start.elapsed().as_secs_f64()));
        let reading = read_contract(&reader, &contract.opened.document, Waiting::AtWindow, &report, &cancel)?;
        let seconds = start.elapsed().as_secs_f64();
        let model = reader.model();
        self.0.machine.refine(model, reader.plan(), reading.windows, seconds);
        let run = run_record(model.folder(), reader.plan(), reading.passes.map(passes_sentence), seconds);
        if let (Some(kept), Ok(receipt)) = (contract.kept(), serde_json::to_string(&run)) {
            let findings = reading.findings.clone();
            let record = ReadingRecord { run: receipt, windows: reading.windows, findings };
            self.0.records.keep_reading(kept.id, &settings, &record, &contract.opened);
        }
        let view = ReadingView {
            document_id: id,
            findings: Vec::new(),
            seconds,
            model: model.manifest().name.clone(),
            plan: run.plan.clone(),
            notices: model.take_notices(),
            review: ReviewView::default(),
        };
        contract.keep(reading, run, view);
        contract.reading_view().ok_or(AppError::NotOpen)
    }

    /// What was found in a contract when it was read in the same setting before.
    fn read_before(&self, id: u32, contract: &OpenContract, settings: &str) -> Option<ReadingView> {
        let record = self.0.records.reading(contract.kept()?.id, settings)?;
        // What read it may be another level of precision than would be chosen today: that is no reason to read it again.
        let run: RunRecord = serde_json::from_str(&record.run).ok()?;
        let known = "It was read in the same way before, so nothing had to be computed.".to_owned();
        let view = ReadingView {
            document_id: id,
            findings: Vec::new(),
            seconds: run.seconds,
            model: run.model.clone(),
            plan: std::iter::once(known).chain(run.plan.iter().cloned()).collect(),
            notices: Vec::new(),
            review: ReviewView::default(),
        };
        let reading = Reading {
            findings: record.findings,
            windows: record.windows,
            evidence: None,
            passes: None,
            n_best: Vec::new(),
        };
        contract.keep(reading, run, view);
        contract.reading_view()
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
        let unchecked = || contract.reading_view().ok_or_else(not_read);
        let checker = {
            // A model is loaded while nothing is read, so that memory and processor are there for both.
            let _turn = lock(&self.0.reading);
            self.0.models.checker(&self.0.machine, &preferences)?
        };
        let Some(checker) = checker else { return unchecked() };
        let Some(asking) = checker.asking.as_deref() else { return unchecked() };
        let folder = self.0.models.folder(&preferences)?;
        let threshold = |category: Category| {
            let chosen = preferences.thresholds.get(category.name()).copied();
            chosen.unwrap_or_else(|| folder.manifest().threshold(category))
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
        contract.reading_view().ok_or_else(not_read)
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
        let (run, record) = contract
            .records(folder.manifest(), &preferences.thresholds)
            .ok_or_else(|| AppError::NotRead(contract.path.clone()))?;
        let (bytes, rows) = match exporting::file(format, &run, &record)? {
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

fn progress(read: WindowsRead, seconds: f64) -> ReadProgress {
    let left = (read.total - read.done) as f64;
    ReadProgress {
        windows_done: read.done as u32,
        windows_total: read.total as u32,
        seconds_left: (read.done > 0).then(|| seconds / read.done as f64 * left),
    }
}
