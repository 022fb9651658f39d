//! Layers for the processor.

use super::{GROUP, Lacking, Offload, Placed, Placement, slots_bytes, take};
use crate::{
    ModelNeeds, Packed, Precision,
    plan::memory::{self, MB, Room},
};

/// Windows side by side on the processor, and whether fewer will do.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Workers {
    pub count: usize,
    pub may_be_fewer: bool,
}

/// Places a model for the processor: as a whole if it fits, else with as many layers in memory as fit beside everything else.
///
/// # Errors
/// If it does not fit.
pub(in crate::plan) fn on_processor(
    model: ModelNeeds,
    precision: Precision,
    workers: Workers,
    room: Room,
) -> Result<Placed, Lacking> {
    let (whole, budget) = (memory::on_processor_mb(model, precision, workers.count), room.budget);
    let placed =
        |placement, workers, memory_mb| Placed { placement, workers, batch: 1, memory_mb, main_mb: 0 };
    if whole <= budget.megabytes() {
        return Ok(placed(Placement::Memory, workers.count, whole));
    }
    let Some(packed) = model.packed else { return Err(Lacking { needed_mb: whole, budget }) };
    let fewest = if workers.may_be_fewer { 1 } else { workers.count };
    for count in (fewest..=workers.count).rev() {
        // Where their number is free, no worker is kept that would have no window.
        let least_group = if workers.may_be_fewer { count } else { 1 };
        // With a little more memory another worker takes its place, and no layer may have to leave then.
        let most_layers = if count == workers.count { model.layers } else { 0 };
        let streamed = streamed(model, packed, count, room.bytes(), most_layers);
        if let Some((offload, bytes)) = streamed.filter(|(offload, _)| offload.group >= least_group) {
            return Ok(placed(Placement::Disk(offload), count, bytes.div_ceil(MB)));
        }
    }
    let least = least_bytes(model, packed, fewest).saturating_add(memory::stream_bytes(model));
    Err(Lacking { needed_mb: least.div_ceil(MB).min(whole), budget })
}

/// Bytes that are needed with all layers on the disk, before the first window.
fn least_bytes(model: ModelNeeds, packed: Packed, workers: usize) -> u64 {
    memory::beside_layers(model, packed, workers).saturating_add(slots_bytes(model, packed))
}

/// Gives what so many bytes leave beside the two buffers to the windows of a group, then to layers; and says what is taken.
fn streamed(
    model: ModelNeeds,
    packed: Packed,
    workers: usize,
    room: u64,
    most_layers: u64,
) -> Option<(Offload, u64)> {
    let left = room.checked_sub(least_bytes(model, packed, workers))?;
    let most_windows = GROUP.max(workers as u64);
    let (group, left) = take(left, memory::stream_bytes(model), most_windows);
    let (resident, left) =
        take(left, packed.layer_bytes, if group == most_windows { most_layers } else { 0 });
    let offload = Offload {
        on_card: 0,
        resident: resident as usize,
        layers: model.layers as usize,
        group: group as usize,
    };
    Some((offload, room - left))
}
