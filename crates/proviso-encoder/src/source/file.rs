//! A file of weights, open, of which ranges are read.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use crate::EncoderError;

/// Most bytes that a header, an index or a directory may have. Those of models with thousands of tensors have less than
/// one megabyte.
pub(super) const LARGEST_HEADER: u64 = 16 << 20;

/// What the text begins with that stands in for a file whose content Git LFS has not fetched.
const GIT_LFS: &[u8] = b"version https://git-lfs";

/// An open file and how long it was when it was opened.
#[derive(Debug)]
pub(crate) struct SourceFile {
    path: PathBuf,
    file: File,
    len: u64,
}

impl SourceFile {
    /// Opens the file for reading.
    ///
    /// # Errors
    /// If it is not there, cannot be read, is no file, or is what Git LFS leaves in place of one.
    pub(crate) fn open(path: PathBuf) -> Result<Self, EncoderError> {
        let failed = |source| EncoderError::Read { path: path.clone(), source };
        // Opening a pipe would wait for a writer.
        if !path.metadata().map_err(failed)?.is_file() {
            return Err(EncoderError::Malformed { path, reason: "it is not a file".into() });
        }
        let file = File::open(&path).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        let file = Self { path, file, len };
        if file.begins_with(GIT_LFS)? {
            let reason = "it is the pointer that Git LFS leaves in place of a file; fetch the file with `git lfs pull`";
            return Err(file.malformed(reason));
        }
        Ok(file)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes when it was opened.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(crate) fn malformed(&self, reason: impl Into<String>) -> EncoderError {
        EncoderError::Malformed { path: self.path.clone(), reason: reason.into() }
    }

    /// Whether the file begins with these bytes.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn begins_with(&self, bytes: &[u8]) -> Result<bool, EncoderError> {
        if self.len < bytes.len() as u64 {
            return Ok(false);
        }
        let mut found = vec![0; bytes.len()];
        self.fill(0, &mut found)?;
        Ok(found == bytes)
    }

    /// The `len` bytes from `first` on, which hold the `what` of the file.
    ///
    /// # Errors
    /// If the file ends before them, they are more than a header may have, or they cannot be read.
    pub(crate) fn header(&self, what: &str, first: u64, len: u64) -> Result<Vec<u8>, EncoderError> {
        let end = first.saturating_add(len);
        if end > self.len {
            let reason = format!(
                "its {what} should end at byte {end} and the file has {}; it is cut off, or of another kind",
                self.len
            );
            return Err(self.malformed(reason));
        }
        if len > LARGEST_HEADER {
            let reason = format!("its {what} has {len} bytes, more than {LARGEST_HEADER}");
            return Err(self.malformed(reason));
        }
        let mut bytes = vec![0; len as usize];
        self.fill(first, &mut bytes)?;
        Ok(bytes)
    }

    /// All of it.
    ///
    /// # Errors
    /// If it has more bytes than `limit`, or cannot be read.
    pub(crate) fn whole(&self, limit: u64) -> Result<Vec<u8>, EncoderError> {
        if self.len > limit {
            return Err(self.malformed(format!("it has {} bytes, more than {limit}", self.len)));
        }
        let mut bytes = vec![0; self.len as usize];
        self.fill(0, &mut bytes)?;
        Ok(bytes)
    }

    /// Fills the buffer with the bytes from `first` on.
    ///
    /// # Errors
    /// If the file ends before the buffer is full, or cannot be read.
    pub(crate) fn fill(&self, first: u64, buffer: &mut [u8]) -> Result<(), EncoderError> {
        read_exact_at(&self.file, buffer, first).map_err(|source| match source.kind() {
            io::ErrorKind::UnexpectedEof => self.malformed(
                "it became shorter while it was read; wait until nothing writes to it, and try again",
            ),
            _ => EncoderError::Read { path: self.path.clone(), source },
        })
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, buffer: &mut [u8], first: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, first)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut buffer: &mut [u8], mut first: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, first) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                buffer = &mut buffer[read..];
                first += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
