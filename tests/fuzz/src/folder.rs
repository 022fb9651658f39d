//! A folder in which one file is a stranger's.

use std::{fs, path::Path};

use tempfile::TempDir;

/// A folder with these files.
pub fn with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder for files");
    files.iter().for_each(|(name, bytes)| put(folder.path(), name, bytes));
    folder
}

/// Puts a file into a folder.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).expect("room for a file");
}
