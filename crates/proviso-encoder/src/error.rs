//! What can go wrong between a model folder and its logits.

use std::{io, path::PathBuf};

use crate::Precision;

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
    /// A file of a model cannot be written.
    #[error("the model file `{path}` cannot be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds no model in Proviso's layout.
    #[error("`{0}` is not a model folder of Proviso: it has no `manifest.json`")]
    NoManifest(PathBuf),
    /// The folder holds no weights of a model.
    #[error(
        "`{0}` holds no weights that can be read: neither `model.safetensors` nor `pytorch_model.bin`, nor the index \
         (`.index.json`) of either"
    )]
    NoWeights(PathBuf),
    /// The folder holds no tokenizer of a model.
    #[error("`{folder}` holds no tokenizer that can be read: neither `tokenizer.json` nor {other}")]
    NoTokenizer {
        /// The folder.
        folder: PathBuf,
        /// What the model's kind of tokenizer could have been made from.
        other: &'static str,
    },
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
    /// A window is empty, or has more tokens than the model has positions.
    #[error("a window of {tokens} tokens cannot be read: the model reads from 1 to {limit}")]
    WindowTooLong {
        /// Tokens of the window, special ones included.
        tokens: usize,
        /// Positions of the model.
        limit: usize,
    },
    /// A token is none of the model's.
    #[error("the token id {id} is not in the model's vocabulary of {vocabulary}")]
    UnknownToken {
        /// The id.
        id: u32,
        /// Number of ids that there are.
        vocabulary: usize,
    },
    /// The level of precision needs ranges that the model does not have.
    #[error(
        "the model in `{0}` has no activation ranges, which int8-static needs; make them with `proviso models import DIR \
         --calibrate CONTRACTS`, or choose int8"
    )]
    NotCalibrated(PathBuf),
    /// A packed model was asked for at another level than it is packed at.
    #[error(
        "the model in `{path}` was imported in {stored} and cannot be run in {asked}; import it again with `--precision {asked}`"
    )]
    PackedOtherwise {
        /// Its folder.
        path: PathBuf,
        /// How it is packed.
        stored: Precision,
        /// How it was to be run.
        asked: Precision,
    },
    /// Only packed models can be run from the disk.
    #[error("the model in `{0}` lies in one file, which cannot be read layer by layer; import it again")]
    NotPacked(PathBuf),
    /// The level of precision is one for processors.
    #[error("{0} runs on the processor only; on a graphics card choose f32 or f16")]
    NotOnDevice(Precision),
    /// A graphics card is not there or cannot be used.
    #[error("the graphics card `{device}` cannot be used: {reason}")]
    NoDevice {
        /// Which one was asked for, such as `cuda:0`.
        device: String,
        /// What the driver said.
        reason: String,
    },
    /// A graphics card refused its work.
    #[error("the graphics card could not do its work: {0}")]
    Device(String),
    /// A value became too large for the type of the level of precision.
    #[error("a value inside the model left the range of numbers that {0} has; choose f32, or the processor")]
    OutOfRange(Precision),
    /// A model's logits are infinite or no numbers.
    #[error(
        "the model gives results that are no numbers: its weights are damaged or none of a model; import it again"
    )]
    NoNumbers,
    /// A set of kernels was forced that is not to be had.
    #[error(transparent)]
    Tier(#[from] proviso_kernels::NoSuchTier),
    /// The text could not be tokenized.
    #[error("the text could not be tokenized: {0}")]
    Tokenize(String),
    /// The system refused to start a worker thread.
    #[error("a worker thread could not be started: {0}")]
    Thread(io::Error),
}
