//! The tensors of a model file, or of its shards, by name.

use std::path::{Path, PathBuf};

use candle_core::{DType, Device, safetensors::BufferedSafetensors};
use half::f16;

use crate::EncoderError;

/// The tensor beside which all others of an encoder are found.
const ANCHOR: &str = "embeddings.word_embeddings.weight";

/// Named tensors under a prefix of their names.
#[derive(Clone)]
pub(crate) struct Weights<'a> {
    shards: &'a [Shard],
    prefix: String,
}

/// A safetensors file.
pub(crate) struct Shard {
    path: PathBuf,
    tensors: BufferedSafetensors,
}

impl Shard {
    /// Reads the header of a safetensors file whose content is `bytes`.
    ///
    /// # Errors
    /// If it is no such file.
    pub(crate) fn new(path: &Path, bytes: Vec<u8>) -> Result<Self, EncoderError> {
        let tensors = BufferedSafetensors::new(bytes)
            .map_err(|error| EncoderError::Malformed { path: path.to_owned(), reason: error.to_string() })?;
        Ok(Self { path: path.to_owned(), tensors })
    }

    fn malformed(&self, reason: impl Into<String>) -> EncoderError {
        EncoderError::Malformed { path: self.path.clone(), reason: reason.into() }
    }
}

/// A table of vectors as its file holds it.
pub(crate) enum Table {
    F32(Vec<f32>),
    F16(Vec<f16>),
}

impl<'a> Weights<'a> {
    pub(crate) fn new(shards: &'a [Shard]) -> Self {
        Self { shards, prefix: String::new() }
    }

    /// The tensors under `name`.
    pub(crate) fn under(&self, name: &str) -> Self {
        Self { shards: self.shards, prefix: self.full_name(name) }
    }

    /// The tensors of the encoder, whether or not their names begin with that of an architecture: those beside the one
    /// whose name ends in [`ANCHOR`].
    ///
    /// # Errors
    /// If there is no such tensor.
    pub(crate) fn encoder(&self) -> Result<Self, EncoderError> {
        let names = self.shards.iter().flat_map(|shard| shard.tensors.tensors());
        let mut prefixes = names.filter_map(|(name, _)| {
            let prefix = name.strip_suffix(ANCHOR)?;
            prefix.is_empty().then(String::new).or_else(|| prefix.strip_suffix('.').map(str::to_owned))
        });
        let prefix = prefixes.next().ok_or_else(|| self.missing(ANCHOR))?;
        Ok(Self { shards: self.shards, prefix })
    }

    /// Number of weights under all names.
    pub(crate) fn parameters(&self) -> u64 {
        let tensors = self.shards.iter().flat_map(|shard| shard.tensors.tensors());
        tensors.map(|(_, view)| view.shape().iter().product::<usize>() as u64).sum()
    }

    fn has(&self, name: &str) -> bool {
        let name = self.full_name(name);
        self.shards.iter().any(|shard| shard.tensors.get(&name).is_ok())
    }

    /// The tensor of that name as f32, row-major.
    ///
    /// # Errors
    /// If there is none, or it has another shape.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        let (shard, name) = self.find(name, shape)?;
        let load = || shard.tensors.load(&name, &Device::Cpu)?.to_dtype(DType::F32)?.flatten_all()?.to_vec1();
        load().map_err(|error: candle_core::Error| shard.malformed(error.to_string()))
    }

    /// Weights `[outputs, inputs]` and bias of the linear layer of that name, both multiplied with `scale`.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape.
    pub(crate) fn linear(
        &self,
        name: &str,
        outputs: usize,
        inputs: usize,
        scale: f32,
    ) -> Result<(Vec<f32>, Vec<f32>), EncoderError> {
        let part = self.under(name);
        let mut weight = part.get("weight", &[outputs, inputs])?;
        let mut bias = part.get("bias", &[outputs])?;
        if scale != 1.0 {
            weight.iter_mut().chain(&mut bias).for_each(|number| *number *= scale);
        }
        Ok((weight, bias))
    }

    /// Scale and shift of the layer normalisation of that name.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape.
    pub(crate) fn norm(&self, name: &str, width: usize) -> Result<(Vec<f32>, Vec<f32>), EncoderError> {
        let part = self.under(name);
        // Checkpoints converted from TensorFlow use the older names.
        let (scale, shift) = if part.has("gamma") { ("gamma", "beta") } else { ("weight", "bias") };
        Ok((part.get(scale, &[width])?, part.get(shift, &[width])?))
    }

    /// The tensor of that name as f16 where the file holds it so, else as f32.
    ///
    /// # Errors
    /// If there is none, or it has another shape.
    pub(crate) fn table(&self, name: &str, shape: &[usize]) -> Result<Table, EncoderError> {
        let (shard, full_name) = self.find(name, shape)?;
        let load = || shard.tensors.load(&full_name, &Device::Cpu)?.flatten_all()?.to_vec1();
        let dtype = shard.tensors.get(&full_name).map(|view| view.dtype());
        if dtype.is_ok_and(|dtype| DType::try_from(dtype).is_ok_and(|dtype| dtype == DType::F16)) {
            load().map(Table::F16).map_err(|error: candle_core::Error| shard.malformed(error.to_string()))
        } else {
            self.get(name, shape).map(Table::F32)
        }
    }

    fn find(&self, name: &str, shape: &[usize]) -> Result<(&'a Shard, String), EncoderError> {
        let name = self.full_name(name);
        for shard in self.shards {
            let Ok(view) = shard.tensors.get(&name) else { continue };
            if view.shape() != shape {
                return Err(shard.malformed(format!(
                    "its tensor `{name}` has the shape {:?} where `config.json` asks for {shape:?}",
                    view.shape()
                )));
            }
            return Ok((shard, name));
        }
        Err(self.missing(&name))
    }

    fn missing(&self, full_name: &str) -> EncoderError {
        let path = self.shards.first().map_or_else(PathBuf::new, |shard| shard.path.clone());
        EncoderError::Malformed { path, reason: format!("it has no tensor `{full_name}`") }
    }

    fn full_name(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) }
    }
}
