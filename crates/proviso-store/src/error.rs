//! What can go wrong with what is kept.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Something could not be kept, or not be found again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or folder could not be read or written.
    #[error("`{path}` could not be {action}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried, as a participle.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The database could not be opened, read or written.
    #[error("the database `{path}` cannot be used: {source}")]
    Database {
        /// Its file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The database was written by a newer version of the program.
    #[error(
        "the database `{path}` was written by a newer version of Proviso (layout {found}, this version knows {known}); \
         install that version again, or move the file away"
    )]
    Newer {
        /// Its file.
        path: PathBuf,
        /// The layout that it has.
        found: u32,
        /// The newest layout that this version knows.
        known: u32,
    },
}

impl StoreError {
    pub(crate) fn database(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self + '_ {
        |source| Self::Database { path: path.to_owned(), source }
    }
}
