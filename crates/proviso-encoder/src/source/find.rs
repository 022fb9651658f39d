//! Which files of a folder hold its weights.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{file::SourceFile, json::Entries};
use crate::EncoderError;

/// How a file of weights is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Format {
    /// A header in JSON, then the numbers.
    Safetensors,
    /// What `torch.save` writes: a ZIP archive with a pickle and the numbers.
    Torch,
}

/// The weights of a folder.
#[derive(Debug)]
pub(super) struct Found {
    /// The one file, or the index.
    pub(super) main: PathBuf,
    /// What the index says, if there is one.
    pub(super) index: Option<Index>,
    pub(super) format: Format,
}

/// The single files and the indices, in the order in which they are looked for.
const CANDIDATES: [(&str, bool, Format); 4] = [
    ("model.safetensors", false, Format::Safetensors),
    ("model.safetensors.index.json", true, Format::Safetensors),
    ("pytorch_model.bin", false, Format::Torch),
    ("pytorch_model.bin.index.json", true, Format::Torch),
];

/// Finds the weights in `folder`.
///
/// # Errors
/// If there are none, or the index cannot be read or names what is not a file of the folder.
pub(super) fn find(folder: &Path) -> Result<Found, EncoderError> {
    for (name, is_index, format) in CANDIDATES {
        let main = folder.join(name);
        if main.is_file() {
            let index = if is_index { Some(Index::read(main.clone())?) } else { None };
            return Ok(Found { main, index, format });
        }
    }
    Err(EncoderError::NoWeights(folder.to_owned()))
}

/// Which shard each tensor is in.
#[derive(Debug)]
pub(super) struct Index {
    path: PathBuf,
    /// Size in bytes.
    pub(super) len: u64,
    shards: BTreeMap<String, String>,
}

/// An index file.
#[derive(Deserialize)]
struct IndexFile {
    weight_map: Entries<String>,
}

impl Index {
    fn read(path: PathBuf) -> Result<Self, EncoderError> {
        let file = SourceFile::open(path.clone())?;
        let bytes = file.header("content", 0, file.len())?;
        let parsed: IndexFile =
            serde_json::from_slice(&bytes).map_err(|error| file.malformed(error.to_string()))?;
        let mut shards = BTreeMap::new();
        for (name, shard) in parsed.weight_map.0 {
            if !is_file_name(&shard) {
                let reason =
                    format!("it has tensor `{name}` in `{shard}`, which is not a file of its folder");
                return Err(file.malformed(reason));
            }
            if !path.with_file_name(&shard).is_file() {
                let reason = format!("it has tensor `{name}` in `{shard}`, and that file is missing");
                return Err(file.malformed(reason));
            }
            if shards.insert(name.clone(), shard).is_some() {
                return Err(file.malformed(format!("it names the tensor `{name}` twice")));
            }
        }
        if shards.is_empty() {
            return Err(file.malformed("it names no tensors"));
        }
        Ok(Self { path, len: file.len(), shards })
    }

    /// The shards' paths in the order of their names, each once.
    pub(super) fn shards(&self, folder: &Path) -> Vec<PathBuf> {
        let names: BTreeSet<&String> = self.shards.values().collect();
        names.into_iter().map(|name| folder.join(name)).collect()
    }

    /// Checks that each tensor is in the file where `found` says it is.
    ///
    /// # Errors
    /// If one is not.
    pub(super) fn check<'f>(&self, found: impl Fn(&str) -> Option<&'f Path>) -> Result<(), EncoderError> {
        for (name, shard) in &self.shards {
            if found(name).and_then(Path::file_name).is_none_or(|file| *file != **shard) {
                let reason = format!("it has tensor `{name}` in `{shard}`, where it is not");
                return Err(EncoderError::Malformed { path: self.path.clone(), reason });
            }
        }
        Ok(())
    }
}

/// Whether this names a file in the folder itself, on any system.
fn is_file_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', ':', '\0'])
}
