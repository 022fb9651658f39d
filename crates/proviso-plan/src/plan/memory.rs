//! How much memory a model takes, and how much there is.

use proviso_core::{Device, Precision};

use super::{Budget, candidates::Candidate};
use crate::{Gpu, Hardware, ModelNeeds, Packed, PlanRequest};

/// Bytes of a megabyte.
pub(super) const MB: u64 = 1_000_000;
/// Megabytes of its device's memory that a candidate takes with so many windows at once, estimated.
pub(super) fn needed_mb(model: ModelNeeds, candidate: Candidate, at_once: usize) -> u64 {
    let Candidate { device, precision } = candidate;
    match device {
        Device::Cpu => on_processor_mb(model, precision, at_once),
        Device::Cuda(_) | Device::Metal(_) => on_card_mb(model, precision, at_once),
    }
}

/// Megabytes of main memory that the program takes beside a model: itself, the tokenizer, a contract.
pub(super) const PROGRAM_MB: u64 = 20;
/// Megabytes of a graphics card that are left to the driver and to the screen: 512 MiB, or 2 % of it where that is more.
const CARD_RESERVE_MB: u64 = 537;
const CARD_RESERVE_PER_CENT: u64 = 2;

/// Megabytes of main memory that the program takes with a model's weights and its workers, estimated.
pub(super) fn on_processor_mb(model: ModelNeeds, precision: Precision, workers: usize) -> u64 {
    if let Some(packed) = model.packed {
        let layers = model.layers.saturating_mul(packed.layer_bytes);
        return beside_layers(model, packed, workers).saturating_add(layers).div_ceil(MB);
    }
    let multiplied = model.parameters.saturating_sub(model.embedding_parameters);
    let weights =
        model.embedding_parameters * model.embedding_bytes + multiplied * tenths_of_bytes(precision) / 10;
    PROGRAM_MB + (weights + windows_side_by_side(model, workers)).div_ceil(MB)
}

/// Bytes of main memory that an imported model takes on the processor before its first layer.
pub(super) fn beside_layers(model: ModelNeeds, packed: Packed, workers: usize) -> u64 {
    (PROGRAM_MB * MB).saturating_add(packed.around_bytes).saturating_add(windows_side_by_side(model, workers))
}

/// Bytes of a window's numbers between two layers.
pub(super) fn stream_bytes(model: ModelNeeds) -> u64 {
    model.window_length as u64 * model.width * 4
}

/// Megabytes of a graphics card's memory that the weights and a batch take, estimated.
pub(super) fn on_card_mb(model: ModelNeeds, precision: Precision, batch: usize) -> u64 {
    (card_weights(model, precision) + batch as u64 * window_bytes(model, precision)).div_ceil(MB)
}

/// Windows whose activations fit beside the weights into so many megabytes of a graphics card.
pub(super) fn windows_on_card(model: ModelNeeds, precision: Precision, room_mb: u64) -> usize {
    let left = room_mb.saturating_mul(MB).saturating_sub(card_weights(model, precision));
    (left / window_bytes(model, precision).max(1)) as usize
}

/// Bytes of all that a graphics card holds of a model; of an imported one the word embeddings stay on the disk.
fn card_weights(model: ModelNeeds, precision: Precision) -> u64 {
    model.packed.map_or(model.parameters * number_bytes(precision), |packed| {
        model.layers.saturating_mul(packed.layer_bytes).saturating_add(packed.around_bytes)
    })
}

/// Bytes that so many workers hold on the processor. Where several share one window, the first holds the products of all heads'
/// keys with distances.
fn windows_side_by_side(model: ModelNeeds, workers: usize) -> u64 {
    let shared = if workers > 1 { model.heads * model.window_length as u64 * model.distances * 4 } else { 0 };
    workers as u64 * worker_bytes(model) + shared
}

/// What a worker holds of a window on the processor: the stream, as it came in and as it is now; queries, keys and values; what
/// attention gathered; a block of rows in the feed-forward part; and, with distances, products of a head's keys and queries
/// with them.
pub(super) fn worker_bytes(model: ModelNeeds) -> u64 {
    const NUMBERS_PER_TOKEN: u64 = 8;
    const BLOCK_ROWS: u64 = 576;
    const SMALL_BUFFERS: u64 = 2_000_000;
    let numbers = model.width * NUMBERS_PER_TOKEN + 2 * model.distances;
    model.window_length as u64 * numbers * 4 + BLOCK_ROWS * model.inner_width * 4 + SMALL_BUFFERS
}

/// What a window holds on a graphics card while the largest layer's parts are computed: streams, the feed-forward part twice
/// (before and after its activation), and attention's scores twice in f32.
pub(super) fn window_bytes(model: ModelNeeds, precision: Precision) -> u64 {
    let tokens = model.window_length as u64;
    let rows = tokens * (10 * model.width + 2 * model.inner_width) * number_bytes(precision);
    rows + model.heads * tokens * tokens * 2 * 4
}

/// Tenths of a byte that a multiplied weight takes on the processor, scales included.
pub(super) fn tenths_of_bytes(precision: Precision) -> u64 {
    match precision {
        Precision::F32 => 40,
        Precision::F16 => 20,
        Precision::Int8 | Precision::Int8Static => 10,
        Precision::Int4 => 6,
    }
}

fn number_bytes(precision: Precision) -> u64 {
    if precision == Precision::F32 { 4 } else { 2 }
}

/// The memory in which a device computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    pub budget: Budget,
}

impl Room {
    /// Main memory.
    pub fn of_processor(hardware: &Hardware, request: PlanRequest) -> Self {
        Self::smaller(main_memory_mb(hardware), request)
    }

    /// A graphics card's own memory, less what others need of it; for one that shares main memory, that.
    pub fn of_card(card: &Gpu, hardware: &Hardware, request: PlanRequest) -> Self {
        if card.unified_memory {
            let share = card.memory_mb.unwrap_or(u64::MAX);
            return Self::smaller(main_memory_mb(hardware).min(share), request);
        }
        let reserve = CARD_RESERVE_MB.max(card.memory_mb.unwrap_or(0) * CARD_RESERVE_PER_CENT / 100);
        let free = card.free_mb.or(card.memory_mb).unwrap_or(0);
        Self { budget: Budget::Free(free.saturating_sub(reserve)) }
    }

    fn smaller(free: u64, request: PlanRequest) -> Self {
        let budget = match request.memory_budget_mb {
            Some(allowed) if allowed <= free => Budget::Allowed(allowed),
            _ => Budget::Free(free),
        };
        Self { budget }
    }

    /// Bytes that can be had.
    pub fn bytes(self) -> u64 {
        self.budget.megabytes().saturating_mul(MB)
    }

    /// Whether the system tells how much there is.
    fn is_known(self) -> bool {
        self.budget.megabytes() < u64::MAX
    }

    /// What is taken of it, in words.
    pub fn sentence(self, needed_mb: u64, device: Device) -> String {
        let where_ = match device {
            Device::Cpu => "in memory",
            Device::Cuda(_) => "in the graphics card's memory",
            Device::Metal(_) => "in the memory that the processors share",
        };
        match self.budget {
            Budget::Allowed(allowed) => {
                format!("About {needed_mb} MB of the allowed {allowed} MB are needed {where_}.")
            }
            Budget::Free(_) if !self.is_known() => format!("About {needed_mb} MB are needed {where_}."),
            Budget::Free(free) => {
                format!("About {needed_mb} MB are needed {where_}, where {free} MB are free.")
            }
        }
    }
}

/// What of main memory can be had; without a limit where the system does not tell.
fn main_memory_mb(hardware: &Hardware) -> u64 {
    let memory = hardware.memory;
    match memory.total_mb {
        0 => memory.limit_mb.unwrap_or(u64::MAX),
        _ => memory.usable_mb(),
    }
}
