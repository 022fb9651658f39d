//! The device and the numbers that are taken.

use proviso_core::{Device, Precision};

use super::{
    PlanError, Situation,
    candidates::{Candidate, candidates, card, device_of, runs_on_cards},
    memory::{self, Room},
    placement::{CardRooms, Lacking, Placed, Workers, on_card, on_processor},
    precision, words,
};
use crate::{DeviceChoice, Gpu, ModelNeeds, Packed, PlanRequest, PrecisionChoice, Reason, Topic};

/// A setting is taken for its measured speed only if it is faster by this: less is noise.
const WORTH_CHANGING: f64 = 1.05;

/// What is taken, and why.
pub(super) struct Choice {
    pub candidate: Candidate,
    pub placed: Placed,
    pub room: Room,
    pub device_reason: Reason,
    pub precision_reason: Reason,
}

/// Takes the first candidate that fits into its device's memory, or one that was measured faster.
///
/// # Errors
/// If nothing that was asked for exists here or fits.
pub(super) fn choose(
    situation: &Situation<'_>,
    request: PlanRequest,
    workers: Workers,
) -> Result<Choice, PlanError> {
    let mut all = candidates(situation, request)?;
    if request.precision == PrecisionChoice::Auto
        && situation.model.packed.is_none()
        && all.iter().any(|candidate| candidate.device == Device::Cpu)
    {
        // Smaller numbers are for machines on which nothing better fits.
        let smaller =
            [Precision::Int8, Precision::Int4].map(|precision| Candidate { device: Device::Cpu, precision });
        all.extend(smaller.into_iter().filter(|candidate| !all.contains(candidate)).collect::<Vec<_>>());
    }
    let usual: Vec<Candidate> = all
        .iter()
        .copied()
        .filter(|candidate| place(situation, *candidate, request, workers).is_ok())
        .collect();
    let first = *usual.first().unwrap_or(&all[0]);
    let faster = measured_faster(situation, first, &usual);
    let candidate = faster.map_or(first, |(candidate, _)| candidate);
    let placed = place(situation, candidate, request, workers)
        .map_err(|lacking| does_not_fit(situation, request, candidate, workers, &lacking))?;
    let room = room(situation, candidate, request);
    let device_text = match (request.device, faster) {
        (DeviceChoice::Auto, Some((to, times))) if to.device != first.device => format!(
            "The {} computes: on this computer it was measured {} times as fast as the {}.",
            named(situation, to.device),
            words::rounded(times),
            named(situation, first.device),
        ),
        (DeviceChoice::Auto, _) => left_to_the_plan(situation, request, candidate),
        _ => format!("The {} computes, as asked for.", named(situation, candidate.device)),
    };
    let precision_text = match faster {
        Some((to, times)) if to.device == first.device => format!(
            "Numbers are {}: on this computer they were measured {} times as fast as {}.",
            to.precision.in_words(),
            words::rounded(times),
            first.precision.in_words(),
        ),
        _ => precision::reason(situation, request.precision, candidate, all[0]),
    };
    Ok(Choice {
        candidate,
        placed,
        room,
        device_reason: Topic::Device.because(device_text),
        precision_reason: Topic::Precision.because(precision_text),
    })
}

/// The fastest candidate by measurement, if the one that would be taken was measured too and is slower; and how many times.
fn measured_faster(
    situation: &Situation<'_>,
    first: Candidate,
    usual: &[Candidate],
) -> Option<(Candidate, f64)> {
    let pace = |candidate: Candidate| compared(situation, candidate);
    let slow = pace(first)?;
    // Blocks of 4 bits are less exact, which speed does not make up for unless nothing else fits.
    let others = usual.iter().copied().filter(|candidate| candidate.precision != Precision::Int4);
    let measured = others.filter_map(|candidate| Some((candidate, pace(candidate)? / slow)));
    let (candidate, times) = measured.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (candidate != first && times >= WORTH_CHANGING).then_some((candidate, times))
}

/// Where the layers of a model would lie: there is room for all workers on the processor, for a single window at least on a
/// card.
fn place(
    situation: &Situation<'_>,
    candidate: Candidate,
    request: PlanRequest,
    workers: Workers,
) -> Result<Placed, Lacking> {
    let Situation { hardware, model, .. } = situation;
    let room = room(situation, candidate, request);
    match card(hardware, candidate.device) {
        Some(card) => {
            let main = (!card.unified_memory).then(|| Room::of_processor(hardware, request));
            let rooms = CardRooms { card: room, main };
            on_card(*model, candidate.precision, request.batch, rooms)
        }
        None => on_processor(*model, candidate.precision, workers, room),
    }
}

fn room(situation: &Situation<'_>, candidate: Candidate, request: PlanRequest) -> Room {
    let hardware = situation.hardware;
    match card(hardware, candidate.device) {
        Some(card) => Room::of_card(card, hardware, request),
        None => Room::of_processor(hardware, request),
    }
}

fn does_not_fit(
    situation: &Situation<'_>,
    request: PlanRequest,
    asked: Candidate,
    workers: Workers,
    lacking: &Lacking,
) -> PlanError {
    let on_card = asked.device != Device::Cpu;
    let exists = |level: &Precision| {
        (!on_card || runs_on_cards(*level)) && (*level != Precision::Int8Static || situation.model.calibrated)
    };
    let fits = |precision: &Precision| {
        let at_that_level = Situation { model: at_level(situation.model, *precision), ..*situation };
        place(&at_that_level, Candidate { precision: *precision, ..asked }, request, workers).is_ok()
    };
    PlanError::DoesNotFit {
        precision: asked.precision,
        needed_mb: lacking.needed_mb,
        budget: lacking.budget,
        fits: Precision::ALL.into_iter().filter(exists).find(fits),
        imported: situation.model.packed.is_some(),
    }
}

/// The same model at another level, imported again if it was imported.
fn at_level(model: ModelNeeds, precision: Precision) -> ModelNeeds {
    let again = |packed: Packed| {
        let (from, to) = (memory::tenths_of_bytes(packed.precision), memory::tenths_of_bytes(precision));
        Packed { precision, layer_bytes: packed.layer_bytes.saturating_mul(to) / from, ..packed }
    };
    ModelNeeds { packed: model.packed.map(again), ..model }
}

/// Why this device, where it was not asked for and no measurement speaks against it.
fn left_to_the_plan(situation: &Situation<'_>, request: PlanRequest, taken: Candidate) -> String {
    if taken.device != Device::Cpu {
        let than = Candidate {
            device: Device::Cpu,
            precision: situation.model.packed.map_or(Precision::Int8, |packed| packed.precision),
        };
        let measured = measured_times(situation, taken, than);
        let why = measured.map_or_else(
            || "graphics cards are much faster than processors as a rule, and measuring this computer makes sure".into(),
            |times| format!("on this computer it was measured {} times as fast as the processor", words::rounded(times)),
        );
        return format!("The {} computes: {why}.", named(situation, taken.device));
    }
    let processor = named(situation, Device::Cpu);
    let Some(card) = situation.hardware.gpus.first() else {
        return format!("The {processor} computes: no graphics card was found that models can be run on.");
    };
    let name = &card.name;
    match device_of(card) {
        None => format!("The {processor} computes: models cannot be run on the graphics card ({name})."),
        Some(device) if !situation.support.covers(device) => {
            format!(
                "The {processor} computes: this version of Proviso was built without support for the {name}."
            )
        }
        Some(_) if request.precision.level().is_some_and(|level| !runs_on_cards(level)) => {
            format!("The {processor} computes: a graphics card does not compute with such numbers.")
        }
        Some(_) if situation.model.packed.is_some_and(|packed| !runs_on_cards(packed.precision)) => format!(
            "The {processor} computes: a graphics card does not compute with the numbers that the model was imported with."
        ),
        Some(device) => too_small(situation, request, card, device, &processor),
    }
}

fn too_small(
    situation: &Situation<'_>,
    request: PlanRequest,
    card: &Gpu,
    device: Device,
    processor: &str,
) -> String {
    let precision = situation.model.packed.map_or(Precision::F16, |packed| packed.precision);
    let candidate = Candidate { device, precision };
    let (needed, name) = (memory::on_card_mb(situation.model, precision, 1), &card.name);
    let free = room(situation, candidate, request).budget.megabytes();
    format!(
        "The {processor} computes: the model needs {needed} MB of the {name}, where {free} MB can be had."
    )
}

/// How many times as fast as another candidate one was measured, each in its best setting.
fn measured_times(situation: &Situation<'_>, candidate: Candidate, than: Candidate) -> Option<f64> {
    Some(compared(situation, candidate)? / compared(situation, than)?)
}

/// The measured pace of a candidate in its best setting, to be set beside that of another.
fn compared(situation: &Situation<'_>, candidate: Candidate) -> Option<f64> {
    let Candidate { device, precision } = candidate;
    situation.measurements.compared(device, precision, situation.model.window_length)
}

/// A device with the name that its maker gave it, to go after `the`.
fn named(situation: &Situation<'_>, device: Device) -> String {
    let hardware = situation.hardware;
    let name = card(hardware, device).map_or(hardware.cpu.name.as_str(), |card| card.name.as_str());
    match name {
        "" => device.in_words().to_owned(),
        name => format!("{} ({name})", device.in_words()),
    }
}
