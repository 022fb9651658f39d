//! What reading one file may cost.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits on the reading of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of memory that the reading process may take.
    pub memory_bytes: u64,
    /// Time of computing for a file whose pages are not counted yet, and the base for one whose are.
    pub base_time: Duration,
    /// Time on top of it for every page.
    pub time_per_page: Duration,
    /// Pages that are read; further ones are named in a warning.
    pub pages: u32,
    /// Bytes that the reading process may send back.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MB: u64 = 1 << 20;
        Self {
            file_bytes: 256 * MB,
            memory_bytes: 512 * MB,
            base_time: Duration::from_secs(10),
            time_per_page: Duration::from_millis(100),
            pages: 5_000,
            output_bytes: 256 * MB,
        }
    }
}

impl Limits {
    /// The time that a file of so many pages may take.
    pub fn time_for(&self, pages: u32) -> Duration {
        self.base_time + self.time_per_page * pages
    }

    /// In whole megabytes, for messages.
    pub(crate) fn megabytes(bytes: u64) -> u64 {
        bytes >> 20
    }
}
