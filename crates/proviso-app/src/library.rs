//! The models that are here, and changes of those that are the person's own.

mod change;
mod copy;
mod copying;
mod error;
mod import;
mod name;
mod packing;

use std::path::{Path, PathBuf};

use proviso_encoder::ModelFolder;

use crate::{
    AppError,
    folders::own_models,
    model::{is_model, no_such_model},
};
use change::Change;
pub use error::LibraryError;
pub use import::{Import, ImportProgress};
use name::is_plain;

/// The folders of models, of which one is the person's own. Nothing but that one is ever changed.
#[derive(Debug, Clone)]
pub struct ModelLibrary {
    own: PathBuf,
    folders: Vec<PathBuf>,
}

impl ModelLibrary {
    /// The person's own models lie under `data_folder`; `folders` are all in which models are looked for.
    pub fn new(data_folder: &Path, folders: Vec<PathBuf>) -> Self {
        Self { own: own_models(data_folder), folders }
    }

    /// Removes one of the person's own models and returns where it was. It is gone at once or not at all.
    ///
    /// # Errors
    /// If there is none of that name, it is not the person's own, or the folder cannot be changed.
    pub fn remove(&self, name: &str) -> Result<PathBuf, AppError> {
        let folder = self.own_folder(name)?;
        if !is_model(&folder) && self.interrupted().iter().any(|interrupted| interrupted == name) {
            Change::begin(&self.own)?.forget(name);
            return Ok(folder);
        }
        if !is_model(&folder) {
            return Err(match self.elsewhere(name) {
                Some(path) => LibraryError::NotOwn { name: name.to_owned(), path }.into(),
                None => no_such_model(name, &self.folders),
            });
        }
        Change::begin(&self.own)?.discard(name)?;
        Ok(folder)
    }

    /// The names of imports that were interrupted: the same import goes on with them, and [`remove`](Self::remove) drops them.
    pub fn interrupted(&self) -> Vec<String> {
        change::interrupted(&self.own)
    }

    /// Whether a model is one of the person's own, which can be removed.
    pub fn is_own(&self, folder: &ModelFolder) -> bool {
        folder.path().parent() == Some(self.own.as_path())
    }

    /// The folder that a model of that name has or would have.
    fn own_folder(&self, name: &str) -> Result<PathBuf, LibraryError> {
        if is_plain(name) { Ok(self.own.join(name)) } else { Err(LibraryError::BadName(name.to_owned())) }
    }

    /// Refuses a name that could not be a folder's, or is that of something else.
    fn check_free(&self, name: &str) -> Result<(), LibraryError> {
        let own = self.own_folder(name)?;
        if is_model(&own) {
            return Err(LibraryError::Imported { name: name.to_owned(), path: own });
        }
        if own.symlink_metadata().is_ok() {
            return Err(LibraryError::InTheWay(own));
        }
        match self.elsewhere(name) {
            Some(path) => Err(LibraryError::Taken { name: name.to_owned(), path }),
            None => Ok(()),
        }
    }

    /// A model of that name in any of the folders.
    fn elsewhere(&self, name: &str) -> Option<PathBuf> {
        self.folders.iter().map(|folder| folder.join(name)).find(|path| is_model(path))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn library(root: &Path) -> ModelLibrary {
        ModelLibrary::new(root, vec![root.join("models"), root.join("bundled")])
    }

    fn put_model(folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("manifest.json"), "{}").unwrap();
    }

    #[test]
    fn only_free_plain_names_are_taken() {
        let root = tempfile::tempdir().unwrap();
        let library = library(root.path());
        put_model(&root.path().join("models/mine"));
        put_model(&root.path().join("bundled/theirs"));
        fs::write(root.path().join("models/notes"), "").unwrap();
        assert!(library.check_free("new").is_ok());
        let refused = |name| library.check_free(name).unwrap_err().to_string();
        assert!(refused("mine").contains("proviso models remove mine"), "{}", refused("mine"));
        assert!(refused("theirs").contains("--name") && !refused("theirs").contains("remove theirs"));
        assert!(refused("notes").contains("in the way"));
        assert!(refused("../mine").contains("cannot be"));
    }

    #[test]
    fn only_ones_own_models_are_removed() {
        let root = tempfile::tempdir().unwrap();
        let library = library(root.path());
        put_model(&root.path().join("models/mine"));
        put_model(&root.path().join("bundled/theirs"));
        fs::create_dir(root.path().join("models/photos")).unwrap();
        for name in ["theirs", "photos", "nothing", "../bundled/theirs", "."] {
            assert!(library.remove(name).is_err(), "{name}");
        }
        assert_eq!(library.remove("mine").unwrap(), root.path().join("models/mine"));
        assert!(!root.path().join("models/mine").exists());
        assert!(root.path().join("bundled/theirs/manifest.json").exists());
        assert!(root.path().join("models/photos").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_removed_and_not_what_it_leads_to() {
        let root = tempfile::tempdir().unwrap();
        put_model(&root.path().join("bundled/theirs"));
        fs::create_dir(root.path().join("models")).unwrap();
        std::os::unix::fs::symlink(root.path().join("bundled/theirs"), root.path().join("models/link"))
            .unwrap();
        library(root.path()).remove("link").unwrap();
        assert!(!root.path().join("models/link").exists());
        assert!(root.path().join("bundled/theirs/manifest.json").exists());
    }
}
