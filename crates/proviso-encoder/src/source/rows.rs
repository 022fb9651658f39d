//! The numbers of a tensor, row by row.

use std::ops::Range;

use super::{Source, SourceTensor, element::Decode, file::SourceFile, strides::Arrangement};
use crate::EncoderError;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

impl Source {
    /// Replaces what is in `out` by some rows of a tensor as f32, row-major: `[rows.len(), tensor.row_len()]`. The rows of a
    /// tensor with one dimension are its numbers.
    ///
    /// # Errors
    /// If there is no such tensor, it has fewer rows, holds integers or lies in the file in an order that cannot be read,
    /// or the file cannot be read. `out` then holds nothing of use.
    pub fn rows(&self, name: &str, rows: Range<usize>, out: &mut Vec<f32>) -> Result<(), EncoderError> {
        let Some(tensor) = self.tensor(name) else {
            return Err(self.malformed(format!("it has no tensor `{name}`")));
        };
        let file = &self.files[tensor.file()];
        if let Some(reason) = tensor.unreadable() {
            return Err(file.malformed(format!("its tensor `{name}` {reason}")));
        }
        if rows.start > rows.end || rows.end > tensor.rows() {
            let reason =
                format!("its tensor `{name}` has {} rows and {rows:?} were asked for", tensor.rows());
            return Err(file.malformed(reason));
        }
        out.clear();
        out.reserve_exact(rows.len() * tensor.row_len());
        match tensor.element().decode() {
            Some(decode) => Reader { file, tensor, decode, bytes: Vec::new() }.rows(rows, out),
            None => Ok(()),
        }
    }

    /// All numbers of a small tensor as f32, row-major.
    ///
    /// # Errors
    /// As [`rows`](Self::rows), or if the tensor has more than [`LARGEST_WHOLE`](Self::LARGEST_WHOLE) numbers.
    pub fn whole(&self, name: &str) -> Result<Vec<f32>, EncoderError> {
        let mut out = Vec::new();
        let tensor = self.tensor(name);
        let (rows, numbers) = tensor.map_or((0, 0), |tensor| (tensor.rows(), tensor.numbers()));
        if numbers > Self::LARGEST_WHOLE {
            let reason =
                format!("its tensor `{name}` of {numbers} numbers is too large to be read as a whole");
            return Err(self.malformed(reason));
        }
        self.rows(name, 0..rows, &mut out)?;
        Ok(out)
    }
}

/// Reads runs of numbers that follow each other in the file.
struct Reader<'s> {
    file: &'s SourceFile,
    tensor: &'s SourceTensor,
    decode: Decode,
    /// What was read last, at most [`CHUNK`].
    bytes: Vec<u8>,
}

impl Reader<'_> {
    fn rows(mut self, rows: Range<usize>, out: &mut Vec<f32>) -> Result<(), EncoderError> {
        let row_len = self.tensor.row_len();
        match *self.tensor.arrangement() {
            Arrangement::Rows { step } if step == row_len as u64 => {
                self.run(rows.start as u64 * step, rows.len() * row_len, out)
            }
            Arrangement::Rows { step } => {
                rows.into_iter().try_for_each(|row| self.run(row as u64 * step, row_len, out))
            }
            Arrangement::Columns { step } => {
                out.resize(rows.len() * row_len, 0.0);
                let mut column = Vec::with_capacity(rows.len());
                for place in 0..row_len {
                    column.clear();
                    self.run(place as u64 * step + rows.start as u64, rows.len(), &mut column)?;
                    let places = out.iter_mut().skip(place).step_by(row_len);
                    places.zip(&column).for_each(|(out, number)| *out = *number);
                }
                Ok(())
            }
            // Refused before.
            Arrangement::Scattered(_) => Ok(()),
        }
    }

    /// Appends the `count` numbers that follow the `first` of the tensor in the file.
    fn run(&mut self, first: u64, count: usize, out: &mut Vec<f32>) -> Result<(), EncoderError> {
        let mut place = self.tensor.place(first);
        let mut left = count * self.tensor.element().bytes();
        while left > 0 {
            let len = left.min(CHUNK);
            self.bytes.resize(len, 0);
            self.file.fill(place, &mut self.bytes)?;
            (self.decode)(&self.bytes, out);
            place += len as u64;
            left -= len;
        }
        Ok(())
    }
}
