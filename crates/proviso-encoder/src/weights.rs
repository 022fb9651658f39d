//! The tensors of a model file, or of its shards, by name.

use std::path::{Path, PathBuf};

use candle_core::{DType, Device, safetensors::BufferedSafetensors};
use half::f16;

use crate::EncoderError;

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
    /// whose name ends in `anchor`.
    pub(crate) fn beside(&self, anchor: &str) -> Option<Self> {
        let names = self.shards.iter().flat_map(|shard| shard.tensors.tensors());
        let mut prefixes = names.filter_map(|(name, _)| {
            let prefix = name.strip_suffix(anchor)?;
            prefix.is_empty().then(String::new).or_else(|| prefix.strip_suffix('.').map(str::to_owned))
        });
        prefixes.next().map(|prefix| Self { shards: self.shards, prefix })
    }

    /// Number of weights under all names.
    pub(crate) fn parameters(&self) -> u64 {
        let tensors = self.shards.iter().flat_map(|shard| shard.tensors.tensors());
        tensors.map(|(_, view)| view.shape().iter().product::<usize>() as u64).sum()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
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
        let first = self.shards.first().map_or_else(PathBuf::new, |shard| shard.path.clone());
        Err(EncoderError::Malformed { path: first, reason: format!("it has no tensor `{name}`") })
    }

    fn full_name(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) }
    }
}
