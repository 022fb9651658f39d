//! Files that are being written. Each is locked by its program, and the system frees the lock when the program ends, however it
//! ends: one that can be locked belongs to nobody.

use std::{
    fs::{self, OpenOptions, TryLockError},
    io,
    path::Path,
};

use tempfile::NamedTempFile;

/// How their names begin; letters and digits that were drawn by lot follow.
const PREFIX: &str = ".proviso-";
/// How many.
const DRAWN: usize = 6;
/// How often a file is begun that another program takes for one without an owner before it is locked.
const TRIES: usize = 16;

/// Begins a file in a folder.
pub(crate) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let file = tempfile::Builder::new().prefix(PREFIX).rand_bytes(DRAWN).tempfile_in(folder)?;
        // On a disk without locks nobody else can lock it either.
        let is_held = !matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Between its making and its lock it may have been removed.
        if is_held && file.path().exists() {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Removes what programs left in a folder that ended while they wrote. What cannot be removed stays.
pub(crate) fn remove(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_ours(&entry.file_name().to_string_lossy()) {
            remove_if_left(&entry.path());
        }
    }
}

fn is_ours(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|drawn| {
        drawn.len() == DRAWN && drawn.bytes().all(|letter| letter.is_ascii_alphanumeric())
    })
}

fn remove_if_left(path: &Path) {
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return };
    if file.try_lock().is_ok() {
        // It stays locked meanwhile, so that nobody begins to write in it.
        let _ = fs::remove_file(path);
    }
}
