//! The disk.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The disk on which a folder lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// The folder.
    pub folder: PathBuf,
    /// Megabytes (of 1 000 000 bytes) that may still be written there.
    pub free_mb: u64,
    /// Megabytes a second that a large file is read with when it is not in memory already; absent until it is measured.
    pub read_mb_per_s: Option<f64>,
}
