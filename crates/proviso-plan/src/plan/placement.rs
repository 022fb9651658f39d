//! Where a model's layers lie while it runs: all in the device's memory, or some of them on the disk.

mod card;
mod processor;
mod reason;

use serde::Serialize;

use super::Budget;
use crate::{ModelNeeds, Packed};
pub(super) use card::{CardRooms, on_card};
pub(super) use processor::{Workers, on_processor};
pub(super) use reason::{finished_in_a_second, sentence};

/// Buffers of one layer each that layers from the disk pass through: one is computed with while the next is read.
const SLOTS: u64 = 2;
/// Windows that wait for a layer together, if there is memory for them and no more workers.
const GROUP: u64 = 32;

/// Where the layers lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// All in the memory of the device that computes.
    Memory,
    /// Not all of them.
    Disk(Offload),
}

/// How the layers are spread, and how many windows share each reading of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Offload {
    /// Layers in a graphics card's own memory; 0 where the processor computes.
    pub on_card: usize,
    /// Layers in main memory.
    pub resident: usize,
    /// All layers; those that are neither on the card nor resident are read from the disk for every group.
    pub layers: usize,
    /// The most windows that go through a layer before any goes through the next.
    pub group: usize,
}

impl Offload {
    /// Layers that are read from the disk.
    pub fn on_disk(self) -> usize {
        self.layers.saturating_sub(self.on_card + self.resident)
    }
}

/// A placement that fits, and what goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    pub placement: Placement,
    /// Windows side by side that the processor has memory for.
    pub workers: usize,
    /// The most windows of a batch that a graphics card has memory for.
    pub batch: usize,
    /// Megabytes of the device's memory that are taken; with all layers on a graphics card, by the fewest windows.
    pub memory_mb: u64,
    /// Megabytes of main memory that are taken beside a graphics card's own.
    pub main_mb: u64,
}

/// What is needed at least, and what there is instead.
#[derive(Debug)]
pub(super) struct Lacking {
    pub needed_mb: u64,
    pub budget: Budget,
}

/// Bytes of the two buffers.
fn slots_bytes(model: ModelNeeds, packed: Packed) -> u64 {
    packed.layer_bytes.saturating_mul(SLOTS.min(model.layers))
}

/// How many of a size, at most so many, go into a number of bytes, and how many bytes they leave.
fn take(bytes: u64, size: u64, most: u64) -> (u64, u64) {
    let count = (bytes / size.max(1)).min(most);
    (count, bytes - count * size)
}
