//! A loaded model that windows are put through, whole or the encoder alone, on the processor or on a graphics card.

use std::path::Path;

use proviso_encoder::{
    Backbone, BatchEncoder, ComputeDevice, Device, DeviceBackbone, DeviceTagger, Encoder, ModelFolder,
    Precision, SpanTagger, TextTokenizer,
};

use crate::AppError;

/// A model of Proviso's runs whole, as a reading would run it; of a bare folder the encoder alone.
pub(crate) enum Runner {
    Tagger(Box<SpanTagger>),
    Backbone(Box<Backbone>),
    CardTagger(Box<DeviceTagger>),
    CardBackbone(Box<DeviceBackbone>),
}

/// Special tokens that a whole model puts around a window by itself.
const FRAME: usize = 2;

impl Runner {
    /// Loads a model of Proviso's.
    ///
    /// # Errors
    /// If the model cannot be loaded, or the device has no memory for it.
    pub fn whole(folder: &ModelFolder, device: Device, precision: Precision) -> Result<Self, AppError> {
        let tokenizer = TextTokenizer::load(folder)?;
        Ok(match device {
            Device::Cpu => Self::Tagger(Box::new(SpanTagger::load(folder, &tokenizer, precision)?)),
            Device::Cuda(_) | Device::Metal(_) => {
                let device = ComputeDevice::open(device)?;
                Self::CardTagger(Box::new(DeviceTagger::load(folder, &tokenizer, &device, precision)?))
            }
        })
    }

    /// Loads the encoder of a Hugging Face folder.
    ///
    /// # Errors
    /// If the model cannot be loaded, or the device has no memory for it.
    pub fn bare(folder: &Path, device: Device, precision: Precision) -> Result<Self, AppError> {
        Ok(match device {
            Device::Cpu => Self::Backbone(Box::new(Backbone::load(folder, precision)?)),
            Device::Cuda(_) | Device::Metal(_) => {
                let device = ComputeDevice::open(device)?;
                Self::CardBackbone(Box::new(DeviceBackbone::load(folder, &device, precision)?))
            }
        })
    }

    /// Tokens of the longest window, the special ones included, where the model itself tells it.
    pub fn longest_window(&self) -> Option<usize> {
        match self {
            Self::Tagger(_) | Self::CardTagger(_) => None,
            Self::Backbone(backbone) => Some(backbone.longest_window()),
            Self::CardBackbone(backbone) => Some(backbone.longest_window()),
        }
    }

    /// Runs windows of so many tokens as they have: together on a graphics card, one after the other on the processor.
    ///
    /// # Errors
    /// If a window is longer than the model reads, or the device fails.
    pub fn run(&self, windows: &[&[u32]]) -> Result<(), AppError> {
        match self {
            Self::Tagger(tagger) => {
                Ok(windows.iter().try_for_each(|ids| tagger.span_logits(unframed(ids)).map(drop))?)
            }
            Self::Backbone(backbone) => Ok(windows.iter().try_for_each(|ids| backbone.run(ids))?),
            Self::CardTagger(tagger) => {
                let windows: Vec<_> = windows.iter().copied().map(unframed).collect();
                Ok(tagger.span_logits_batch(&windows).map(drop)?)
            }
            Self::CardBackbone(backbone) => Ok(backbone.run(windows)?),
        }
    }
}

/// What a whole model is given of a window, so that it is as long as asked for with the special tokens.
fn unframed(ids: &[u32]) -> &[u32] {
    ids.get(FRAME..).unwrap_or_default()
}
