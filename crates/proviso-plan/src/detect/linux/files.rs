//! The files by which Linux tells of itself.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

/// No file that is read here comes near this; what does is none of Linux's.
const MOST_BYTES: u64 = 16 << 20;

/// The files below a root, named as on a running system, such as `/proc/meminfo`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Files<'a> {
    root: &'a Path,
}

impl<'a> Files<'a> {
    pub(super) fn below(root: &'a Path) -> Self {
        Self { root }
    }

    /// A file's text without the white space around it; `None` where there is no such file or it cannot be read.
    pub(super) fn text(self, path: impl AsRef<Path>) -> Option<String> {
        let mut bytes = Vec::new();
        File::open(self.real(path.as_ref())).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    /// A file's only number.
    pub(super) fn number(self, path: impl AsRef<Path>) -> Option<u64> {
        self.text(path)?.parse().ok()
    }

    /// What lies in a folder, sorted; `None` where there is no such folder or it cannot be read.
    pub(super) fn entries(self, folder: impl AsRef<Path>) -> Option<Vec<PathBuf>> {
        let folder = folder.as_ref();
        let entries = fs::read_dir(self.real(folder)).ok()?;
        let mut entries: Vec<_> = entries.flatten().map(|entry| folder.join(entry.file_name())).collect();
        entries.sort_unstable();
        Some(entries)
    }

    fn real(self, path: &Path) -> PathBuf {
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }
}

/// The value of a line `name: value`, or `name value`, among others.
pub(super) fn value_in<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let after_name = |line: &'a str| line.strip_prefix(name);
    let value = |rest: &'a str| rest.trim_start().strip_prefix(':').or_else(|| rest.strip_prefix(' '));
    text.lines().filter_map(after_name).find_map(value).map(str::trim)
}
