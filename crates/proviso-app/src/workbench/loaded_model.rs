//! The model that the window reads with, loaded when it is first needed.

use std::sync::{Arc, Mutex};

use proviso_encoder::ModelFolder;
use proviso_plan::Precision;

use super::lock;
use crate::{AppError, Model};

/// A model's folder, and the model once it was loaded, at the precision that was planned last.
pub(super) struct LoadedModel {
    folder: ModelFolder,
    loaded: Mutex<Option<(Precision, Loaded)>>,
}

type Loaded = Result<Arc<Model>, Arc<AppError>>;

impl LoadedModel {
    pub fn new(folder: ModelFolder) -> Self {
        Self { folder, loaded: Mutex::new(None) }
    }

    pub fn folder(&self) -> &ModelFolder {
        &self.folder
    }

    /// The model at a precision; waits until it is loaded. One that failed to load is not tried again.
    ///
    /// # Errors
    /// If it cannot be loaded.
    pub fn at(&self, precision: Precision) -> Result<Arc<Model>, AppError> {
        let mut loaded = lock(&self.loaded);
        // One at another precision is dropped first, so that two models are never in memory.
        let kept = loaded.take().filter(|(is_at, _)| *is_at == precision);
        let load = || Model::load(self.folder.clone(), precision).map(Arc::new).map_err(Arc::new);
        let (_, model) = loaded.insert(kept.unwrap_or_else(|| (precision, load())));
        model.clone().map_err(AppError::ModelNotLoaded)
    }
}
