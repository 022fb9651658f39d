//! Arrays read from a safetensors file into the memory that is to hold them.

use std::{collections::BTreeMap, path::PathBuf};

use proviso_core::Sha256Hex;
use proviso_kernels::{Element, StoredArray, StoredShape, rearrange};
use sha2::{Digest, Sha256};

use crate::{
    ElementType, EncoderError, SourceTensor,
    engine::NamedArray,
    model_folder::expect_hash,
    source::{file::SourceFile, safetensors},
};

/// The most by which rows or columns of packed weights differ between kernels: what they are padded to.
const MOST_PADDING: usize = 64;

/// A file of arrays, open, of which only the header was read.
#[derive(Debug)]
pub(super) struct ArrayFile {
    file: SourceFile,
    /// In the order in which they lie in the file.
    tensors: Vec<(String, SourceTensor)>,
}

impl ArrayFile {
    /// Reads the header.
    ///
    /// # Errors
    /// If the file cannot be read, or is none of safetensors.
    pub fn open(path: PathBuf) -> Result<Self, EncoderError> {
        let file = SourceFile::open(path)?;
        let tensors = safetensors::tensors(&file, 0)?;
        Ok(Self { file, tensors })
    }

    /// Fills arrays by their names. Where `expected` is given, the file must have that hash.
    ///
    /// # Errors
    /// If an array is missing or of another kind, the file has others too, it is not the one with the hash, or it cannot be
    /// read. The arrays then hold nothing of use.
    pub fn fill(
        &self,
        arrays: Vec<NamedArray<'_>>,
        expected: Option<&Sha256Hex>,
    ) -> Result<(), EncoderError> {
        let mut by_name: BTreeMap<String, StoredArray<'_>> =
            arrays.into_iter().map(|named| (named.name, named.array)).collect();
        let mut hasher = expected.map(|_| Sha256::new());
        let begin = self.tensors.first().map_or(self.file.len(), |(_, tensor)| tensor.place(0));
        if let Some(hasher) = &mut hasher {
            hasher.update(self.file.header("header", 0, begin)?);
        }
        let mut other = Vec::new();
        for (name, tensor) in &self.tensors {
            let Some(array) = by_name.remove(name) else {
                return Err(self.file.malformed(format!("it has an array `{name}` that its model has not")));
            };
            let from = self.shape(name, tensor, array.shape)?;
            let as_stored: &[u8] = if from == array.shape {
                self.file.fill(tensor.place(0), array.bytes)?;
                array.bytes
            } else {
                other.resize(from.bytes(), 0);
                self.file.fill(tensor.place(0), &mut other)?;
                rearrange(from, &other, array.shape, array.bytes);
                &other
            };
            if let Some(hasher) = &mut hasher {
                hasher.update(as_stored);
            }
        }
        if let Some(name) = by_name.keys().next() {
            return Err(self.file.malformed(format!("it has no array `{name}`")));
        }
        match (expected, hasher) {
            (Some(expected), Some(hasher)) => {
                expect_hash(self.file.path(), expected, &Sha256Hex::from_digest(&hasher.finalize().into()))
            }
            _ => Ok(()),
        }
    }

    /// The shape of a tensor as packed weights, if it holds the same weights as `wanted`, perhaps padded otherwise.
    fn shape(
        &self,
        name: &str,
        tensor: &SourceTensor,
        wanted: StoredShape,
    ) -> Result<StoredShape, EncoderError> {
        let malformed = || {
            let found = tensor.shape();
            self.file.malformed(format!(
                "its array `{name}` has the shape {found:?}, which does not fit its model"
            ))
        };
        let &[panels, rows, width, group] = tensor.shape() else { return Err(malformed()) };
        let has_element = match tensor.element() {
            ElementType::F32 => wanted.element == Element::F32,
            ElementType::F16 => wanted.element == Element::F16,
            ElementType::Integer { bytes: 1 } => matches!(wanted.element, Element::I8 | Element::U8),
            _ => false,
        };
        let from = StoredShape { element: wanted.element, panels, rows, width, group };
        let near = |a: usize, b: usize| a.abs_diff(b) < MOST_PADDING;
        let fits = from == wanted
            || near(rows, wanted.rows) && near(panels * width, wanted.panels * wanted.width) && width > 0;
        if has_element && from.is_like(wanted) && fits { Ok(from) } else { Err(malformed()) }
    }
}
