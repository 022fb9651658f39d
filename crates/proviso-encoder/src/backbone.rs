//! An encoder alone, from a Hugging Face folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_kernels::Tier;
use serde::Deserialize;

use crate::{
    EncoderError, Precision,
    architecture::{Architecture, Config},
    engine::{Builder, Engine, joined},
    weights::{Shard, Weights},
};

/// An encoder without tokenizer and head. It needs only `config.json` and the weights of a Hugging Face folder, so that any
/// model can be timed and compared.
pub struct Backbone {
    engine: Engine,
    parameters: u64,
}

/// `model.safetensors.index.json`: which shard holds a tensor.
#[derive(Deserialize)]
struct Index {
    weight_map: std::collections::BTreeMap<String, String>,
}

impl Backbone {
    /// Loads `config.json` and `model.safetensors`, or its shards, of a folder.
    ///
    /// # Errors
    /// If a file is missing or does not describe a model that can be run.
    pub fn load(folder: &Path, precision: Precision) -> Result<Self, EncoderError> {
        Self::load_for(folder, precision, Tier::current()?)
    }

    fn load_for(folder: &Path, precision: Precision, tier: Tier) -> Result<Self, EncoderError> {
        if precision == Precision::Int8Static {
            return Err(EncoderError::NotCalibrated(folder.to_owned()));
        }
        let (architecture, shards) = read_folder(folder)?;
        let all = Weights::new(&shards);
        let parameters = all.parameters();
        let builder = Builder { weights: all.encoder()?, tier, precision, ranges: None, observers: None };
        Ok(Self { engine: Engine::load(&builder, &architecture)?, parameters })
    }

    /// Runs a window, `ids` with the special tokens, and forgets the result.
    ///
    /// # Errors
    /// If the window is empty or too long, or an id is not in the vocabulary.
    pub fn run(&self, ids: &[u32]) -> Result<(), EncoderError> {
        self.engine.run(ids, 1, |_, _, _| ()).map(drop)
    }

    /// The last hidden states of a window, `[tokens, width]`.
    ///
    /// # Errors
    /// If the window is empty or too long, or an id is not in the vocabulary.
    pub fn hidden_states(&self, ids: &[u32]) -> Result<Vec<f32>, EncoderError> {
        self.hidden_states_with(ids, 1)
    }

    /// As [`hidden_states`](Self::hidden_states) with at most so many threads at work, the calling one among them.
    ///
    /// # Errors
    /// As `hidden_states`, or if a thread cannot be started.
    pub fn hidden_states_with(&self, ids: &[u32], threads: usize) -> Result<Vec<f32>, EncoderError> {
        let width = self.engine.architecture().width;
        let parts = self.engine.run(ids, threads, |hidden, rows, _| hidden[..rows * width].to_vec())?;
        Ok(joined(parts))
    }

    /// Number of ids that tokens can have.
    pub fn vocabulary(&self) -> usize {
        self.engine.architecture().vocabulary
    }

    /// Tokens of the longest window, special ones included.
    pub fn longest_window(&self) -> usize {
        self.engine.architecture().longest_window
    }

    /// Number of weights in the files.
    pub fn parameters(&self) -> u64 {
        self.parameters
    }
}

/// What the `config.json` of a Hugging Face folder describes, and the weights beside it.
///
/// # Errors
/// If a file is missing or does not describe a model that can be run.
pub(crate) fn read_folder(folder: &Path) -> Result<(Architecture, Vec<Shard>), EncoderError> {
    let path = folder.join("config.json");
    let malformed = |reason: String| EncoderError::Malformed { path: path.clone(), reason };
    let config: Config =
        serde_json::from_slice(&read(&path)?).map_err(|error| malformed(error.to_string()))?;
    Ok((config.architecture().map_err(malformed)?, shards(folder)?))
}

fn shards(folder: &Path) -> Result<Vec<Shard>, EncoderError> {
    let load = |path: PathBuf| Shard::new(&path, read(&path)?);
    let index = folder.join("model.safetensors.index.json");
    if !index.is_file() {
        return Ok(vec![load(folder.join("model.safetensors"))?]);
    }
    let parsed: Index = serde_json::from_slice(&read(&index)?)
        .map_err(|error| EncoderError::Malformed { path: index.clone(), reason: error.to_string() })?;
    let names: std::collections::BTreeSet<String> = parsed.weight_map.into_values().collect();
    if let Some(name) = names.iter().find(|name| name.contains(['/', '\\'])) {
        let reason = format!("`{name}` is not a file of the model's folder");
        return Err(EncoderError::Malformed { path: index, reason });
    }
    names.into_iter().map(|name| load(folder.join(name))).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    fs::read(path).map_err(|source| EncoderError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
pub(crate) mod tests;
