//! A person's data folder, in which models are imported.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use crate::program::{proviso_with_data, stderr};

/// A person's data folder, empty at first.
pub struct Person(tempfile::TempDir);

impl Person {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Output {
        proviso_with_data(self.0.path(), arguments)
    }

    pub fn import(&self, folder: &Path, more: &[&str]) -> Output {
        let mut arguments: Vec<&OsStr> = vec!["models".as_ref(), "import".as_ref(), folder.as_os_str()];
        arguments.extend(more.iter().map(OsStr::new));
        self.run(&arguments)
    }

    pub fn models(&self) -> PathBuf {
        self.0.path().join("proviso/models")
    }

    /// The folders among the models, finished or not.
    pub fn folders(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.models()) else { return Vec::new() };
        let folders = entries.map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_dir());
        let mut names: Vec<_> = folders.map(|folder| folder.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Imports and expects a refusal that gives the reasons, with nothing left behind.
    pub fn is_refused(&self, folder: &Path, more: &[&str], code: i32, reasons: &[&str]) {
        let before = self.folders();
        let output = self.import(folder, more);
        assert_eq!(output.status.code(), Some(code), "{more:?}: {}", stderr(&output));
        for reason in reasons {
            assert!(stderr(&output).contains(reason), "{more:?}: {}", stderr(&output));
        }
        assert!(output.stdout.is_empty());
        assert_eq!(self.folders(), before);
    }
}

/// Copies the files of a folder to a new one.
pub fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
