//! What can go wrong between a model folder and its logits.

use std::{io, path::PathBuf};

/// A model cannot be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file of the model cannot be read.
    #[error("the model file `{path}` cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds no model in Proviso's layout.
    #[error("`{0}` is not a model folder of Proviso: it has no `manifest.json`")]
    NoManifest(PathBuf),
    /// A file of the model does not say what it should.
    #[error("the model file `{path}` is not usable: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file is not the one that the manifest describes.
    #[error(
        "the model file `{path}` was changed or damaged: its SHA-256 is {found} and the manifest says {expected}. Put \
         the original file back or install the model again"
    )]
    HashMismatch {
        /// The file.
        path: PathBuf,
        /// What the manifest says.
        expected: String,
        /// What the file has.
        found: String,
    },
    /// A window has more tokens than the model has positions.
    #[error("a window of {tokens} tokens is too long: the model reads at most {limit}")]
    WindowTooLong {
        /// Tokens of the window, special ones included.
        tokens: usize,
        /// Positions of the model.
        limit: usize,
    },
    /// The text could not be tokenized.
    #[error("the text could not be tokenized: {0}")]
    Tokenize(String),
    /// A computation failed.
    #[error("the model failed while computing: {0}")]
    Compute(#[from] candle_core::Error),
    /// The system refused to start a worker thread.
    #[error("a worker thread could not be started: {0}")]
    Thread(io::Error),
}
