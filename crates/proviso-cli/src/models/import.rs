//! `proviso models import`.

use std::path::Path;

use proviso_app::{Calibrated, CalibrationProgress, Cancel, Import, ImportProgress, LibraryError, calibrate};
use proviso_encoder::ModelFolder;
use proviso_pdf::worker::PdfReader;
use proviso_plan::{DeviceChoice, PlanRequest, PrecisionChoice};

use crate::{Outcome, arguments::ImportArguments, environment, output, progress};

pub fn run(arguments: &ImportArguments) -> anyhow::Result<Outcome> {
    let library = environment::model_library()?;
    let machine = environment::machine(None)?;
    let precision = machine.packing_precision(arguments.precision.into());
    let import = Import::prepare(&library, &arguments.folder, arguments.name.as_deref(), precision)?;
    let calibrated = match (arguments.calibrate.as_deref(), import.source()) {
        (None, _) => None,
        (Some(contracts), Some(model)) => Some(calibrated_on(contracts, model)?),
        (Some(_), None) => return Err(LibraryError::NotCalibrated(import.name().to_owned()).into()),
    };
    let bar = progress::bytes("");
    let mut on_bytes = |progress: ImportProgress| {
        bar.set_message(progress.doing);
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    };
    let ranges = calibrated.as_ref().map(|calibrated| &calibrated.activation_ranges[..]);
    let model = import.carry_out(ranges, &mut on_bytes, &Cancel::default())?;
    bar.finish_and_clear();
    output::print(told(&model, calibrated.as_ref()).as_bytes())?;
    let unread = calibrated.map(|calibrated| calibrated.unread).unwrap_or_default();
    for error in &unread {
        output::complain(&format!("not read: {error}"));
    }
    Ok(if unread.is_empty() { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Activations are watched in f32 on the processor, whatever the model runs at later.
fn calibrated_on(contracts: &Path, model: &ModelFolder) -> anyhow::Result<Calibrated> {
    let request =
        PlanRequest { device: DeviceChoice::Cpu, precision: PrecisionChoice::F32, ..PlanRequest::default() };
    let plan = environment::machine(None)?.plan(model, request)?;
    let reader = PdfReader::new(environment::program()?);
    let bar = progress::bar(0, "calibrating");
    let mut on_progress = |progress: CalibrationProgress| {
        let (doing, done, total) = match progress {
            CalibrationProgress::Contracts { done, total } => ("opening contracts", done, total),
            CalibrationProgress::Windows { done, total } => ("calibrating", done, total),
        };
        bar.set_message(doing);
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let calibrated = calibrate(model, &plan, contracts, &reader, &mut on_progress, &Cancel::default());
    bar.finish_and_clear();
    Ok(calibrated?)
}

fn told(model: &ModelFolder, calibrated: Option<&Calibrated>) -> String {
    let mut text = format!("{}: imported into {}\n", model.manifest().name, model.path().display());
    if let Some(Calibrated { found, contracts, windows, windows_there, .. }) = calibrated {
        text += &format!(
            "calibrated on {windows} of {windows_there} windows, from {contracts} of {found} PDF files\n"
        );
    }
    text
}
