//! A model found and loaded.

use std::path::{Path, PathBuf};

use proviso_encoder::{Manifest, ModelFolder, SpanTagger, TextTokenizer};
use proviso_plan::{ModelNeeds, Precision};

use crate::{AppError, encoder_shape::EncoderShape};

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
        Ok(ModelFolder::open(&find_folder(asked, folders)?)?)
    }

    /// Loads the tokenizer and the weights, to be run at the planned precision.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(folder: ModelFolder, precision: Precision) -> Result<Self, AppError> {
        let tokenizer = TextTokenizer::load(&folder)?;
        let tagger = SpanTagger::load(&folder, &tokenizer, precision)?;
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
    ///
    /// # Errors
    /// If its `config.json` cannot be read.
    pub fn needs(folder: &ModelFolder) -> Result<ModelNeeds, AppError> {
        let manifest = folder.manifest();
        let embedding_parameters = EncoderShape::read(folder.path())?.embedding_parameters();
        Ok(ModelNeeds {
            parameters: manifest.parameters,
            embedding_parameters: embedding_parameters.min(manifest.parameters),
            window_length: manifest.window.length,
            calibrated: folder.is_calibrated(),
        })
    }
}

/// The folder of a model by its name in `folders`, or any folder by its path; the bundled model's where nothing is asked
/// for.
pub(crate) fn find_folder(asked: Option<&str>, folders: &[PathBuf]) -> Result<PathBuf, AppError> {
    let name = asked.unwrap_or(BUNDLED);
    if let Some(folder) = folders.iter().map(|parent| parent.join(name)).find(|folder| is_model(folder)) {
        return Ok(folder);
    }
    if asked.is_some() && Path::new(name).is_dir() {
        return Ok(name.into());
    }
    Err(no_such_model(name, folders))
}

/// Says which models there are instead.
pub(crate) fn no_such_model(name: &str, folders: &[PathBuf]) -> AppError {
    let known = ModelFolder::list(folders).into_iter().flatten().map(|model| model.manifest().name.clone());
    AppError::NoSuchModel { name: name.into(), known: known.collect(), looked_in: folders.to_vec() }
}

pub(crate) fn is_model(folder: &Path) -> bool {
    folder.join(ModelFolder::MANIFEST).is_file()
}
