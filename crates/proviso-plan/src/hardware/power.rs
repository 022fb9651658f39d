//! What feeds the machine.

use serde::{Deserialize, Serialize};

/// Where the machine's power comes from just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// A socket, or the machine has no battery.
    Mains,
    /// Its own battery, with so many per cent left where the system tells.
    Battery(Option<u8>),
    /// It cannot be told.
    Unknown,
}
