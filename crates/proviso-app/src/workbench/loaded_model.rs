//! The model that the window reads with, loaded when it is first needed.

use std::sync::{Arc, Mutex};

use proviso_encoder::ModelFolder;
use proviso_plan::{Batch, Device, Placement, Plan, Precision};

use crate::{AppError, Model, lock::lock};

/// A model's folder, and the model once it was loaded, as it was planned last.
pub(super) struct LoadedModel {
    folder: ModelFolder,
    loaded: Mutex<Option<(Setting, Loaded)>>,
}

/// What of a plan a loaded model depends on. The processor's windows at once are not among it.
#[derive(Clone, Copy, PartialEq)]
struct Setting {
    device: Device,
    precision: Precision,
    batch: Batch,
    placement: Placement,
}

type Loaded = Result<Arc<Model>, Arc<AppError>>;

impl LoadedModel {
    pub fn new(folder: ModelFolder) -> Self {
        Self { folder, loaded: Mutex::new(None) }
    }

    pub fn folder(&self) -> &ModelFolder {
        &self.folder
    }

    /// The model as planned; waits until it is loaded. One that failed to load is not tried again.
    ///
    /// # Errors
    /// If it cannot be loaded.
    pub fn at(&self, plan: &Plan) -> Result<Arc<Model>, AppError> {
        let asked = Setting {
            device: plan.device,
            precision: plan.precision,
            batch: plan.batch,
            placement: plan.placement,
        };
        let mut loaded = lock(&self.loaded);
        // One loaded otherwise is dropped first, so that two models are never in memory.
        let kept = loaded.take().filter(|(is_at, _)| *is_at == asked);
        let load = || Model::load(self.folder.clone(), plan).map(Arc::new).map_err(Arc::new);
        let (_, model) = loaded.insert(kept.unwrap_or_else(|| (asked, load())));
        model.clone().map_err(AppError::ModelNotLoaded)
    }
}
