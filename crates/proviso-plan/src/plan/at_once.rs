//! How many windows run at once.

use proviso_core::Device;

use super::{Batch, PlanError, Situation, candidates::Candidate, words::counted};
use crate::{Amount, Hardware, PlanRequest, Work};

/// The most windows of a batch, whatever the memory: beyond it no card gains anything.
const LARGEST_BATCH: usize = 1024;

/// Windows side by side on the processor.
pub(super) struct SideBySide {
    pub count: usize,
    pub reason: String,
}

/// Windows together on a device.
pub(super) struct BatchChoice {
    pub batch: Batch,
    pub reason: String,
}

/// # Errors
/// If no thread was asked for.
pub(super) fn workers(hardware: &Hardware, request: PlanRequest) -> Result<SideBySide, PlanError> {
    match request.threads {
        Amount::Exactly(0) => Err(PlanError::NoThreads),
        Amount::Exactly(count) => Ok(SideBySide {
            count,
            reason: format!("{} side by side, as asked for.", windows_are_read(count)),
        }),
        Amount::Auto => {
            let cpu = &hardware.cpu;
            // Two threads of one core share its arithmetic units; on the smallest machines the second still helps.
            let count = cpu.physical_cores.max(cpu.available_threads.min(2));
            let kinds = if cpu.performance_cores < cpu.physical_cores {
                format!(" ({} of them fast)", cpu.performance_cores)
            } else {
                String::new()
            };
            let reason = format!(
                "{} side by side, each by one thread: the processor has {}{kinds} for {}.",
                windows_are_read(count),
                counted(cpu.physical_cores, "core"),
                counted(cpu.available_threads, "thread"),
            );
            Ok(SideBySide { count, reason })
        }
    }
}

/// Why fewer windows are read side by side than the processor could.
pub(super) fn fewer(count: usize) -> String {
    format!(
        "{} {}: for more the memory has no room beside the layers.",
        windows_are_read(count),
        if count == 1 { "at a time" } else { "side by side" },
    )
}

/// `most` is how many windows of a batch the device's memory has room for.
///
/// # Errors
/// If a batch was asked for that the device cannot run.
pub(super) fn batch(
    situation: &Situation<'_>,
    request: PlanRequest,
    candidate: Candidate,
    most: usize,
) -> Result<BatchChoice, PlanError> {
    if candidate.device == Device::Cpu {
        return match request.batch {
            Amount::Auto | Amount::Exactly(1) => Ok(BatchChoice {
                batch: Batch::ONE,
                reason: "Each runs alone at its exact length: on a processor a batch only adds padding."
                    .into(),
            }),
            Amount::Exactly(asked) => Err(PlanError::NoBatches(asked)),
        };
    }
    let most = most.clamp(1, LARGEST_BATCH);
    let length = situation.model.window_length;
    let measured = situation.measurements.best(candidate.device, candidate.precision, length);
    let remembered = measured.map(|pace| pace.at_once.clamp(1, most));
    match (request.batch, request.work) {
        (Amount::Exactly(0), _) => Err(PlanError::NoBatches(0)),
        (Amount::Exactly(asked), _) if asked > most => Err(PlanError::BatchTooLarge { asked, most }),
        (Amount::Exactly(size), _) => Ok(BatchChoice {
            batch: Batch { first: size, most: size },
            reason: format!("{} in batches of {size}, as asked for.", windows_are_read(size)),
        }),
        (Amount::Auto, Work::OneContract) => Ok(remembered.map_or_else(unmeasured, |size| BatchChoice {
            batch: Batch { first: size, most: size },
            reason: format!(
                "Windows are read in batches of {size}: the fastest that was measured on this card."
            ),
        })),
        (Amount::Auto, Work::Many) => Ok(grows(remembered.unwrap_or(1), most)),
    }
}

fn unmeasured() -> BatchChoice {
    let reason = "Windows are read one by one: until this card is measured, that answers soonest for a single contract.";
    BatchChoice { batch: Batch::ONE, reason: reason.into() }
}

fn grows(first: usize, most: usize) -> BatchChoice {
    let reason = format!(
        "Windows are read in batches of {first} at first, more while that is faster, at most {most}, which is what fits \
         into the card's memory."
    );
    BatchChoice { batch: Batch { first, most }, reason }
}

fn windows_are_read(count: usize) -> String {
    format!("{} {} read", counted(count, "window"), if count == 1 { "is" } else { "are" })
}
