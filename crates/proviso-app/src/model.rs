//! A model found and loaded.

use std::path::{Path, PathBuf};

use proviso_encoder::{Manifest, ModelFolder, SpanTagger, TextTokenizer};
use proviso_plan::ModelNeeds;

use crate::AppError;

/// The model that is used where none is named.
const BUNDLED: &str = "proviso-mini";

/// A model that is loaded and ready to read.
pub struct Model {
    folder: ModelFolder,
    pub(crate) tokenizer: TextTokenizer,
    pub(crate) tagger: SpanTagger,
}

impl Model {
    /// Finds a model by its name in `folders`, or by the path of its own folder; the bundled one where nothing is
    /// asked for.
    ///
    /// # Errors
    /// If there is none, or its manifest cannot be used.
    pub fn find(asked: Option<&str>, folders: &[PathBuf]) -> Result<ModelFolder, AppError> {
        let name = asked.unwrap_or(BUNDLED);
        if let Some(folder) = folders.iter().map(|parent| parent.join(name)).find(|folder| is_model(folder)) {
            return Ok(ModelFolder::open(&folder)?);
        }
        if asked.is_some() && Path::new(name).is_dir() {
            return Ok(ModelFolder::open(Path::new(name))?);
        }
        let known =
            ModelFolder::list(folders).into_iter().flatten().map(|model| model.manifest().name.clone());
        Err(AppError::NoSuchModel { name: name.into(), known: known.collect(), looked_in: folders.to_vec() })
    }

    /// Loads the tokenizer and the weights.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(folder: ModelFolder) -> Result<Self, AppError> {
        let tokenizer = TextTokenizer::load(&folder)?;
        let tagger = SpanTagger::load(&folder, &tokenizer)?;
        Ok(Self { folder, tokenizer, tagger })
    }

    /// The folder that it was loaded from.
    pub fn folder(&self) -> &ModelFolder {
        &self.folder
    }

    /// What the model is.
    pub fn manifest(&self) -> &Manifest {
        self.folder.manifest()
    }

    /// What of a model decides how it is run.
    pub fn needs(manifest: &Manifest) -> ModelNeeds {
        ModelNeeds { parameters: manifest.parameters, window_length: manifest.window.length }
    }
}

fn is_model(folder: &Path) -> bool {
    folder.join(ModelFolder::MANIFEST).is_file()
}
