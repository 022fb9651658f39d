//! Transformer encoders on local hardware: a model folder becomes an [`Encoder`], a text becomes [`Tokens`], tokens
//! become windows ([`cut_windows`]), alone or behind a question a [`Pass`], and [`run_passes`] sends them through the encoder.
//!
//! 1. Open a folder with [`ModelFolder::open`]; its manifest says what the model is, and its hashes are checked.
//! 2. Load the tokenizer ([`TextTokenizer::load`]) and the weights ([`ProcessorModel::load`]) at a [`Precision`].
//! 3. Tokenize, cut windows, run them with as many workers as the plan says.
//!
//! On a graphics card a [`DeviceModel`] stands in place of the [`ProcessorModel`]: it is a [`BatchEncoder`], which reads many
//! windows in one pass. The features `cuda` and `metal` build it in.
//!
//! The weights of a Hugging Face folder, in safetensors or as PyTorch wrote them, are read row by row from a [`Source`].
//!
//! Nothing outside this crate names candle.

mod architecture;
mod backbone;
mod batching;
mod calibration;
mod device;
mod encoder;
mod engine;
mod error;
mod frame;
mod model_folder;
mod offload;
mod packed;
mod passes;
mod precision;
mod processor_model;
mod reader;
mod schedule;
mod source;
mod tokenizer;
mod tokenizer_files;
mod weights;
mod windows;

pub use backbone::Backbone;
pub use batching::{BatchReader, BatchSize, DeviceNotice, Fallback, LoadFallback, Timed};
pub use calibration::Calibration;
pub use device::{BatchEncoder, ComputeDevice, DeviceBackbone, DeviceError, DeviceModel, DeviceOffload};
pub use encoder::{Encoder, Logits, Pass};
pub use error::EncoderError;
pub use model_folder::{
    ConfidenceCurve, DialSetting, Manifest, ModelFolder, ModelKind, ModelScores, PackedLayout, Reached,
    Screening, WindowShape,
};
pub use offload::{OffloadSettings, OffloadedModel, OnDisk};
pub use packed::{Packing, PackingProgress};
pub use passes::{Chosen, Passes, TextWindows};
pub use precision::{kernel_name, kernel_sets};
pub use processor_model::ProcessorModel;
pub use proviso_core::{Device, Precision};
pub use reader::{OnProcessor, PassReader};
pub use schedule::{Cancelled, Schedule, run_passes};
pub use source::{ElementType, Source, SourceTensor};
pub use tokenizer::{TextTokenizer, Token, Tokens};
pub use tokenizer_files::tokenizer_json;
pub use windows::{Window, cut_windows};

/// Whether models can be run on NVIDIA's graphics cards: whether the program was built with the feature `cuda`.
pub const BUILT_FOR_CUDA: bool = cfg!(feature = "cuda");
/// Whether models can be run on Apple's graphics processors: whether the program was built with the feature `metal`.
pub const BUILT_FOR_METAL: bool = cfg!(feature = "metal");
