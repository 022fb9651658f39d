//! A model on the processor: all of it in memory, or some of its layers on the disk.

use proviso_encoder::{
    Cancelled, EncoderError, Logits, ModelFolder, OffloadSettings, OffloadedModel, OnDisk, OnProcessor,
    PassReader, Passes, Precision, ProcessorModel, Schedule, TextTokenizer,
};

/// A model that the processor computes.
pub(crate) enum ModelOnProcessor {
    Memory(Box<ProcessorModel>),
    Disk(Box<OffloadedModel>),
}

/// Such a model with how its windows are run, to be read with later.
pub(crate) struct ProcessorReader {
    pub model: ModelOnProcessor,
    pub schedule: Schedule,
}

impl ModelOnProcessor {
    /// Loads a model; `offload` says what of it stays in memory, if not all does.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
        offload: Option<OffloadSettings>,
    ) -> Result<Self, EncoderError> {
        Ok(match offload {
            Some(settings) => Self::Disk(Box::new(OffloadedModel::load(folder, tokenizer, settings)?)),
            None => Self::Memory(Box::new(ProcessorModel::load(folder, tokenizer, precision)?)),
        })
    }

    /// Hands what sends windows through the model to `read`.
    pub fn with_reader<T>(&self, schedule: Schedule, read: impl FnOnce(&dyn PassReader) -> T) -> T {
        match self {
            Self::Memory(model) => read(&OnProcessor { encoder: &**model, schedule }),
            Self::Disk(model) => read(&OnDisk { model, schedule }),
        }
    }
}

impl PassReader for ProcessorReader {
    fn outputs(&self) -> usize {
        self.model.with_reader(self.schedule, |reader| reader.outputs())
    }

    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        self.model.with_reader(self.schedule, |reader| reader.read(passes, is_cancelled, on_logits))
    }
}
