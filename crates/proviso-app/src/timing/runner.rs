//! A loaded model that windows are put through, whole or the encoder alone, on the processor or on a graphics card.

use std::path::Path;

use proviso_encoder::{
    Backbone, BatchEncoder, ComputeDevice, Device, DeviceBackbone, DeviceModel, Encoder, ModelFolder,
    OffloadedModel, OnDisk, Pass, PassReader, Passes, Precision, ProcessorModel, Schedule, TextTokenizer,
};
use proviso_plan::Plan;

use crate::{
    AppError,
    model::{device_model, offload},
};

/// A model of Proviso's runs whole, as a reading would run it; of a bare folder the encoder alone.
pub(crate) enum Runner {
    Model(Box<ProcessorModel>),
    Disk(Box<OffloadedModel>, Schedule),
    Backbone(Box<Backbone>),
    CardModel(Box<DeviceModel>),
    CardBackbone(Box<DeviceBackbone>),
}

/// Special tokens that a whole model puts around a window by itself.
const FRAME: usize = 2;

impl Runner {
    /// Loads a model of Proviso's as planned.
    ///
    /// # Errors
    /// If the model cannot be loaded, or the device has no memory for it.
    pub fn planned(folder: &ModelFolder, plan: &Plan) -> Result<Self, AppError> {
        let Some(settings) = offload(plan) else { return Self::whole(folder, plan.device, plan.precision) };
        if plan.device != Device::Cpu {
            let model = device_model(folder, &TextTokenizer::load(folder)?, plan)?;
            return Ok(Self::CardModel(Box::new(model)));
        }
        let model = OffloadedModel::load(folder, &TextTokenizer::load(folder)?, settings)?;
        Ok(Self::Disk(Box::new(model), Schedule { workers: plan.workers, stand_back: false }))
    }

    /// Loads a model of Proviso's, all of it into the device's memory.
    ///
    /// # Errors
    /// If the model cannot be loaded, or the device has no memory for it.
    pub fn whole(folder: &ModelFolder, device: Device, precision: Precision) -> Result<Self, AppError> {
        let tokenizer = TextTokenizer::load(folder)?;
        Ok(match device {
            Device::Cpu => Self::Model(Box::new(ProcessorModel::load(folder, &tokenizer, precision)?)),
            Device::Cuda(_) | Device::Metal(_) => {
                let device = ComputeDevice::open(device)?;
                Self::CardModel(Box::new(DeviceModel::load(folder, &tokenizer, &device, precision)?))
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
            Self::Model(_) | Self::Disk(..) | Self::CardModel(_) => None,
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
            Self::Model(model) => {
                Ok(windows.iter().try_for_each(|ids| model.logits(unframed(ids), 1).map(drop))?)
            }
            Self::Disk(model, schedule) => {
                let passes = Unframed(windows);
                let reader = OnDisk { model, schedule: *schedule };
                Ok(reader.read(&passes, &|| false, &mut |_, _| {}).map(drop)?)
            }
            Self::Backbone(backbone) => Ok(windows.iter().try_for_each(|ids| backbone.run(ids))?),
            Self::CardModel(model) => {
                let windows: Vec<_> = windows.iter().copied().map(unframed).collect();
                // Nobody cancels.
                Ok(model.logits(&windows, &|| false).map(drop)?)
            }
            Self::CardBackbone(backbone) => Ok(backbone.run(windows)?),
        }
    }
}

/// Windows that go through the layers together.
struct Unframed<'a>(&'a [&'a [u32]]);

impl Passes for Unframed<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, index: usize) -> Pass<'_> {
        unframed(self.0[index])
    }
}

/// What a whole model is given of a window, so that it is as long as asked for with the special tokens.
fn unframed(ids: &[u32]) -> Pass<'_> {
    ids.get(FRAME..).unwrap_or_default().into()
}
