//! The choices and their reasons.

use serde::Serialize;

use crate::{
    Amount, DeviceChoice, Hardware, ModelNeeds, PlanRequest, Precision, Speed,
    memory::{fitting, needed_mb},
    precision,
};

/// What will run. Carried out as it is; nothing further is chosen later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// `cpu`.
    pub device: &'static str,
    /// The numbers that the model is run with.
    pub precision: Precision,
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
    /// Ranges from a calibration were asked for and the model has none.
    #[error(
        "`int8-static` needs a model that was calibrated on contracts of your own, and this one was not; calibrate it \
         with `proviso models import DIR --calibrate CONTRACTS`, or choose `int8`"
    )]
    NotCalibrated,
    /// Windows cannot be batched.
    #[error(
        "on a processor windows are read one by one, which is faster than a batch of {0}; leave the batch out or choose 1"
    )]
    NoBatches(usize),
    /// Zero workers would never finish.
    #[error("at least one thread is needed")]
    NoThreads,
    /// The model does not fit into the budget.
    #[error(
        "at {precision} the model needs {needed_mb} MB and the budget is {budget_mb} MB: {} MB are missing; {}",
        needed_mb - budget_mb,
        fits.map_or("no other precision would fit".to_owned(), |level| format!("`--precision {level}` would fit"))
    )]
    DoesNotFit {
        /// The numbers that it was to be run with.
        precision: Precision,
        /// Megabytes that are needed.
        needed_mb: u64,
        /// Megabytes that are allowed.
        budget_mb: u64,
        /// The most exact numbers with which it would fit, if there are any.
        fits: Option<Precision>,
    },
}

/// Decides how a model is run: a pure function of the machine, the model and what was asked for.
///
/// # Errors
/// If what was asked for is not possible here.
pub fn plan(hardware: &Hardware, model: ModelNeeds, request: PlanRequest) -> Result<Plan, PlanError> {
    let (precision, reason) = precision::choose(request.precision, hardware, model)?;
    let mut reasons = vec![device(request.device)?, reason];
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
    let window = model.window_length.saturating_sub(2).max(1);
    let (stride, reason) = stride(window, request.speed);
    reasons.push(reason);
    let memory_mb = needed_mb(model, precision, workers);
    if let Some(budget_mb) = request.memory_budget_mb
        && budget_mb < memory_mb
    {
        let fits = fitting(model, workers, budget_mb);
        return Err(PlanError::DoesNotFit { precision, needed_mb: memory_mb, budget_mb, fits });
    }
    let of_budget = request.memory_budget_mb.map_or(String::new(), |mb| format!(" of the allowed {mb} MB"));
    reasons.push(format!("About {memory_mb} MB{of_budget} are needed in memory."));
    Ok(Plan { device: "cpu", precision, batch: 1, workers, window, stride, memory_mb, reasons })
}

fn device(choice: DeviceChoice) -> Result<String, PlanError> {
    match choice {
        DeviceChoice::Auto => Ok("The processor computes: this version uses no graphics card.".into()),
        DeviceChoice::Cpu => Ok("The processor computes, as asked for.".into()),
        DeviceChoice::Cuda => Err(PlanError::NoSuchDevice("cuda")),
        DeviceChoice::Metal => Err(PlanError::NoSuchDevice("metal")),
    }
}

fn workers(hardware: &Hardware, threads: Amount) -> Result<(usize, String), PlanError> {
    match threads {
        Amount::Exactly(0) => Err(PlanError::NoThreads),
        Amount::Exactly(count) => Ok((count, format!("{} side by side, as asked for.", windows(count)))),
        Amount::Auto => {
            // Two threads of one core share its arithmetic units; on the smallest machines the second still helps.
            let count = hardware.cpu.physical_cores.max(hardware.cpu.available_threads.min(2));
            let cores = hardware.cpu.physical_cores;
            let threads = hardware.cpu.available_threads;
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
    use crate::PrecisionChoice;

    const TAGGER: ModelNeeds = ModelNeeds {
        parameters: 22_600_000,
        embedding_parameters: 11_700_000,
        window_length: 256,
        calibrated: false,
    };

    fn machine(physical_cores: usize, available_threads: usize) -> Hardware {
        crate::hardware::machine(physical_cores, available_threads, &["avx2"])
    }

    #[test]
    fn workers_follow_the_cores() {
        for (cores, threads, expected) in [(1, 1, 1), (1, 2, 2), (2, 2, 2), (4, 8, 4), (8, 16, 8)] {
            let plan = plan(&machine(cores, threads), TAGGER, PlanRequest::default()).unwrap();
            assert_eq!(plan.workers, expected, "{cores} cores, {threads} threads");
            assert_eq!((plan.device, plan.precision, plan.batch), ("cpu", Precision::F32, 1));
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
            refused(PlanRequest { precision: PrecisionChoice::Int8Static, ..request }),
            PlanError::NotCalibrated
        );
        assert_eq!(refused(PlanRequest { batch: Amount::Exactly(8), ..request }), PlanError::NoBatches(8));
        assert_eq!(refused(PlanRequest { threads: Amount::Exactly(0), ..request }), PlanError::NoThreads);
    }

    #[test]
    fn what_does_not_fit_is_told_what_would() {
        let refused = |memory_budget_mb, precision| {
            let request =
                PlanRequest { memory_budget_mb: Some(memory_budget_mb), precision, ..PlanRequest::default() };
            plan(&machine(2, 2), TAGGER, request).unwrap_err()
        };
        let by_itself = refused(55, PrecisionChoice::Auto);
        assert_eq!(
            by_itself,
            PlanError::DoesNotFit {
                precision: Precision::F32,
                needed_mb: 83,
                budget_mb: 55,
                fits: Some(Precision::Int8)
            }
        );
        assert!(
            by_itself.to_string().ends_with("28 MB are missing; `--precision int8` would fit"),
            "{by_itself}"
        );
        let nothing = refused(20, PrecisionChoice::Int4);
        assert!(
            nothing.to_string().starts_with("at int4") && nothing.to_string().contains("no other precision")
        );
    }

    #[test]
    fn the_plan_is_printed_with_the_name_of_its_precision() {
        let request = PlanRequest { precision: PrecisionChoice::Int4, ..PlanRequest::default() };
        let plan = plan(&machine(2, 2), TAGGER, request).unwrap();
        assert_eq!((plan.precision.to_string().as_str(), plan.memory_mb), ("int4", 45));
        assert!(plan.reasons.iter().any(|reason| reason.contains("4-bit")));
    }
}
