//! An encoder alone, from a Hugging Face folder.

use std::{fs, path::Path};

use proviso_kernels::Tier;

use crate::{
    EncoderError, Precision, Source,
    architecture::{Architecture, Config},
    engine::{Builder, Engine, joined},
    weights::Weights,
};

/// An encoder without tokenizer and head. It needs only `config.json` and the weights of a Hugging Face folder, so that any
/// model can be timed and compared.
pub struct Backbone {
    engine: Engine,
    parameters: u64,
}

impl Backbone {
    /// Loads `config.json` and the weights of a folder, in any of the forms that [`Source`] reads.
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
        let (architecture, source) = read_folder(folder)?;
        let all = Weights::new(&source);
        let parameters = all.parameters();
        let builder = Builder { weights: all.encoder()?, tier, precision, ranges: None, observers: None };
        Ok(Self { engine: Engine::load(&builder, &architecture)?, parameters })
    }

    /// Runs a window, `ids` with the special tokens, and forgets the result.
    ///
    /// # Errors
    /// If the window is empty or too long, or an id is not in the vocabulary.
    pub fn run(&self, ids: &[u32]) -> Result<(), EncoderError> {
        self.engine.run(ids.into(), 1, |_, _, _| ()).map(drop)
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
        let parts =
            self.engine.run(ids.into(), threads, |hidden, rows, _| hidden[..rows * width].to_vec())?;
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
pub(crate) fn read_folder(folder: &Path) -> Result<(Architecture, Source), EncoderError> {
    let path = folder.join("config.json");
    let malformed = |reason: String| EncoderError::Malformed { path: path.clone(), reason };
    let config: Config =
        serde_json::from_slice(&read(&path)?).map_err(|error| malformed(error.to_string()))?;
    Ok((config.architecture().map_err(malformed)?, Source::open(folder)?))
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    fs::read(path).map_err(|source| EncoderError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
pub(crate) mod tests;
