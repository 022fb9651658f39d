//! What is known of a tensor before its numbers are read.

use super::{element::ElementType, strides::Arrangement};

/// Most dimensions that a tensor may have; those of models have up to four.
pub(super) const MOST_DIMENSIONS: usize = 8;

/// A tensor of a source: its shape, its type, and where its numbers lie.
#[derive(Debug, Clone)]
pub struct SourceTensor {
    shape: Vec<usize>,
    element: ElementType,
    file: usize,
    /// Bytes before its first number in the file.
    offset: u64,
    arrangement: Arrangement,
}

impl SourceTensor {
    /// A tensor of which file number `file` has `room` bytes from `offset` on. Its numbers lie `strides` apart in its
    /// dimensions, or in the order of its rows where none are given.
    ///
    /// # Errors
    /// In words: if the shape is more than can be counted, the strides are not of its dimensions, or the numbers would not
    /// all lie in that room.
    pub(super) fn new(
        shape: Vec<usize>,
        strides: Option<&[u64]>,
        element: ElementType,
        file: usize,
        (offset, room): (u64, u64),
    ) -> Result<Self, String> {
        if shape.len() > MOST_DIMENSIONS {
            return Err(format!("has {} dimensions, more than {MOST_DIMENSIONS}", shape.len()));
        }
        // Without the zeros: the product of any part of the shape is then countable too.
        let bytes = shape
            .iter()
            .filter(|size| **size > 0)
            .try_fold(element.bytes(), |bytes, size| bytes.checked_mul(*size));
        if bytes.is_none() {
            return Err(format!("has the shape {shape:?}, which is more than can be counted"));
        }
        let arrangement = match strides {
            None => Arrangement::Rows { step: shape.iter().skip(1).map(|size| *size as u64).product() },
            Some(strides) if strides.len() == shape.len() => Arrangement::new(&shape, strides),
            Some(strides) => {
                return Err(format!("has {} strides for {} dimensions", strides.len(), shape.len()));
            }
        };
        let extent = arrangement.extent(&shape).and_then(|extent| extent.checked_mul(element.bytes() as u64));
        if extent.is_none_or(|extent| extent > room) {
            return Err(format!("has the shape {shape:?}, for which its {room} bytes are too few"));
        }
        Ok(Self { shape, element, file, offset, arrangement })
    }

    /// Its dimensions, the slowest first; none if it is a single number.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The type of its numbers in the file.
    pub fn element(&self) -> ElementType {
        self.element
    }

    /// Its rows: the size of the first dimension, 1 if it has none.
    pub fn rows(&self) -> usize {
        self.shape.first().copied().unwrap_or(1)
    }

    /// Numbers of a row: the product of all dimensions but the first.
    pub fn row_len(&self) -> usize {
        self.shape.iter().skip(1).product()
    }

    /// How many numbers it has.
    pub fn numbers(&self) -> usize {
        self.shape.iter().product()
    }

    /// Why its rows cannot be read, if so.
    pub(super) fn unreadable(&self) -> Option<String> {
        match &self.arrangement {
            Arrangement::Scattered(strides) => Some(format!(
                "lies in the file by strides of {strides:?}, which is not supported; save the model again with \
                 `.contiguous()` tensors"
            )),
            _ if self.element.decode().is_none() => Some("holds integers".into()),
            _ => None,
        }
    }

    /// Place of its file among those of the source.
    pub(super) fn file(&self) -> usize {
        self.file
    }

    /// Place in the file, in bytes, of the number that comes `numbers` behind the first in the file.
    pub(crate) fn place(&self, numbers: u64) -> u64 {
        self.offset + numbers * self.element.bytes() as u64
    }

    pub(super) fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }
}
