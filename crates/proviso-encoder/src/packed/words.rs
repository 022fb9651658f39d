//! The embeddings of words, read row by row from their file.

use std::path::PathBuf;

use half::{f16, slice::HalfFloatSliceExt};
use proviso_kernels::Buffer;

use crate::{
    ElementType, EncoderError,
    source::{file::SourceFile, safetensors},
};

/// The name of the one tensor in the file.
pub(super) const TENSOR: &str = "words";

/// A table of embeddings on the disk, `[vocabulary, width]` in f32 or f16.
#[derive(Debug)]
pub(crate) struct WordRows {
    file: SourceFile,
    begin: u64,
    width: usize,
    is_f16: bool,
}

impl WordRows {
    /// Opens the table, which must have that shape.
    ///
    /// # Errors
    /// If the file cannot be read or holds something else.
    pub fn open(path: PathBuf, vocabulary: usize, width: usize) -> Result<Self, EncoderError> {
        let file = SourceFile::open(path)?;
        let tensors = safetensors::tensors(&file, 0)?;
        let [(name, tensor)] = &tensors[..] else {
            return Err(file.malformed("it holds other tensors than the embeddings of words"));
        };
        let is_f16 = tensor.element() == ElementType::F16;
        if name != TENSOR
            || tensor.shape() != [vocabulary, width]
            || !(is_f16 || tensor.element() == ElementType::F32)
        {
            return Err(file.malformed(format!(
                "its tensor `{name}` is not `{TENSOR}` of the shape [{vocabulary}, {width}] in f32 or f16"
            )));
        }
        let begin = tensor.place(0);
        Ok(Self { begin, width, is_f16, file })
    }

    /// Reads the rows of ids, which are in the vocabulary, one after the other into `words`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn look_up(&self, ids: &[u32], words: &mut Buffer) -> Result<(), EncoderError> {
        let row_bytes = self.width * if self.is_f16 { 2 } else { 4 };
        let mut bytes = vec![0; row_bytes];
        for (id, row) in ids.iter().zip(words.chunks_exact_mut(self.width)) {
            self.file.fill(self.begin + u64::from(*id) * row_bytes as u64, &mut bytes)?;
            if self.is_f16 {
                let halves: Vec<f16> =
                    bytes.as_chunks().0.iter().map(|half| f16::from_le_bytes(*half)).collect();
                halves.convert_to_f32_slice(row);
            } else {
                let numbers = bytes.as_chunks().0.iter().map(|number| f32::from_le_bytes(*number));
                row.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
            }
        }
        Ok(())
    }
}
