//! Main memory.

use serde::{Deserialize, Serialize};

/// Main memory in megabytes (of 1 000 000 bytes). All is 0 where the system does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// What is built in, or given to the virtual machine.
    pub total_mb: u64,
    /// What could be taken without others being swapped out.
    pub available_mb: u64,
    /// What this process may still take before it reaches a limit that is set on it or on its container, where there is
    /// one. What it holds already is taken off, and what can be had back from the file cache is not.
    pub limit_mb: Option<u64>,
}

impl Memory {
    /// What this process may count on.
    pub fn usable_mb(self) -> u64 {
        self.available_mb.min(self.limit_mb.unwrap_or(u64::MAX))
    }
}
