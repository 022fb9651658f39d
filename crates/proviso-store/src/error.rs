//! What can go wrong with what is kept.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

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
    #[error("{}", database_message(.path, .source))]
    Database {
        /// Its file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The database, or a backup of it, does not hold together.
    #[error("`{path}` is damaged: {what}")]
    Damaged {
        /// Its file.
        path: PathBuf,
        /// The first thing that is wrong with it.
        what: String,
    },
    /// Another program has the database open, so that nothing can be put in its place.
    #[error("another Proviso is using `{path}`; close its other windows and command lines, and try again")]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The file is not where it was when it was opened: what is written to it would be lost.
    #[error(
        "`{path}` was moved, replaced or deleted while Proviso was open; close Proviso and start it again"
    )]
    Gone {
        /// The database.
        path: PathBuf,
    },
    /// A backup was asked for that is not there.
    #[error("there is no backup `{name}` in `{folder}`; choose another one")]
    NoBackup {
        /// What was asked for.
        name: String,
        /// Where backups lie.
        folder: PathBuf,
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

    pub(crate) fn io<'a>(path: &'a Path, action: &'static str) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io { path: path.to_owned(), action, source }
    }

    /// Whether the file itself is at fault, so that another has to take its place.
    pub(crate) fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } => true,
            Self::Database { source, .. } => is_damage(source),
            _ => false,
        }
    }

    /// Whether it is only that nothing can be written.
    pub(crate) fn is_of_writing(&self) -> bool {
        match self {
            Self::Io { .. } => true,
            Self::Database { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(
                    ErrorCode::ReadOnly
                        | ErrorCode::CannotOpen
                        | ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure
                        | ErrorCode::PermissionDenied
                )
            ),
            _ => false,
        }
    }
}

/// Whether SQLite says that a file is damaged, or no database.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// What SQLite said, as what the person can do about it.
fn database_message(path: &Path, source: &rusqlite::Error) -> String {
    let path = path.display();
    match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            format!(
                "the disk with `{path}` is full; make room on it and try again, nothing that was kept is lost"
            )
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => format!(
            "`{path}` cannot be written to; make the file and its folder writable and start Proviso again"
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => format!(
            "another Proviso is writing to `{path}` just now; wait until it is done, or close it, and try again"
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => format!(
            "the database `{path}` is damaged ({source}); close Proviso and start it again, and the newest backup takes its place"
        ),
        _ => format!("the database `{path}` cannot be used: {source}"),
    }
}
