//! The model that is measured.

use std::path::{Path, PathBuf};

use proviso_encoder::ModelFolder;
use proviso_plan::{ModelNeeds, Plan};

use crate::{
    AppError, Model,
    encoder_shape::EncoderShape,
    folders::own_name,
    model::{find_folder, is_model},
    timing::Runner,
};

/// A model in Proviso's layout, or a Hugging Face folder that holds only `config.json` and weights.
#[derive(Debug, Clone)]
pub struct BenchSubject {
    name: String,
    folder: PathBuf,
    /// In Proviso's layout: its manifest.
    model: Option<ModelFolder>,
    shape: EncoderShape,
    needs: ModelNeeds,
}

impl BenchSubject {
    /// Finds a model by its name in `folders`, or a folder by its path; the bundled model where nothing is asked for.
    ///
    /// # Errors
    /// If there is none, or the folder holds no model, or what it says of itself cannot be understood.
    pub fn find(asked: Option<&str>, folders: &[PathBuf]) -> Result<Self, AppError> {
        let folder = find_folder(asked, folders)?;
        if is_model(&folder) {
            let model = ModelFolder::open(&folder)?;
            let (name, needs) = (model.manifest().name.clone(), Model::needs(&model)?);
            let shape = EncoderShape::read(&folder)?;
            return Ok(Self { name, folder, model: Some(model), shape, needs });
        }
        if !folder.join(EncoderShape::FILE).is_file() {
            return Err(AppError::NotAModel(folder));
        }
        let shape = EncoderShape::read(&folder)?;
        Ok(Self { name: own_name(&folder), folder, model: None, shape, needs: bare_needs(shape) })
    }

    /// Its name, or that of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder that it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its folder, if it is in Proviso's layout.
    pub fn model(&self) -> Option<&ModelFolder> {
        self.model.as_ref()
    }

    /// What of it decides how it is run.
    pub fn needs(&self) -> ModelNeeds {
        self.needs
    }

    /// Number of ids that tokens can have.
    pub(super) fn vocabulary(&self) -> usize {
        self.shape.vocab_size
    }

    /// Tokens of the longest window that a loaded model reads, the special ones included.
    pub(super) fn longest_window(&self, loaded: &Runner) -> usize {
        loaded.longest_window().unwrap_or(self.shape.max_position_embeddings)
    }

    pub(super) fn load(&self, plan: &Plan) -> Result<Runner, AppError> {
        match &self.model {
            Some(folder) => Runner::planned(folder, plan),
            None => Runner::bare(&self.folder, plan.device, plan.precision),
        }
    }
}

fn bare_needs(shape: EncoderShape) -> ModelNeeds {
    ModelNeeds {
        parameters: shape.parameters(),
        embedding_parameters: shape.embedding_parameters(),
        embedding_bytes: 4,
        width: shape.hidden_size,
        inner_width: shape.intermediate_size,
        heads: shape.num_attention_heads,
        distances: shape.distances(),
        window_length: shape.max_position_embeddings,
        calibrated: false,
        layers: shape.num_hidden_layers,
        packed: None,
        questions: None,
    }
}
