//! Arrays written to a safetensors file.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use proviso_core::Sha256Hex;
use proviso_kernels::{Element, StoredShape};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::{EncoderError, engine::NamedArray};

/// Everything in front of the numbers: the header's length and the header.
pub(super) fn header<'n>(tensors: impl Iterator<Item = (&'n str, &'static str, Vec<usize>, u64)>) -> Vec<u8> {
    let mut entries = Map::new();
    let mut end = 0_u64;
    for (name, dtype, shape, bytes) in tensors {
        let begin = end;
        end += bytes;
        entries.insert(name.into(), json!({"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}));
    }
    let mut header = Value::Object(entries).to_string().into_bytes();
    // The numbers begin at a multiple of eight, as the format advises.
    header.resize(header.len().next_multiple_of(8), b' ');
    [&(header.len() as u64).to_le_bytes(), &header[..]].concat()
}

fn dtype(element: Element) -> &'static str {
    match element {
        Element::F32 => "F32",
        Element::F16 => "F16",
        Element::I8 => "I8",
        Element::U8 => "U8",
    }
}

fn dimensions(shape: StoredShape) -> Vec<usize> {
    vec![shape.panels, shape.rows, shape.width, shape.group]
}

/// A new file that hashes what is written to it.
pub(super) struct HashedFile<'p> {
    path: &'p Path,
    file: File,
    hasher: Sha256,
    bytes: u64,
}

impl<'p> HashedFile<'p> {
    /// Makes the file, in place of one that an interrupted packing left.
    pub fn create(path: &'p Path) -> Result<Self, EncoderError> {
        let file = File::create(path).map_err(|source| failed(path, source))?;
        Ok(Self { path, file, hasher: Sha256::new(), bytes: 0 })
    }

    /// Appends bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), EncoderError> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|source| failed(self.path, source))
    }

    /// Sees that all is on the disk; the hash and the size.
    pub fn finish(self) -> Result<(Sha256Hex, u64), EncoderError> {
        self.file.sync_data().map_err(|source| failed(self.path, source))?;
        Ok((Sha256Hex::from_digest(&self.hasher.finalize().into()), self.bytes))
    }
}

fn failed(path: &Path, source: io::Error) -> EncoderError {
    EncoderError::Write { path: path.to_owned(), source }
}

/// Writes arrays to a new file, one after the other; its hash and size.
///
/// # Errors
/// If the file cannot be written.
pub(super) fn write_arrays(path: &Path, arrays: &[NamedArray<'_>]) -> Result<(Sha256Hex, u64), EncoderError> {
    let mut file = HashedFile::create(path)?;
    let tensors = arrays.iter().map(|NamedArray { name, array }| {
        (name.as_str(), dtype(array.shape.element), dimensions(array.shape), array.bytes.len() as u64)
    });
    file.write(&header(tensors))?;
    arrays.iter().try_for_each(|named| file.write(named.array.bytes))?;
    file.finish()
}
