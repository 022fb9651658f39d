//! The models of the window: the one that reads, the one that screens for it, and the one that checks what is in doubt.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Instant,
};

use proviso_encoder::{ModelFolder, ModelKind};
use proviso_export::SettingsRecord;
use proviso_extract::{AnswerCache, Question};
use proviso_plan::{PlanRequest, Precision};
use proviso_store::{OwnQuestion, Preferences};

use super::{loaded_model::LoadedModel, request::request};
use crate::{
    AppError, Cancel, Import, Machine, Model, ModelLibrary, Reader, ReaderWish, VERSION,
    lock::lock,
    model::bundled,
    plan_reader,
    reader::Screener,
    settings_record,
    view::{ImportProgress, ImportRequest},
};

/// The models that were loaded, and where all of them are.
pub(super) struct Models {
    library: ModelLibrary,
    folders: Vec<PathBuf>,
    /// The model that reads where the preferences name none.
    usual: Option<String>,
    reading: Mutex<Option<Arc<LoadedModel>>>,
    screening: Mutex<Option<Arc<LoadedModel>>>,
    checking: Mutex<Option<Arc<LoadedModel>>>,
    answers: Arc<AnswerCache>,
    importing: Mutex<Cancel>,
}

impl Models {
    pub fn new(library: ModelLibrary, folders: Vec<PathBuf>, usual: Option<String>) -> Self {
        Self {
            library,
            folders,
            usual,
            reading: Mutex::default(),
            screening: Mutex::default(),
            checking: Mutex::default(),
            answers: Arc::new(AnswerCache::new(AnswerCache::PASSES)),
            importing: Mutex::default(),
        }
    }

    pub fn library(&self) -> &ModelLibrary {
        &self.library
    }

    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The folder of the model that reads: the one that the preferences name, if it is still there.
    ///
    /// # Errors
    /// If there is no model at all.
    pub fn folder(&self, preferences: &Preferences) -> Result<ModelFolder, AppError> {
        let named = preferences.model.as_deref().map(|name| Model::find(Some(name), &self.folders));
        match named {
            Some(Ok(folder)) => Ok(folder),
            _ => Model::find(self.usual.as_deref(), &self.folders),
        }
    }

    /// Names all that decides what is found in a contract and that is chosen: the program, the model with its calibration, the speed
    /// and the numbers as the person asked for them, the screening, and the questions. What the plan makes of these is not worth
    /// another reading.
    ///
    /// # Errors
    /// If there is no model.
    pub fn settings(&self, preferences: &Preferences) -> Result<String, AppError> {
        let folder = self.folder(preferences)?;
        let Preferences { speed, precision, screening, questions, .. } = preferences;
        let asks = folder.manifest().kind == ModelKind::QuestionAnswering;
        let asked = asks.then_some((screening, questions));
        let model = (folder.weights_hash().as_str(), &folder.manifest().calibration);
        let settings = (VERSION, model, speed, precision, asked);
        Ok(serde_json::to_string(&settings).unwrap_or_default())
    }

    /// What to read with, loaded.
    ///
    /// # Errors
    /// If what the preferences ask for is not possible here, or a model cannot be loaded.
    pub fn reader(&self, machine: &Machine, preferences: &Preferences) -> Result<Reader, AppError> {
        let folder = self.folder(preferences)?;
        let wish = self.wish(preferences);
        let (plan, screening) = plan_reader(machine, &folder, &wish)?;
        let screener = match screening {
            None => {
                *lock(&self.screening) = None;
                None
            }
            Some((folder, plan, threshold)) => {
                let model = at(&self.screening, folder).at(&plan)?;
                Some(Screener { model, plan, threshold })
            }
        };
        let model = at(&self.reading, folder).at(&plan)?;
        Reader::of(model, plan, &wish.own, screener, Arc::clone(&self.answers))
    }

    /// What to check doubtful findings with, loaded; `None` where the preferences name no other model than the one that reads,
    /// or none that answers questions.
    ///
    /// # Errors
    /// If it is not there, what the preferences ask for is not possible here, or it cannot be loaded.
    pub fn checker(&self, machine: &Machine, preferences: &Preferences) -> Result<Option<Reader>, AppError> {
        let Some(name) = preferences.refine_with.as_deref() else { return Ok(None) };
        let folder = Model::find(Some(name), &self.folders)?;
        let reads = self.folder(preferences)?;
        if folder.path() == reads.path() || folder.manifest().kind != ModelKind::QuestionAnswering {
            return Ok(None);
        }
        // Both models are in memory.
        let taken = machine.plan(&reads, request(preferences))?.memory_mb;
        let wish = self.wish(preferences);
        let plan = machine.plan(&folder, PlanRequest { screening: false, ..wish.request.beside(taken) })?;
        let model = at(&self.checking, folder).at(&plan)?;
        Reader::of(model, plan, &wish.own, None, Arc::clone(&self.answers)).map(Some)
    }

    /// What the preferences ask for, for the receipt of a reading.
    pub fn settings_record(&self, preferences: &Preferences) -> SettingsRecord {
        settings_record(&self.wish(preferences), &preferences.thresholds)
    }

    fn wish(&self, preferences: &Preferences) -> ReaderWish {
        let own = |question: &OwnQuestion| Question::own(&question.name, &question.question);
        ReaderWish {
            request: request(preferences),
            own: preferences.questions.iter().map(own).collect(),
            folders: self.folders.clone(),
        }
    }

    /// The share of a model's passes that screening leaves to be made; all where it is no model that answers questions, or none
    /// screens for it.
    pub fn share_screened(&self, folder: &ModelFolder, preferences: &Preferences) -> f64 {
        if folder.manifest().kind == ModelKind::SpanTagger || !preferences.screening {
            return 1.0;
        }
        let screening = bundled(&self.folders).ok().and_then(|model| model.manifest().screening.clone());
        screening.map_or(1.0, |screening| screening.kept)
    }

    /// Drops all models from memory; they are loaded again when they are needed.
    pub fn unload(&self) {
        for model in [&self.reading, &self.screening, &self.checking] {
            *lock(model) = None;
        }
    }

    /// Makes a folder one of the person's own models.
    ///
    /// # Errors
    /// If the folder holds no model that can be run, it cannot be written, or the import is cancelled.
    pub fn import(
        &self,
        asked: &ImportRequest,
        precision: Precision,
        on_progress: &(dyn Fn(ImportProgress) + Sync),
    ) -> Result<ModelFolder, AppError> {
        let cancel = Cancel::default();
        *lock(&self.importing) = cancel.clone();
        let name = asked.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let import = Import::prepare(&self.library, asked.folder.as_ref(), name, precision)?;
        let begin = Instant::now();
        let mut report = |progress: crate::ImportProgress| {
            let (done, total) = (progress.done as f64, progress.total as f64);
            let seconds_left =
                (done > 0.0).then(|| begin.elapsed().as_secs_f64() / done * (total - done).max(0.0));
            on_progress(ImportProgress {
                doing: progress.doing.to_owned(),
                bytes_done: done,
                bytes_total: total,
                seconds_left,
            });
        };
        import.carry_out(None, &mut report, &cancel)
    }

    /// Stops the import, if there is one.
    pub fn cancel_import(&self) {
        lock(&self.importing).ask();
    }
}

/// The model in a place, after one of another folder was dropped from it.
fn at(place: &Mutex<Option<Arc<LoadedModel>>>, folder: ModelFolder) -> Arc<LoadedModel> {
    let mut place = lock(place);
    let kept = place.take().filter(|model| {
        model.folder().path() == folder.path() && model.folder().weights_hash() == folder.weights_hash()
    });
    Arc::clone(place.insert(kept.unwrap_or_else(|| Arc::new(LoadedModel::new(folder)))))
}
