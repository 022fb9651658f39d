//! What a process gives up for good, so that nobody can use it for that: the kernel refuses it from then on.
//!
//! - [`reader`]: the process that takes a stranger's PDF apart keeps nothing but its pipes and its memory.
//! - [`network`]: the whole program, with its window, gives up every connection beyond this computer.
//! - [`connections`]: how many such connections the program has, counted in the kernel's own tables.
//! - [`ProcessStat`]: what the kernel tells of a process.
//!
//! Nothing here fails: a system that does not offer something is used without it, and [`Held`] says so.

pub mod connections;
pub mod network;
mod process_stat;
pub mod reader;

use serde::{Deserialize, Serialize};

pub use process_stat::ProcessStat;

/// How far the system holds a process to what it gave up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Held {
    /// Wholly.
    Fully,
    /// In part; the sentence says what is missing.
    Partly(String),
    /// Not at all; the sentence says why.
    Not(String),
}

impl Held {
    /// Whether the system refuses at least the better part.
    pub fn holds(&self) -> bool {
        !matches!(self, Self::Not(_))
    }
}
