//! Machines for tests.

use std::fs;

use tempfile::TempDir;

use super::Files;

/// A machine of a few files.
pub(super) struct Machine(TempDir);

impl Machine {
    /// With these files, named as on a running system.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            machine.write(path, text);
        }
        machine
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn make_folder(&self, path: &str) {
        fs::create_dir_all(self.0.path().join(path.trim_start_matches('/'))).unwrap();
    }

    pub(super) fn files(&self) -> Files<'_> {
        Files::below(self.0.path())
    }

    pub(super) fn root(&self) -> &std::path::Path {
        self.0.path()
    }
}
