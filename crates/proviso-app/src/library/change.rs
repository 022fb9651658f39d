//! A change of a folder of models: one at a time, and whole or not at all.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use super::LibraryError;

/// The file that is locked while the folder is changed. The system frees it also after a crash.
const LOCK: &str = ".lock";

/// Where a model stands until it is whole, and where it goes to be removed. It lies beside the models, so that a model
/// is put in place and taken away by renaming, and one level deeper than they do, so that it is never taken for one.
const UNFINISHED: &str = ".unfinished";

/// Where imports stand that can be gone on with after an interruption, each under its model's name. As deep as
/// [`UNFINISHED`].
const INTERRUPTED: &str = ".interrupted";

/// A change that is under way. What was not completed is removed when it is dropped, or else when the next one begins.
pub(super) struct Change<'a> {
    models: &'a Path,
    _lock: File,
}

impl<'a> Change<'a> {
    /// Takes the folder of models, which is made if there is none, and clears what an interrupted change left.
    ///
    /// # Errors
    /// If another change is under way, or the folder cannot be written to.
    pub fn begin(models: &'a Path) -> Result<Self, LibraryError> {
        fs::create_dir_all(models).map_err(LibraryError::writing(models))?;
        let path = models.join(LOCK);
        let lock = File::create(&path).map_err(LibraryError::writing(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LibraryError::Busy(models.to_owned())),
            Err(TryLockError::Error(source)) => return Err(LibraryError::Write { path, source }),
        }
        let change = Self { models, _lock: lock };
        let unfinished = change.unfinished();
        if unfinished.symlink_metadata().is_ok() {
            fs::remove_dir_all(&unfinished).map_err(LibraryError::writing(&unfinished))?;
        }
        fs::create_dir(&unfinished).map_err(LibraryError::writing(&unfinished))?;
        Ok(change)
    }

    /// An empty folder in which a model is put together.
    pub fn new_folder(&self) -> Result<PathBuf, LibraryError> {
        let folder = self.unfinished().join("model");
        fs::create_dir(&folder).map_err(LibraryError::writing(&folder))?;
        Ok(folder)
    }

    /// The folder in which a model of that name is put together, with what an interrupted import left in it.
    pub fn kept_folder(&self, name: &str) -> Result<PathBuf, LibraryError> {
        let folder = self.models.join(INTERRUPTED).join(name);
        fs::create_dir_all(&folder).map_err(LibraryError::writing(&folder))?;
        Ok(folder)
    }

    /// Drops what an interrupted import left.
    pub fn forget(&self, name: &str) {
        let _ = fs::remove_dir_all(self.models.join(INTERRUPTED).join(name));
        // Only if nothing else is in it.
        let _ = fs::remove_dir(self.models.join(INTERRUPTED));
    }

    /// Puts what was put together in `folder` in its place, which must be free.
    pub fn complete(self, folder: &Path, name: &str) -> Result<PathBuf, LibraryError> {
        let place = self.models.join(name);
        fs::rename(folder, &place).map_err(LibraryError::writing(&place))?;
        let _ = fs::remove_dir(self.models.join(INTERRUPTED));
        Ok(place)
    }

    /// Takes a model away.
    pub fn discard(self, name: &str) -> Result<(), LibraryError> {
        let place = self.models.join(name);
        // From here on it is no model any more, also if not all of it can be deleted at once.
        fs::rename(&place, self.unfinished().join("model")).map_err(LibraryError::writing(place))
    }

    fn unfinished(&self) -> PathBuf {
        self.models.join(UNFINISHED)
    }
}

/// The names of imports that were interrupted and can be gone on with.
pub(super) fn interrupted(models: &Path) -> Vec<String> {
    let entries = fs::read_dir(models.join(INTERRUPTED)).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted when the next change begins.
        let _ = fs::remove_dir_all(self.unfinished());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != LOCK).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_not_completed_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let models = root.path().join("new/models");
        let change = Change::begin(&models).unwrap();
        let folder = change.new_folder().unwrap();
        fs::write(folder.join("half"), "").unwrap();
        drop(change);
        assert!(names(&models).is_empty());

        let change = Change::begin(&models).unwrap();
        let folder = change.new_folder().unwrap();
        change.complete(&folder, "whole").unwrap();
        assert_eq!(names(&models), ["whole"]);
        Change::begin(&models).unwrap().discard("whole").unwrap();
        assert!(names(&models).is_empty());
    }

    #[test]
    fn what_a_crash_left_is_cleared_and_two_changes_do_not_meet() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(UNFINISHED).join("model/deep")).unwrap();
        let change = Change::begin(root.path()).unwrap();
        assert!(names(&root.path().join(UNFINISHED)).is_empty());
        assert!(matches!(Change::begin(root.path()), Err(LibraryError::Busy(_))));
        assert_eq!(names(root.path()), [UNFINISHED], "the refused one took nothing from the other");
        drop(change);
        assert!(Change::begin(root.path()).is_ok());
    }
}
