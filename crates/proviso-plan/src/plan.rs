//! The choices and their reasons.

mod at_once;
mod candidates;
mod choice;
mod error;
mod memory;
mod placement;
mod precision;
#[cfg(test)]
mod tests;
mod words;

use proviso_core::{Device, Precision};
use serde::Serialize;

use crate::{Amount, Hardware, Measurements, ModelNeeds, PlanRequest, Power, Reason, Speed, Topic};
pub use error::{Budget, PlanError, Wish};
pub use placement::{Offload, Placement};

/// What will run. Carried out as it is; nothing further is chosen later, but how far a batch grows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Where the model is computed.
    pub device: Device,
    /// The numbers that the model is run with.
    pub precision: Precision,
    /// The numbers that the processor reads on with, should a graphics card give up; the same as `precision` on a processor.
    pub fallback: Precision,
    /// Where the model's layers lie.
    pub placement: Placement,
    /// Windows that go through the model together.
    pub batch: Batch,
    /// Threads of the processor. Windows are read side by side, each by one of them; a text of fewer windows shares them out.
    pub workers: usize,
    /// Tokens of text in a window, without the two special ones.
    pub window: usize,
    /// Tokens from the beginning of one window to that of the next.
    pub stride: usize,
    /// Megabytes (of 1 000 000 bytes) that the weights in the device's memory and the windows take there, estimated; on the
    /// processor with the program itself.
    pub memory_mb: u64,
    /// Windows finished in a second, as measured here in this setting or one near it, but no more than the disk has layers for;
    /// `None` before anything was.
    pub windows_per_second: Option<f64>,
    /// A sentence for each choice.
    pub reasons: Vec<Reason>,
}

/// How many windows go through a model together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Batch {
    /// Windows of the first batch.
    pub first: usize,
    /// The most windows of a batch: while throughput grows, batches do, up to this. Equal to `first` where they do not.
    pub most: usize,
}

impl Batch {
    /// One by one.
    pub const ONE: Self = Self { first: 1, most: 1 };
}

/// Everything that a plan follows from beside the person's wishes.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The machine.
    pub hardware: &'a Hardware,
    /// The devices that this program was built for.
    pub support: Support,
    /// The model.
    pub model: ModelNeeds,
    /// What was timed with this model on this machine.
    pub measurements: &'a Measurements,
}

/// The devices, beside the processor, that the program was built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Support {
    /// NVIDIA graphics cards.
    pub cuda: bool,
    /// Apple graphics processors.
    pub metal: bool,
}

impl Plan {
    /// Seconds that so many windows take, as far as it is known how fast they are finished here.
    pub fn seconds(&self, windows: usize) -> Option<f64> {
        self.windows_per_second.map(|pace| windows as f64 / pace)
    }

    /// Windows that run at once: side by side on a processor, at most so many in a batch on a graphics card.
    pub fn at_once(&self) -> usize {
        windows_at_once(self.device, self.workers, self.batch)
    }

    /// The reasons as sentences.
    pub fn sentences(&self) -> Vec<String> {
        self.reasons.iter().map(|reason| reason.text.clone()).collect()
    }
}

/// Decides how a model is run: a pure function of the situation and of what was asked for.
///
/// # Errors
/// If what was asked for is not possible here.
pub fn plan(situation: &Situation<'_>, request: PlanRequest) -> Result<Plan, PlanError> {
    let usual = at_once::workers(situation.hardware, request)?;
    let wished = placement::Workers { count: usual.count, may_be_fewer: request.threads == Amount::Auto };
    let choice::Choice { candidate, placed, room, device_reason, precision_reason } =
        choice::choose(situation, request, wished)?;
    let mut reasons = vec![device_reason, precision_reason];
    let batch = at_once::batch(situation, request, candidate, placed.batch)?;
    let (workers, side_by_side) = match candidate.device {
        Device::Cpu if placed.workers < usual.count => (placed.workers, at_once::fewer(placed.workers)),
        _ => (usual.count, usual.reason),
    };
    reasons.push(Topic::AtOnce.because(match candidate.device {
        Device::Cpu => format!("{side_by_side} {}", batch.reason),
        Device::Cuda(_) | Device::Metal(_) => batch.reason,
    }));
    let window = situation.model.window_length.saturating_sub(2).max(1);
    let (stride, reason) = stride(window, request.speed);
    reasons.push(Topic::Windows.because(reason));
    reasons.extend(questions(situation.model, request).map(|reason| Topic::Questions.because(reason)));
    let at_once = windows_at_once(candidate.device, workers, batch.batch);
    let pace = pace(situation, candidate, at_once);
    let layers = placement::sentence(situation, candidate, placed, room, usual.count, pace);
    reasons.extend(layers.map(|reason| Topic::Placement.because(reason)));
    let memory_mb = match placed.placement {
        Placement::Memory => memory::needed_mb(situation.model, candidate, at_once),
        Placement::Disk(_) => placed.memory_mb,
    };
    reasons.push(Topic::Memory.because(room.sentence(memory_mb, candidate.device)));
    let windows_per_second = placement::finished_in_a_second(situation, placed.placement, pace);
    reasons.push(Topic::Pace.because(pace_reason(situation.hardware.power, windows_per_second)));
    Ok(Plan {
        device: candidate.device,
        precision: candidate.precision,
        fallback: match candidate.device {
            Device::Cpu => candidate.precision,
            Device::Cuda(_) | Device::Metal(_) => candidates::on_processor(situation, request),
        },
        placement: placed.placement,
        batch: batch.batch,
        workers,
        window,
        stride,
        memory_mb,
        windows_per_second,
        reasons,
    })
}

fn windows_at_once(device: Device, workers: usize, batch: Batch) -> usize {
    match device {
        Device::Cpu => workers,
        Device::Cuda(_) | Device::Metal(_) => batch.most,
    }
}

/// The measured pace with exactly so many windows at once; else the best that was measured of the device and precision.
fn pace(situation: &Situation<'_>, candidate: candidates::Candidate, at_once: usize) -> Option<f64> {
    let candidates::Candidate { device, precision } = candidate;
    let (measured, length) = (situation.measurements, situation.model.window_length);
    let pace = measured.at(device, precision, length, at_once);
    pace.or_else(|| measured.best(device, precision, length)).map(|pace| pace.windows_per_second)
}

fn pace_reason(power: Power, windows_per_second: Option<f64>) -> String {
    let pace = windows_per_second.map_or_else(
        || "How fast this is here is not known before this computer was measured or has read its first contract.".into(),
        |pace| format!("About {} windows are finished in a second, as measured on this computer.", words::rounded(pace)),
    );
    match power {
        Power::Battery(left) => {
            let left = left.map_or(String::new(), |percent| format!(" ({percent} % left)"));
            format!("{pace} It runs on its battery{left}, where many processors are slower than on mains.")
        }
        Power::Mains | Power::Unknown => pace,
    }
}

/// How often a question-answering model reads a window.
fn questions(model: ModelNeeds, request: PlanRequest) -> Option<String> {
    let questions = model.questions?;
    Some(if request.screening {
        format!(
            "Only passages in which the bundled model sees something are asked about; without screening each passage is read \
             once for each of {questions} questions."
        )
    } else {
        format!(
            "Each passage is read once for each of {questions} questions, so a contract takes {questions} times as long as \
             with one question."
        )
    })
}

fn stride(window: usize, speed: Speed) -> (usize, String) {
    let (stride, name, readings) = match speed {
        Speed::Fast => (window - window / 8, "Fast", "about once"),
        Speed::Balanced => (window.div_ceil(2), "Balanced", "twice, in different surroundings"),
        Speed::Accurate => (window.div_ceil(4), "Accurate", "four times, in different surroundings"),
    };
    (
        stride,
        format!(
            "{name}: windows of {window} tokens, a new one every {stride}, so each passage is read {readings}."
        ),
    )
}
