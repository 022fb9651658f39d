//! Which file lies at a path.

use std::{fs, path::Path};

/// Tells a file from another one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileIdentity {
    /// Device and number of the file, where the system tells them; elsewhere only that there is one.
    place: Option<(u64, u64)>,
}

impl FileIdentity {
    /// The file at a path; nothing where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self { place: place(&metadata) })
    }
}

#[cfg(unix)]
fn place(metadata: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place(_metadata: &fs::Metadata) -> Option<(u64, u64)> {
    None
}
