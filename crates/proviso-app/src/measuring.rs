//! This computer measured with a model: each device and precision with real windows, the curve of windows at once, the
//! loading, and the disk.

mod figures;
mod steps;

use std::time::{Duration, Instant};

use proviso_encoder::{BatchSize, DeviceError, ModelFolder};
use proviso_plan::{Device, Placement, PlanRequest, read_bandwidth};
use proviso_store::{LoadingRecord, MeasurementRecords, PaceRecord};

use crate::{
    AppError, Cancel, Machine,
    timing::{AtOnce, Pace, Runner, random_windows},
};
pub use figures::Figures;
use steps::{Setting, settings};

/// When no further step is begun: a measuring is to be over in a minute, and a step of a large model takes long.
const LAST_BEGIN: Duration = Duration::from_secs(45);
/// Seconds for all paces together, which they share.
const ALL_PACES: f64 = 30.0;
/// How long the disk is read.
const DISK: Duration = Duration::from_secs(2);

/// How far a measuring has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuringProgress {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// What is being measured now, in words.
    pub doing: String,
}

/// Measures this computer with a model, in less than a minute unless a single window takes longer, and keeps the figures.
/// What does not fit into the memory is left out. `request` says how many windows may be read side by side.
///
/// # Errors
/// If the model cannot be loaded or run, the figures cannot be kept, or the measuring is cancelled; the earlier figures
/// then stay.
pub fn measure(
    machine: &Machine,
    folder: &ModelFolder,
    request: PlanRequest,
    on_progress: &mut dyn FnMut(MeasuringProgress),
    cancel: &Cancel,
) -> Result<(), AppError> {
    let begin = Instant::now();
    let settings = settings(machine, folder, request)?;
    let paces: usize = settings.iter().map(|setting| setting.at_once.len()).sum();
    let mut progress = Progress { done: 0, total: 1 + settings.len() + paces, on_progress };
    progress.tell("the disk".into());
    let is_cancelled = || cancel.is_asked();
    let mut records = MeasurementRecords {
        disk_mb_per_s: read_bandwidth(&folder.largest_file(), DISK, &is_cancelled),
        ..MeasurementRecords::default()
    };
    progress.done = 1;
    let seconds = (ALL_PACES / paces.max(1) as f64).clamp(0.25, 1.5);
    for setting in &settings {
        let until = progress.done + 1 + setting.at_once.len();
        if begin.elapsed() < LAST_BEGIN {
            measure_setting(folder, setting, seconds, &mut records, &mut progress, cancel)?;
        }
        progress.done = until;
    }
    if cancel.is_asked() {
        return Err(AppError::Cancelled);
    }
    machine.keep(folder, &records)
}

fn measure_setting(
    folder: &ModelFolder,
    setting: &Setting,
    seconds: f64,
    records: &mut MeasurementRecords,
    progress: &mut Progress<'_>,
    cancel: &Cancel,
) -> Result<(), AppError> {
    if cancel.is_asked() {
        return Err(AppError::Cancelled);
    }
    progress.tell(format!("loading, {}", setting.in_words()));
    let begin = Instant::now();
    let runner = match Runner::planned(folder, &setting.plan) {
        Ok(runner) => runner,
        // What does not fit, or is not there after all, is left out like what the plan refuses.
        Err(AppError::Device(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let (device, precision) = (setting.device.to_string(), setting.precision.name().to_owned());
    let milliseconds = 1e3 * begin.elapsed().as_secs_f64();
    records.loading.push(LoadingRecord {
        device: device.clone(),
        precision: precision.clone(),
        milliseconds,
    });
    progress.done += 1;
    let windows = random_windows(setting.vocabulary, setting.length);
    let mut before = 0.0;
    for &at_once in &setting.at_once {
        progress.tell(format!("{}, {}", setting.in_words(), setting.counted(at_once)));
        let measured = Pace {
            warm_up: Duration::from_secs_f64(seconds / 5.0),
            measured: Duration::from_secs_f64(seconds),
            windows: at_once,
        };
        let workers = match setting.plan.placement {
            Placement::Memory => AtOnce::on(setting.device, at_once),
            Placement::Disk(_) => AtOnce { workers: 1, batch: at_once },
        };
        let reached = match measured.measure(|windows| runner.run(windows), &windows, workers, cancel) {
            Ok(reached) => reached,
            Err(AppError::Device(DeviceError::OutOfMemory | DeviceError::Lost(_))) => break,
            Err(error) => return Err(error),
        };
        let windows_per_second = reached.windows_per_second;
        records.paces.push(PaceRecord {
            device: device.clone(),
            precision: precision.clone(),
            at_once: at_once as u32,
            length: setting.length as u32,
            windows_per_second,
            compared: Some(windows_per_second),
        });
        progress.done += 1;
        if setting.device != Device::Cpu && windows_per_second <= BatchSize::WORTH_GROWING * before {
            break;
        }
        before = windows_per_second;
    }
    Ok(())
}

struct Progress<'a> {
    done: usize,
    total: usize,
    on_progress: &'a mut dyn FnMut(MeasuringProgress),
}

impl Progress<'_> {
    fn tell(&mut self, doing: String) {
        (self.on_progress)(MeasuringProgress { done: self.done, total: self.total, doing });
    }
}
