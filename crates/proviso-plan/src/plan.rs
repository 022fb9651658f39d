//! The choices and their reasons.

use serde::Serialize;

use crate::{Amount, DeviceChoice, Hardware, PlanRequest, PrecisionChoice, Speed};

/// What of a model decides how it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelNeeds {
    /// Number of weights.
    pub parameters: u64,
    /// Tokens of a window, the two special ones included.
    pub window_length: usize,
}

/// What will run. Carried out as it is; nothing further is chosen later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// `cpu`.
    pub device: &'static str,
    /// `f32`.
    pub precision: &'static str,
    /// Windows that go through the model together.
    pub batch: usize,
    /// Windows read side by side, each by one thread.
    pub workers: usize,
    /// Tokens of text in a window, without the two special ones.
    pub window: usize,
    /// Tokens from the beginning of one window to that of the next.
    pub stride: usize,
    /// Megabytes that the weights and the workers take, estimated.
    pub memory_mb: u64,
    /// A sentence for each choice.
    pub reasons: Vec<String>,
}

/// What was asked for cannot be done on this machine, or not by this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The device is not there, or this program was built without it.
    #[error(
        "this version of Proviso computes on the processor only, so `{0}` cannot be used; choose `auto` or `cpu`"
    )]
    NoSuchDevice(&'static str),
    /// The precision is not there.
    #[error("this version of Proviso computes in f32 only, so `{0}` cannot be used; choose `auto` or `f32`")]
    NoSuchPrecision(&'static str),
    /// Windows cannot be batched.
    #[error(
        "on a processor windows are read one by one, which is faster than a batch of {0}; leave the batch out or choose 1"
    )]
    NoBatches(usize),
    /// Zero workers would never finish.
    #[error("at least one thread is needed")]
    NoThreads,
    /// The model does not fit into the budget.
    #[error("the model needs {needed_mb} MB and the budget is {budget_mb} MB: {} MB are missing", needed_mb - budget_mb)]
    DoesNotFit {
        /// Megabytes that are needed.
        needed_mb: u64,
        /// Megabytes that are allowed.
        budget_mb: u64,
    },
}

/// Megabytes that one worker needs beside the weights: the activations of a window and the scores of its attention.
const WORKER_MB: u64 = 8;

/// Decides how a model is run: a pure function of the machine, the model and what was asked for.
///
/// # Errors
/// If what was asked for is not possible here.
pub fn plan(hardware: &Hardware, model: ModelNeeds, request: PlanRequest) -> Result<Plan, PlanError> {
    let mut reasons = vec![device(request.device)?, precision(request.precision, hardware)?];
    let (workers, reason) = workers(hardware, request.threads)?;
    reasons.push(reason);
    if let Amount::Exactly(batch) = request.batch
        && batch != 1
    {
        return Err(PlanError::NoBatches(batch));
    }
    reasons.push(
        "Windows are read one by one at their exact length: on a processor a batch only adds padding.".into(),
    );
    let window = model.window_length - 2;
    let (stride, reason) = stride(window, request.speed);
    reasons.push(reason);
    let memory_mb = model.parameters * 4 / 1_000_000 + workers as u64 * WORKER_MB;
    if let Some(budget_mb) = request.memory_budget_mb
        && budget_mb < memory_mb
    {
        return Err(PlanError::DoesNotFit { needed_mb: memory_mb, budget_mb });
    }
    let of_budget = request.memory_budget_mb.map_or(String::new(), |mb| format!(" of the allowed {mb} MB"));
    reasons.push(format!("About {memory_mb} MB{of_budget} are needed in memory."));
    Ok(Plan { device: "cpu", precision: "f32", batch: 1, workers, window, stride, memory_mb, reasons })
}

fn device(choice: DeviceChoice) -> Result<String, PlanError> {
    match choice {
        DeviceChoice::Auto => Ok("The processor computes: this version uses no graphics card.".into()),
        DeviceChoice::Cpu => Ok("The processor computes, as asked for.".into()),
        DeviceChoice::Cuda => Err(PlanError::NoSuchDevice("cuda")),
        DeviceChoice::Metal => Err(PlanError::NoSuchDevice("metal")),
    }
}

fn precision(choice: PrecisionChoice, hardware: &Hardware) -> Result<String, PlanError> {
    let why = match choice {
        PrecisionChoice::Auto => "the only precision of this version",
        PrecisionChoice::F32 => "as asked for",
        PrecisionChoice::F16 => return Err(PlanError::NoSuchPrecision("f16")),
        PrecisionChoice::Int8 => return Err(PlanError::NoSuchPrecision("int8")),
        PrecisionChoice::Int4 => return Err(PlanError::NoSuchPrecision("int4")),
    };
    let sets = match hardware.instruction_sets.as_slice() {
        [] => "plain instructions".to_owned(),
        sets => sets.join(", "),
    };
    Ok(format!("Numbers are 32-bit floating point, {why}, with {sets}."))
}

fn workers(hardware: &Hardware, threads: Amount) -> Result<(usize, String), PlanError> {
    match threads {
        Amount::Exactly(0) => Err(PlanError::NoThreads),
        Amount::Exactly(count) => Ok((count, format!("{} side by side, as asked for.", windows(count)))),
        Amount::Auto => {
            // Two threads of one core share its arithmetic units; on the smallest machines the second still helps.
            let count = hardware.physical_cores.max(hardware.available_threads.min(2));
            let cores = hardware.physical_cores;
            let threads = hardware.available_threads;
            let reason = format!(
                "{} side by side, each by one thread: the processor has {cores} core{} for {threads} thread{}.",
                windows(count),
                plural(cores),
                plural(threads),
            );
            Ok((count, reason))
        }
    }
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

fn windows(count: usize) -> String {
    format!("{count} window{} {}", plural(count), if count == 1 { "is read" } else { "are read" })
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGGER: ModelNeeds = ModelNeeds { parameters: 22_600_000, window_length: 256 };

    fn machine(physical_cores: usize, available_threads: usize) -> Hardware {
        Hardware { physical_cores, available_threads, instruction_sets: vec!["avx2", "fma"] }
    }

    #[test]
    fn workers_follow_the_cores() {
        for (cores, threads, expected) in [(1, 1, 1), (1, 2, 2), (2, 2, 2), (4, 8, 4), (8, 16, 8)] {
            let plan = plan(&machine(cores, threads), TAGGER, PlanRequest::default()).unwrap();
            assert_eq!(plan.workers, expected, "{cores} cores, {threads} threads");
            assert_eq!((plan.device, plan.precision, plan.batch), ("cpu", "f32", 1));
        }
    }

    #[test]
    fn slower_speeds_read_each_passage_more_often() {
        let stride_at = |speed| {
            plan(&machine(2, 2), TAGGER, PlanRequest { speed, ..PlanRequest::default() }).unwrap().stride
        };
        assert_eq!([Speed::Fast, Speed::Balanced, Speed::Accurate].map(stride_at), [223, 127, 64]);
    }

    #[test]
    fn what_cannot_be_done_is_refused_with_the_way_out() {
        let refused = |request| plan(&machine(2, 2), TAGGER, request).unwrap_err();
        let request = PlanRequest::default();
        assert_eq!(
            refused(PlanRequest { device: DeviceChoice::Cuda, ..request }),
            PlanError::NoSuchDevice("cuda")
        );
        assert_eq!(
            refused(PlanRequest { precision: PrecisionChoice::Int8, ..request }),
            PlanError::NoSuchPrecision("int8")
        );
        assert_eq!(refused(PlanRequest { batch: Amount::Exactly(8), ..request }), PlanError::NoBatches(8));
        assert_eq!(refused(PlanRequest { threads: Amount::Exactly(0), ..request }), PlanError::NoThreads);
        let too_small = refused(PlanRequest { memory_budget_mb: Some(50), ..request });
        assert_eq!(too_small, PlanError::DoesNotFit { needed_mb: 106, budget_mb: 50 });
        assert!(too_small.to_string().ends_with("56 MB are missing"));
    }
}
