//! Bytes into files, and rows into bytes.

use std::{
    io,
    path::{Path, PathBuf},
};

use proviso_disk::{Readers, write_whole};

/// A table could not be made or written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file could not be written; what was there before still is.
    #[error("`{path}` could not be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The findings do not fit the format.
    #[error("the findings could not be put into this format: {0}")]
    Format(String),
    /// The bytes are no receipt of a run.
    #[error(
        "this is no receipt of Proviso that can be read: {0}. Choose the file that was saved as the receipt"
    )]
    Receipt(String),
}

/// Writes a file that others may read, whole or not at all.
///
/// # Errors
/// If the folder is missing or cannot be written to, or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    write_whole(path, bytes, Readers::Anybody)
        .map_err(|source| ExportError::Write { path: path.to_owned(), source })
}

/// A CSV table with a byte order mark, by which Excel knows that it is UTF-8.
pub(crate) fn csv_bytes(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        for row in std::iter::once(header).chain(rows) {
            // Writing to memory fails only where rows differ in length, which the callers' tables do not.
            let written = writer.write_record(&row);
            debug_assert!(written.is_ok(), "{written:?}");
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let message = write_file(&folder.path().join("missing/table.csv"), b"x").unwrap_err().to_string();
        assert!(message.contains("missing/table.csv"), "{message}");
    }
}
