//! Layers for a graphics card. The card computes them all; those that it does not hold are brought to it through two buffers.

use super::{Lacking, Offload, Placed, Placement, SLOTS, more_windows, slots_bytes, take};
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
    /// Whether layers may stay away from the card.
    pub offload: bool,
}

/// Places a model for a graphics card: as a whole if it fits, else, where that can be carried out, with as many layers on the
/// card as fit, then in main memory, then on the disk.
///
/// # Errors
/// If it does not fit.
pub(in crate::plan) fn on_card(
    model: ModelNeeds,
    precision: Precision,
    batch: Amount,
    rooms: CardRooms,
) -> Result<Placed, Lacking> {
    let (whole, budget) = (memory::on_card_mb(model, precision, 1), rooms.card.budget);
    if whole <= budget.megabytes() {
        return Ok(Placed {
            placement: Placement::Memory,
            workers: 1,
            batch: memory::windows_on_card(model, precision, budget.megabytes()),
            memory_mb: whole,
            main_mb: 0,
        });
    }
    let Some(packed) = model.packed.filter(|_| rooms.offload) else {
        return Err(Lacking { needed_mb: whole, budget });
    };
    let mut fixed = packed.around_bytes.saturating_add(slots_bytes(model, packed));
    let mut window = memory::window_bytes(model, precision);
    if rooms.main.is_none() {
        // The one memory holds the program, and of each window what waits between two layers.
        fixed = fixed.saturating_add(PROGRAM_MB * MB);
        window += memory::stream_bytes(model);
    }
    let (first, most) = match batch {
        Amount::Exactly(size) => (size.max(1) as u64, size.max(1) as u64),
        Amount::Auto => (1, BATCH),
    };
    // With no layer on it a card would gain little.
    let least = fixed.saturating_add(packed.layer_bytes).saturating_add(first.saturating_mul(window));
    let Some(left) = rooms.card.bytes().checked_sub(least) else {
        return Err(Lacking { needed_mb: least.div_ceil(MB), budget });
    };
    let (more, left) = take(left, window, most - first);
    let batch = first + more;
    let Some(main) = rooms.main else { return Ok(in_one_memory(model, packed, batch, left, rooms.card)) };
    let (others, left) = take(left, packed.layer_bytes, model.layers - 1);
    let (offload, main_mb) = beside_card(model, packed, 1 + others, batch, main)?;
    Ok(Placed {
        placement: Placement::Disk(offload),
        workers: 1,
        batch: batch as usize,
        memory_mb: (rooms.card.bytes() - left).div_ceil(MB),
        main_mb,
    })
}

/// Main memory for the layers that a card has no room for, and for windows between two layers, a batch of them at least.
fn beside_card(
    model: ModelNeeds,
    packed: Packed,
    on_card: u64,
    batch: u64,
    main: Room,
) -> Result<(Offload, u64), Lacking> {
    let rest = model.layers - on_card;
    let slots = slots_bytes(model, packed);
    let waiting = batch.saturating_mul(memory::stream_bytes(model));
    let least = (PROGRAM_MB * MB).saturating_add(slots).saturating_add(waiting);
    let Some(left) = main.bytes().checked_sub(least) else {
        return Err(Lacking { needed_mb: least.div_ceil(MB), budget: main.budget });
    };
    let (more, left) = more_windows(model, batch, left);
    // With nothing on the disk there are no buffers in main memory either, and layers take their place.
    let (resident, left) = match take(left + slots, packed.layer_bytes, rest) {
        (count, left) if count == rest => (count, left),
        _ => take(left, packed.layer_bytes, rest.saturating_sub(SLOTS)),
    };
    let offload = Offload {
        on_card: on_card as usize,
        resident: resident as usize,
        layers: model.layers as usize,
        group: (batch + more) as usize,
    };
    Ok((offload, (main.bytes() - left).div_ceil(MB)))
}

/// A card that shares main memory: what is left goes to windows, then to layers, and each is counted once.
fn in_one_memory(model: ModelNeeds, packed: Packed, batch: u64, left: u64, room: Room) -> Placed {
    let (more, left) = more_windows(model, batch, left);
    let (others, left) = take(left, packed.layer_bytes, model.layers - 1);
    let offload = Offload {
        on_card: 1 + others as usize,
        resident: 0,
        layers: model.layers as usize,
        group: (batch + more) as usize,
    };
    Placed {
        placement: Placement::Disk(offload),
        workers: 1,
        batch: batch as usize,
        memory_mb: (room.bytes() - left).div_ceil(MB),
        main_mb: 0,
    }
}
