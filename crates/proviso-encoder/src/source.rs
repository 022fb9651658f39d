//! The weights of a Hugging Face folder, read in pieces: no file and no large tensor is ever held as a whole.
//!
//! Opening a folder reads headers only. Everything that a header says is checked against the file before it is believed,
//! and nothing in a file is ever executed: pickles go through a reader that knows tensors and nothing else.

mod element;
pub(crate) mod encoder_prefix;
mod expect;
pub(crate) mod file;
mod find;
mod json;
mod pickle;
mod rows;
mod safetensors;
mod strides;
mod tensor;
mod torch;
mod zip;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::EncoderError;
use file::SourceFile;
use find::{Format, Found};

pub use element::ElementType;
pub use tensor::SourceTensor;

/// The tensors of a folder, by name, in `model.safetensors`, `pytorch_model.bin` or the shards of either.
///
/// The files stay open. What is read of them later is the caller's to bound: a call needs the memory of the rows that it
/// asks for and about a megabyte more.
#[derive(Debug)]
pub struct Source {
    /// The one file, or the index.
    main: PathBuf,
    /// Size of the index in bytes where there is one.
    index_len: Option<u64>,
    files: Vec<SourceFile>,
    tensors: BTreeMap<String, SourceTensor>,
}

impl Source {
    /// Most numbers that [`whole`](Self::whole) reads: 64 MiB of them.
    pub const LARGEST_WHOLE: usize = 16 << 20;

    /// Reads the headers of the weights in `folder`: of the first that is there of `model.safetensors`,
    /// `model.safetensors.index.json`, `pytorch_model.bin` and `pytorch_model.bin.index.json`.
    ///
    /// # Errors
    /// If there is none, or a file cannot be read, is cut off, contradicts itself or the index, or is a pickle that asks
    /// for more than tensors.
    pub fn open(folder: &Path) -> Result<Self, EncoderError> {
        let Found { main, index, format } = find::find(folder)?;
        let names = index.as_ref().map_or_else(|| vec![main.clone()], |index| index.shards(folder));
        let mut source = Self {
            main,
            index_len: index.as_ref().map(|index| index.len),
            files: Vec::with_capacity(names.len()),
            tensors: BTreeMap::new(),
        };
        for path in names {
            source.add(SourceFile::open(path)?, format)?;
        }
        if let Some(index) = index {
            index.check(|name| source.tensors.get(name).map(|tensor| source.path_of(tensor)))?;
        }
        Ok(source)
    }

    fn add(&mut self, file: SourceFile, format: Format) -> Result<(), EncoderError> {
        let place = self.files.len();
        let tensors = match format {
            Format::Safetensors => safetensors::tensors(&file, place)?,
            Format::Torch => torch::tensors(&file, place)?,
        };
        for (name, tensor) in tensors {
            if let Some(other) = self.tensors.get(&name) {
                let reason = if other.file() == place {
                    format!("it has two tensors `{name}`")
                } else {
                    format!("its tensor `{name}` is in `{}` too", self.path_of(other).display())
                };
                return Err(file.malformed(reason));
            }
            self.tensors.insert(name, tensor);
        }
        self.files.push(file);
        Ok(())
    }

    /// The files that the weights are in, each with its size in bytes; an index comes first.
    pub fn files(&self) -> impl Iterator<Item = (&Path, u64)> {
        let index = self.index_len.map(|len| (self.main.as_path(), len));
        index.into_iter().chain(self.files.iter().map(|file| (file.path(), file.len())))
    }

    /// All tensors in the order of their names.
    pub fn tensors(&self) -> impl Iterator<Item = (&str, &SourceTensor)> {
        self.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// The tensor of that full name, if there is one.
    pub fn tensor(&self, name: &str) -> Option<&SourceTensor> {
        self.tensors.get(name)
    }

    /// What the names of the encoder's tensors begin with, such as `bert.`; empty where they begin with `embeddings` or
    /// `encoder` themselves.
    ///
    /// # Errors
    /// If there is no encoder among the tensors, or more than one.
    pub fn encoder_prefix(&self) -> Result<&str, EncoderError> {
        let mut prefixes = encoder_prefix::encoder_prefixes(self.tensors.keys().map(String::as_str));
        match (prefixes.next(), prefixes.next()) {
            (Some(prefix), None) => Ok(prefix),
            (Some(one), Some(other)) => {
                Err(self.malformed(format!("it has two encoders, under `{one}` and `{other}`")))
            }
            (None, _) => Err(self.malformed(format!("it has no tensor `{}`", encoder_prefix::ANCHOR))),
        }
    }

    /// The file that a tensor of this source is in.
    fn path_of(&self, tensor: &SourceTensor) -> &Path {
        self.files[tensor.file()].path()
    }

    fn malformed(&self, reason: String) -> EncoderError {
        EncoderError::Malformed { path: self.main.clone(), reason }
    }
}
