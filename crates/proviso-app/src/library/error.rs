//! What can go wrong when the person's own models are changed.

use std::{io, path::PathBuf};

/// A model cannot be imported or removed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The name cannot be that of a folder everywhere.
    #[error(
        "`{0}` cannot be the name of a model: a name has letters, digits, blanks and the signs `.`, `-` and `_`, begins \
         with a letter or digit, does not end with a blank or `.`, and is at most 100 bytes long"
    )]
    BadName(String),
    /// The person has a model of that name.
    #[error(
        "there is a model `{name}` already, in `{path}`; remove it with `proviso models remove {name}`, or choose \
         another name with `--name`"
    )]
    Imported {
        /// The name.
        name: String,
        /// Its folder.
        path: PathBuf,
    },
    /// A model of that name came with Proviso, or lies in a folder that was named for this run.
    #[error(
        "there is a model `{name}` already, in `{path}`, which is not one of your own; choose another name with `--name`"
    )]
    Taken {
        /// The name.
        name: String,
        /// Its folder.
        path: PathBuf,
    },
    /// Where the model would lie there is something else.
    #[error("`{0}` is in the way and is not a model; move it, or choose another name with `--name`")]
    InTheWay(PathBuf),
    /// The model is not the person's own.
    #[error("the model `{name}` in `{path}` is not one that you imported, so it is not removed")]
    NotOwn {
        /// The name.
        name: String,
        /// Its folder.
        path: PathBuf,
    },
    /// Only models in Proviso's layout are calibrated while they are imported.
    #[error(
        "the model `{0}` cannot be calibrated while it is imported from a Hugging Face folder; import it without `--calibrate`"
    )]
    NotCalibrated(String),
    /// The disk has no room for the model.
    #[error(
        "the model needs {needed_mb} MB in `{path}`, where {free_mb} MB are free; make room, or choose smaller numbers with \
         `--precision`. Nothing was written"
    )]
    NoRoom {
        /// Where it would lie.
        path: PathBuf,
        /// Megabytes of the model.
        needed_mb: u64,
        /// Megabytes that are free.
        free_mb: u64,
    },
    /// Another program changes the models.
    #[error("another import or removal is under way in `{0}`; try again when it has ended")]
    Busy(PathBuf),
    /// A file or folder of the person's own models cannot be changed.
    #[error("`{path}` cannot be written: {source}. Your models are as they were")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LibraryError {
    /// To be given to `map_err`.
    pub(super) fn writing(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::Write { path, source }
    }
}
