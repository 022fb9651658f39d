//! How fast a model runs on this machine, measured with random tokens.

mod subject;

use proviso_encoder::EncoderError;
use proviso_plan::{Device, Placement, Plan, Precision};
use serde::Serialize;

use crate::{
    AppError, Cancel, peak_memory,
    timing::{AtOnce, Pace, kernel, random_windows},
};
pub use subject::BenchSubject;

/// The lengths that are measured where none are asked for, as far as the model reads such long windows.
pub const BENCH_LENGTHS: [usize; 3] = [128, 256, 512];

/// What was measured at one precision and length. It is serialised as `bench --json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// The model's name, or that of its folder.
    pub model: String,
    /// The numbers that it was run with.
    pub precision: Precision,
    /// Where it was run.
    pub device: Device,
    /// Windows that ran side by side, each on a thread of its own; threads over all for a model partly on the disk.
    pub threads: usize,
    /// Windows that went through the model together.
    pub batch: usize,
    /// Tokens of a window, the special ones included.
    pub length: usize,
    /// Windows finished in a second by all threads together, wall clock.
    pub windows_per_second: f64,
    /// Milliseconds from a window's begin to its end on its thread, while the other threads are busy too.
    pub ms_per_window: f64,
    /// Most megabytes (of 1 000 000 bytes) that the process held, from the beginning of the model's loading to the end
    /// of this measurement; from the process's start where the system cannot begin again; `None` where it does not
    /// tell.
    pub peak_rss_mb: Option<f64>,
    /// The kernels that it ran with, such as `avx2`.
    pub kernel: &'static str,
}

/// Loads a model as the plan says and measures it at each length, about two seconds long; the usual lengths where none
/// are asked for. Each measurement is handed out as soon as it is made. Of a model that is partly on the disk, `waiting` windows
/// go through the layers together; as many as planned where nothing is said.
///
/// # Errors
/// If the model cannot be loaded or run, a length is longer than its windows, or the measuring is cancelled.
pub fn bench(
    subject: &BenchSubject,
    plan: &Plan,
    lengths: Option<&[usize]>,
    waiting: Option<usize>,
    on_measurement: &mut dyn FnMut(Measurement),
    cancel: &Cancel,
) -> Result<(), AppError> {
    peak_memory::begin_again();
    let runner = subject.load(plan)?;
    let at_once = match plan.placement {
        Placement::Memory => AtOnce::on(plan.device, plan.at_once()),
        Placement::Disk(offload) => AtOnce { workers: 1, batch: waiting.unwrap_or(offload.group) },
    };
    let threads = match plan.placement {
        Placement::Memory => at_once.workers,
        Placement::Disk(_) => plan.workers,
    };
    for length in measured_lengths(lengths, subject.longest_window(&runner))? {
        let windows = random_windows(subject.vocabulary(), length);
        let reached = Pace::STEADY.measure(|windows| runner.run(windows), &windows, at_once, cancel)?;
        on_measurement(Measurement {
            model: subject.name().to_owned(),
            precision: plan.precision,
            device: plan.device,
            threads,
            batch: at_once.batch,
            length,
            windows_per_second: reached.windows_per_second,
            ms_per_window: reached.ms_per_window,
            peak_rss_mb: peak_memory::megabytes(),
            kernel: kernel(plan.device, plan.precision),
        });
    }
    Ok(())
}

/// What was asked for if the model reads windows that long; else the usual lengths that it reads, or its longest.
fn measured_lengths(asked: Option<&[usize]>, longest: usize) -> Result<Vec<usize>, EncoderError> {
    let Some(asked) = asked else {
        let mut lengths: Vec<_> = BENCH_LENGTHS.into_iter().filter(|length| *length <= longest).collect();
        if lengths.is_empty() {
            lengths.push(longest);
        }
        return Ok(lengths);
    };
    match asked.iter().find(|length| **length > longest) {
        Some(&tokens) => Err(EncoderError::WindowTooLong { tokens, limit: longest }),
        None => Ok(asked.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_stay_within_the_model() {
        let lengths = |asked: Option<&[usize]>, longest| measured_lengths(asked, longest).unwrap();
        assert_eq!(lengths(None, 512), [128, 256, 512]);
        assert_eq!(lengths(None, 300), [128, 256]);
        assert_eq!(lengths(None, 64), [64]);
        assert_eq!(lengths(Some(&[7, 64]), 64), [7, 64]);
        let error = measured_lengths(Some(&[64, 65]), 64).unwrap_err().to_string();
        assert!(error.contains("65") && error.contains("64"), "{error}");
    }
}
