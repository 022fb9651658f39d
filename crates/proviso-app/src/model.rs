//! A model found and loaded.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use proviso_core::Category;
use proviso_encoder::{
    BatchReader, BatchSize, ComputeDevice, DeviceError, DeviceModel, DeviceOffload, EncoderError,
    LoadFallback, Manifest, ModelFolder, ModelKind, OffloadSettings, PassReader, Schedule, TextTokenizer,
    Timed,
};
use proviso_plan::{Device, ModelNeeds, Packed, Placement, Plan};

use crate::{
    AppError,
    encoder_shape::EncoderShape,
    on_processor::{ModelOnProcessor, ProcessorReader},
};

/// The model that is used where none is named.
const BUNDLED: &str = "proviso-mini";

/// A model that is loaded and ready to read.
pub struct Model {
    folder: ModelFolder,
    pub(crate) tokenizer: TextTokenizer,
    loaded: Loaded,
    /// What happened while it was loaded and is to be told once.
    notice: Mutex<Option<String>>,
}

/// Where the weights are.
enum Loaded {
    Processor(ModelOnProcessor),
    Card {
        reader: Box<BatchReader<DeviceModel>>,
        /// Whether all layers are there, so that only the size of a batch decides the pace.
        whole: bool,
    },
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

    /// Loads the tokenizer and the weights as planned. Where a graphics card cannot take them, the processor does, which
    /// [`notices`](Self::take_notices) tell.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(folder: ModelFolder, plan: &Plan) -> Result<Self, AppError> {
        let tokenizer = TextTokenizer::load(&folder)?;
        let on_processor = |precision| ModelOnProcessor::load(&folder, &tokenizer, precision, offload(plan));
        let (loaded, notice) = match plan.device {
            Device::Cpu => (Loaded::Processor(on_processor(plan.precision)?), None),
            Device::Cuda(_) | Device::Metal(_) => match on_card(&folder, &tokenizer, plan) {
                Ok(reader) => {
                    let whole = plan.placement == Placement::Memory;
                    (Loaded::Card { reader: Box::new(reader), whole }, None)
                }
                Err(DeviceError::Failed(error)) if !matches!(error, EncoderError::NoDevice { .. }) => {
                    return Err(error.into());
                }
                Err(error) => {
                    let notice = format!("The processor reads in place of the graphics card: {error}.");
                    (Loaded::Processor(on_processor(plan.fallback)?), Some(notice))
                }
            },
        };
        Ok(Self { folder, tokenizer, loaded, notice: Mutex::new(notice) })
    }

    /// Hands what sends windows through the model to `read`. The schedule is for a model on the processor.
    pub(crate) fn with_reader<T>(&self, schedule: Schedule, read: impl FnOnce(&dyn PassReader) -> T) -> T {
        match &self.loaded {
            Loaded::Processor(model) => model.with_reader(schedule, read),
            Loaded::Card { reader, .. } => read(&**reader),
        }
    }

    /// The batch size that was found best on a graphics card, once it is known.
    pub(crate) fn learned_batch(&self) -> Option<Timed> {
        match &self.loaded {
            Loaded::Card { reader, whole: true } => reader.learned(),
            Loaded::Card { .. } | Loaded::Processor(_) => None,
        }
    }

    /// What happened to the graphics card since this was asked last, in sentences.
    pub fn take_notices(&self) -> Vec<String> {
        let of_card = match &self.loaded {
            Loaded::Processor(_) => Vec::new(),
            Loaded::Card { reader, .. } => reader.take_notices(),
        };
        let of_loading = self.notice.lock().unwrap_or_else(PoisonError::into_inner).take();
        of_loading.into_iter().chain(of_card.iter().map(ToString::to_string)).collect()
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
        let shape = EncoderShape::read(folder.path())?;
        Ok(ModelNeeds {
            parameters: manifest.parameters,
            embedding_parameters: shape.embedding_parameters().min(manifest.parameters),
            embedding_bytes: if manifest.precision == "f16" { 2 } else { 4 },
            width: shape.hidden_size,
            inner_width: shape.intermediate_size,
            heads: shape.num_attention_heads,
            distances: shape.distances(),
            window_length: manifest.window.length,
            calibrated: folder.is_calibrated(),
            layers: shape.num_hidden_layers,
            packed: manifest.packed.map(|packed| Packed {
                precision: packed.precision,
                layer_bytes: packed.layer_bytes,
                around_bytes: packed.stem_bytes,
            }),
            questions: match manifest.kind {
                ModelKind::SpanTagger => None,
                ModelKind::QuestionAnswering => Some(Category::ALL.len() as u32),
            },
        })
    }
}

/// How a plan spreads the layers on the processor, if not all are in memory.
pub(crate) fn offload(plan: &Plan) -> Option<OffloadSettings> {
    match plan.placement {
        Placement::Memory => None,
        Placement::Disk(offload) => {
            Some(OffloadSettings { resident: offload.resident, group: offload.group })
        }
    }
}

/// Loads a model onto the card of a plan, with as many layers there as planned.
///
/// # Errors
/// As [`DeviceModel::load_spread`].
pub(crate) fn device_model(
    folder: &ModelFolder,
    tokenizer: &TextTokenizer,
    plan: &Plan,
) -> Result<DeviceModel, DeviceError> {
    let device = ComputeDevice::open(plan.device)?;
    match plan.placement {
        Placement::Memory => DeviceModel::load(folder, tokenizer, &device, plan.precision),
        Placement::Disk(offload) => {
            let offload = DeviceOffload {
                on_device: offload.on_card,
                resident: offload.resident,
                at_once: plan.batch.most,
            };
            DeviceModel::load_spread(folder, tokenizer, &device, plan.precision, offload)
        }
    }
}

fn on_card(
    folder: &ModelFolder,
    tokenizer: &TextTokenizer,
    plan: &Plan,
) -> Result<BatchReader<DeviceModel>, DeviceError> {
    let model = device_model(folder, tokenizer, plan)?;
    let size = match plan.placement {
        Placement::Memory => BatchSize::new(plan.batch.first, plan.batch.most),
        // As many as there is memory for share each layer that is brought.
        Placement::Disk(offload) => BatchSize::new(offload.group, offload.group),
    };
    let (folder, precision, offload) = (folder.clone(), plan.fallback, offload(plan));
    let schedule = Schedule { workers: plan.workers, stand_back: true };
    let load_fallback: Box<LoadFallback> = Box::new(move || {
        let tokenizer = TextTokenizer::load(&folder)?;
        let model = ModelOnProcessor::load(&folder, &tokenizer, precision, offload)?;
        Ok(Box::new(ProcessorReader { model, schedule }))
    });
    Ok(BatchReader::new(model, size, load_fallback))
}

/// The model that comes with Proviso.
///
/// # Errors
/// If it is not there, or cannot be used.
pub(crate) fn bundled(folders: &[PathBuf]) -> Result<ModelFolder, AppError> {
    Model::find(None, folders)
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
