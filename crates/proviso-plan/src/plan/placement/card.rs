//! Layers for a graphics card. The card computes them all; those that it does not hold are brought to it through two buffers.

use super::{GROUP, Lacking, Offload, Placed, Placement, slots_bytes, take};
use crate::{
    Amount, ModelNeeds, Packed, Precision,
    plan::memory::{self, MB, PROGRAM_MB, Room},
};

/// Windows of a batch that are given room on a card before a second layer is.
const BATCH: u64 = 8;

/// The memories that a graphics card computes with.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct CardRooms {
    pub card: Room,
    /// Main memory, where that is another.
    pub main: Option<Room>,
}

/// Places a model for a graphics card: as a whole if it fits, else an imported one with as many layers on the card as fit, then
/// in main memory, then on the disk.
///
/// # Errors
/// If it does not fit.
pub(in crate::plan) fn on_card(
    model: ModelNeeds,
    precision: Precision,
    batch: Amount,
    rooms: CardRooms,
) -> Result<Placed, Lacking> {
    let windows = match batch {
        // Layers make room for a batch that was asked for.
        Amount::Exactly(size) if model.packed.is_some() => size.max(1),
        _ => 1,
    };
    let (whole, budget) = (memory::on_card_mb(model, precision, windows), rooms.card.budget);
    if whole <= budget.megabytes() {
        return Ok(Placed {
            placement: Placement::Memory,
            workers: 1,
            batch: memory::windows_on_card(model, precision, budget.megabytes()),
            memory_mb: whole,
            main_mb: 0,
        });
    }
    let Some(packed) = model.packed else {
        return Err(Lacking { needed_mb: whole, budget });
    };
    match rooms.main {
        Some(main) => in_two_memories(model, packed, batch, rooms.card, main),
        None => in_one_memory(model, packed, batch, rooms.card),
    }
}

/// A card with its own memory, and main memory for what it has no room for.
fn in_two_memories(
    model: ModelNeeds,
    packed: Packed,
    batch: Amount,
    card: Room,
    main: Room,
) -> Result<Placed, Lacking> {
    let window = memory::window_bytes(model, packed.precision);
    let fixed = packed.around_bytes.saturating_add(slots_bytes(model, packed));
    // Windows of a batch wait in main memory between two layers.
    let (waiting, _) = take(beside_windows(model, packed, main), memory::stream_bytes(model), BATCH);
    let (batch, others, left) = batch_and_layers(model, packed, (fixed, window), (batch, waiting), card)?;
    let (offload, main_mb) = beside_card(model, packed, 1 + others, batch, main)?;
    Ok(Placed {
        placement: Placement::Disk(offload),
        workers: 1,
        batch: batch as usize,
        memory_mb: (card.bytes() - left).div_ceil(MB),
        main_mb,
    })
}

/// A card that shares main memory, in which the program and what waits between two layers are too; each layer is counted once.
fn in_one_memory(model: ModelNeeds, packed: Packed, batch: Amount, room: Room) -> Result<Placed, Lacking> {
    let window = memory::window_bytes(model, packed.precision) + memory::stream_bytes(model);
    let fixed =
        packed.around_bytes.saturating_add(slots_bytes(model, packed)).saturating_add(PROGRAM_MB * MB);
    let (batch, others, left) = batch_and_layers(model, packed, (fixed, window), (batch, BATCH), room)?;
    let offload = Offload {
        on_card: 1 + others as usize,
        resident: 0,
        layers: model.layers as usize,
        group: batch as usize,
    };
    Ok(Placed {
        placement: Placement::Disk(offload),
        workers: 1,
        batch: batch as usize,
        memory_mb: (room.bytes() - left).div_ceil(MB),
        main_mb: 0,
    })
}

/// Windows of a batch and layers beside the first for which a card has room, and the bytes that are left. `fixed` bytes are taken
/// before the first window, and an unasked batch grows to `most` windows before there is a second layer.
fn batch_and_layers(
    model: ModelNeeds,
    packed: Packed,
    (fixed, window): (u64, u64),
    (batch, most): (Amount, u64),
    room: Room,
) -> Result<(u64, u64, u64), Lacking> {
    let (first, most) = match batch {
        Amount::Exactly(size) => (size.max(1) as u64, size.max(1) as u64),
        Amount::Auto => (1, most.max(1)),
    };
    // With no layer on it a card would gain little.
    let least = fixed.saturating_add(packed.layer_bytes).saturating_add(first.saturating_mul(window));
    let Some(left) = room.bytes().checked_sub(least) else {
        return Err(Lacking { needed_mb: least.div_ceil(MB), budget: room.budget });
    };
    let (more, left) = take(left, window, most - first);
    let others = if first + more == most { model.layers - 1 } else { 0 };
    let (others, left) = take(left, packed.layer_bytes, others);
    Ok((first + more, others, left))
}

/// Bytes of main memory that the program and the two buffers leave.
fn beside_windows(model: ModelNeeds, packed: Packed, main: Room) -> u64 {
    main.bytes().saturating_sub(PROGRAM_MB * MB).saturating_sub(slots_bytes(model, packed))
}

/// Main memory for the layers that a card has no room for, and for windows between two layers, a batch of them at least.
fn beside_card(
    model: ModelNeeds,
    packed: Packed,
    on_card: u64,
    batch: u64,
    main: Room,
) -> Result<(Offload, u64), Lacking> {
    let (rest, slots) = (model.layers - on_card, slots_bytes(model, packed));
    let waiting = batch.saturating_mul(memory::stream_bytes(model));
    let Some(left) = beside_windows(model, packed, main).checked_sub(waiting) else {
        let least = (PROGRAM_MB * MB).saturating_add(slots).saturating_add(waiting);
        return Err(Lacking { needed_mb: least.div_ceil(MB), budget: main.budget });
    };
    let (resident, more, left) = match take(left + slots, packed.layer_bytes, rest) {
        // With nothing on the disk there are no buffers in main memory either.
        (all, left) if all == rest => {
            let (more, left) = take(left, memory::stream_bytes(model), GROUP.saturating_sub(batch));
            (all, more, left)
        }
        _ => {
            let (more, left) = take(left, memory::stream_bytes(model), GROUP.saturating_sub(batch));
            let (some, left) = take(left, packed.layer_bytes, if batch + more >= GROUP { rest } else { 0 });
            (some, more, left)
        }
    };
    let offload = Offload {
        on_card: on_card as usize,
        resident: resident as usize,
        layers: model.layers as usize,
        group: (batch + more) as usize,
    };
    Ok((offload, (main.bytes() - left).div_ceil(MB)))
}
