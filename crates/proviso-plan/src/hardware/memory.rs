//! Main memory.

use serde::{Deserialize, Serialize};

/// Main memory in megabytes (of 1 000 000 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// What is built in.
    pub total_mb: u64,
    /// What could be taken without others being swapped out.
    pub available_mb: u64,
    /// What this process and its container may take at most, where that is limited.
    pub limit_mb: Option<u64>,
}

impl Memory {
    /// What this process may count on.
    pub fn usable_mb(self) -> u64 {
        self.available_mb.min(self.limit_mb.unwrap_or(u64::MAX))
    }
}
