//! Activation ranges from contracts of one's own, for int8 with ranges that are known beforehand.

use crate::{
    Encoder, EncoderError, ModelFolder, Precision, ProcessorModel, TextTokenizer,
    engine::{ActivationRanges, Observers},
};

/// A model that watches what enters its linear layers while it reads.
pub struct Calibration {
    observers: Observers,
    model: ProcessorModel,
}

impl Calibration {
    /// The share of tokens whose values a range must hold; those of the others are cut off. A few tokens of a transformer
    /// have values many times larger than all others, and a range that holds them would be too coarse for the rest.
    const SHARE: f64 = 0.999;

    /// Loads a model, in f32.
    ///
    /// # Errors
    /// As [`ProcessorModel::load`].
    pub fn begin(folder: &ModelFolder, tokenizer: &TextTokenizer) -> Result<Self, EncoderError> {
        let observers = Observers::default();
        let model = ProcessorModel::load_observed(folder, tokenizer, Precision::F32, Some(&observers))?;
        Ok(Self { observers, model })
    }

    /// Reads a window, `ids` without special tokens.
    ///
    /// # Errors
    /// As [`Encoder::logits`].
    pub fn read(&self, ids: &[u32]) -> Result<(), EncoderError> {
        self.model.logits(ids.into(), 1).map(drop)
    }

    /// The content of [`ModelFolder::ACTIVATION_RANGES`] for what was read; `None` if nothing was.
    pub fn finish(self) -> Option<Vec<u8>> {
        let ranges: ActivationRanges = self.observers.ranges(Self::SHARE);
        (!ranges.is_empty()).then(|| serde_json::to_vec_pretty(&ranges).unwrap_or_default())
    }
}
