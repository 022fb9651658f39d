//! Bytes into files, and rows into bytes.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

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

/// Writes a file beside its place and renames it, so that there is never half of one.
///
/// # Errors
/// If the folder is missing or cannot be written to, or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let write = || -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".proviso-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        make_readable(file.path())?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder);
        Ok(())
    };
    write().map_err(|source| ExportError::Write { path: path.to_owned(), source })
}

/// Lets the new name outlast a power cut, where the system can do that.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Temporary files are private; a table is as readable as any file that a person saves.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(drop)
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
    fn a_file_is_replaced_whole_or_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write_file(&path, b"old").unwrap();
        write_file(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        let message = write_file(&folder.path().join("missing/table.csv"), b"x").unwrap_err().to_string();
        assert!(message.contains("missing/table.csv"), "{message}");
    }
}
