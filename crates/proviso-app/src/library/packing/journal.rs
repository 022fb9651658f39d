//! What of an import is done, so that an interrupted one is gone on with.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use proviso_core::{Precision, Sha256Hex};
use proviso_encoder::{Packing, kernel_name};
use serde::{Deserialize, Serialize};

use super::{LibraryError, source_state};
use crate::VERSION;

/// The file beside those that were written.
const FILE: &str = "import.json";

/// What the files are made from and how; files made otherwise are of no use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Origin {
    version: String,
    precision: Precision,
    kernels: String,
    /// Path, size and time of the last change.
    source: Vec<(PathBuf, u64, Option<u64>)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    origin: Origin,
    /// Hash and size of each file that is whole.
    written: BTreeMap<String, (Sha256Hex, u64)>,
}

/// The journal of the import into one folder.
pub(super) struct Journal {
    path: PathBuf,
    content: Content,
}

impl Journal {
    /// Reads what an interrupted import left in `folder`. What is of another origin, or not whole, is dropped.
    ///
    /// # Errors
    /// If the folder cannot be written to.
    pub fn open(folder: &Path, packing: &Packing) -> Result<Self, LibraryError> {
        let origin = Origin {
            version: VERSION.to_owned(),
            precision: packing.precision(),
            kernels: kernel_name(packing.precision()).to_owned(),
            source: source_state(packing),
        };
        let path = folder.join(FILE);
        let found = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Content>(&bytes).ok());
        let mut written = match found {
            Some(content) if content.origin == origin => content.written,
            _ => BTreeMap::new(),
        };
        let size = |name: &str| fs::metadata(folder.join(name)).map(|file| file.len()).ok();
        written.retain(|name, (_, bytes)| size(name) == Some(*bytes));
        let journal = Self { path, content: Content { origin, written } };
        journal.save()?;
        Ok(journal)
    }

    /// Bytes that are written already.
    pub fn bytes(&self) -> u64 {
        self.content.written.values().map(|(_, bytes)| bytes).sum()
    }

    /// The size of a file, if it is there.
    pub fn there(&self, file: &str) -> Option<u64> {
        self.content.written.get(file).map(|(_, bytes)| *bytes)
    }

    /// Notes a file that is on the disk.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn note(&mut self, file: &str, hash: Sha256Hex, bytes: u64) -> Result<(), LibraryError> {
        self.content.written.insert(file.to_owned(), (hash, bytes));
        self.save()
    }

    /// All files with their hashes and sizes.
    pub fn into_written(self) -> BTreeMap<String, (Sha256Hex, u64)> {
        self.content.written
    }

    /// Replaces the file as a whole: after a power cut there is the old one or the new one.
    fn save(&self) -> Result<(), LibraryError> {
        let beside = self.path.with_extension("new");
        let write = || {
            let mut file = File::create(&beside)?;
            file.write_all(&serde_json::to_vec(&self.content)?)?;
            file.sync_data()?;
            fs::rename(&beside, &self.path)
        };
        write().map_err(LibraryError::writing(&self.path))
    }
}

/// Removes the journal of an import that is complete.
///
/// # Errors
/// If it cannot be removed.
pub(in super::super) fn remove(folder: &Path) -> Result<(), LibraryError> {
    let path = folder.join(FILE);
    fs::remove_file(&path).map_err(LibraryError::writing(path))
}
