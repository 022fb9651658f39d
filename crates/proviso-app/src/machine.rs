//! This computer as the program knows it: what was found of it, and how fast models were seen to run on it.

use std::{path::Path, sync::Arc};

use proviso_core::Sha256Hex;
use proviso_encoder::{BUILT_FOR_CUDA, BUILT_FOR_METAL, ModelFolder, kernel_sets};
use proviso_plan::{
    Device, Hardware, HardwareOverride, MeasuredPace, Measurements, ModelNeeds, Plan, PlanRequest, Precision,
    PrecisionChoice, Probe, Situation, Support, plan,
};
use proviso_store::{Database, MeasuredOn, MeasurementRecords, PaceRecord, StaleMeasuring};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{AppError, Model, VERSION};

/// A reading refines what is known of the pace only if it was this many windows for each that ran at once: shorter ones
/// measure how they begin and end.
const WINDOWS_WORTH_KEEPING: usize = 4;

/// The computer, and the database of what was measured on it.
#[derive(Debug)]
pub struct Machine {
    hardware: Hardware,
    support: Support,
    fingerprint: String,
    database: Option<Arc<Database>>,
}

/// Where a machine is looked for, and where its figures are kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct MachineSettings<'a> {
    /// The person's data folder, where measurements are kept; nothing is kept without one.
    pub data_folder: Option<&'a Path>,
    /// Where models are kept, so that the room on its disk can be told.
    pub models_folder: Option<&'a Path>,
    /// A description of a machine that replaces what is found of this one.
    pub description: Option<&'a Path>,
}

impl Machine {
    /// Looks at this computer. A database that cannot be used is none: it only makes promises of time better, and nothing
    /// must depend on it.
    ///
    /// # Errors
    /// If kernels are forced that the processor does not have, or the description cannot be understood.
    pub fn detect(settings: MachineSettings<'_>) -> Result<Self, AppError> {
        let database = settings.data_folder.and_then(|folder| Database::open(folder).ok());
        Self::detect_with(settings, database.map(Arc::new))
    }

    /// As [`detect`](Self::detect), with a database that is open already.
    ///
    /// # Errors
    /// As [`detect`](Self::detect).
    pub(crate) fn detect_with(
        settings: MachineSettings<'_>,
        database: Option<Arc<Database>>,
    ) -> Result<Self, AppError> {
        let kernels = kernel_sets()?;
        let mut hardware = Hardware::detect(&Probe::this_machine(&kernels, settings.models_folder));
        if let Some(description) = HardwareOverride::given(settings.description)? {
            hardware = description.over(&hardware)?;
        }
        let fingerprint = fingerprint(&hardware);
        let measured =
            database.as_ref().and_then(|database| database.disk_speed(&fingerprint).ok()).flatten();
        if let Some(disk) = &mut hardware.disk {
            disk.read_mb_per_s = disk.read_mb_per_s.or(measured);
        }
        let support = Support { cuda: BUILT_FOR_CUDA, metal: BUILT_FOR_METAL };
        Ok(Self { hardware, support, fingerprint, database })
    }

    /// What was found.
    pub fn hardware(&self) -> &Hardware {
        &self.hardware
    }

    /// Decides how a model is run here, with what was measured of it.
    ///
    /// # Errors
    /// If what was asked for is not possible here, or the model's configuration cannot be read.
    pub fn plan(&self, folder: &ModelFolder, request: PlanRequest) -> Result<Plan, AppError> {
        self.plan_with(Model::needs(folder)?, &self.measurements(folder), request)
    }

    /// As [`plan`](Self::plan), for a model of which nothing is known but its needs.
    ///
    /// # Errors
    /// If what was asked for is not possible here.
    pub fn plan_unmeasured(&self, needs: ModelNeeds, request: PlanRequest) -> Result<Plan, AppError> {
        self.plan_with(needs, &Measurements::default(), request)
    }

    /// The numbers that an imported model is packed in: those that were asked for, else 8-bit integers where the processor computes
    /// and has instructions for them, and f16 elsewhere, which graphics cards compute with, and processors as with f32 in half the
    /// room.
    pub fn packing_precision(&self, asked: PrecisionChoice) -> Precision {
        let has_integers = self.hardware.cpu.int8_dot_products().is_some();
        let has_card = self.support.has_card(&self.hardware);
        asked.level().unwrap_or(if has_integers && !has_card { Precision::Int8 } else { Precision::F16 })
    }

    pub(crate) fn plan_with(
        &self,
        model: ModelNeeds,
        measurements: &Measurements,
        request: PlanRequest,
    ) -> Result<Plan, AppError> {
        let situation = Situation { hardware: &self.hardware, support: self.support, model, measurements };
        Ok(plan(&situation, request)?)
    }

    /// The paces that were measured here of a model.
    pub(crate) fn measurements(&self, folder: &ModelFolder) -> Measurements {
        paces(&self.records(folder))
    }

    /// The best pace that was measured here of a model.
    pub fn best_pace(&self, folder: &ModelFolder) -> Option<MeasuredPace> {
        let paces = self.measurements(folder).paces.into_iter();
        paces.max_by(|a, b| a.windows_per_second.total_cmp(&b.windows_per_second))
    }

    /// Everything that was measured here of a model.
    pub(crate) fn records(&self, folder: &ModelFolder) -> MeasurementRecords {
        let records = self.database.as_ref().map(|database| database.measurements(&self.measured_on(folder)));
        records.and_then(Result::ok).unwrap_or_default()
    }

    /// The newest measuring of a model that does not count here.
    pub(crate) fn stale(&self, folder: &ModelFolder) -> Option<StaleMeasuring> {
        self.database.as_ref()?.stale_measuring(&self.measured_on(folder)).ok().flatten()
    }

    /// Whether figures are of this machine.
    pub(crate) fn is_here(&self, on: &MeasuredOn) -> bool {
        on.machine == self.fingerprint
    }

    /// Keeps a whole measuring of a model.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn keep(&self, folder: &ModelFolder, records: &MeasurementRecords) -> Result<(), AppError> {
        let Some(database) = &self.database else { return Err(AppError::NothingKept) };
        Ok(database.replace_measurements(&self.measured_on(folder), records)?)
    }

    /// Lets a reading that is done refine what is known of the model's pace. It is no failure of the reading if that
    /// cannot be kept.
    pub fn refine(&self, model: &Model, plan: &Plan, windows: usize, seconds: f64) {
        let Some(database) = &self.database else { return };
        let on = self.measured_on(model.folder());
        // On a card the batch that was found best is what comes again; what a whole text took was in part its growing. There
        // is none where the processor stepped in for the card.
        let seen = match (plan.device, model.learned_batch()) {
            (Device::Cpu, _) if windows >= WINDOWS_WORTH_KEEPING * plan.workers => {
                Some((plan.workers, windows as f64 / seconds))
            }
            (Device::Cuda(_) | Device::Metal(_), Some(timed)) => Some((timed.size, timed.windows_per_second)),
            _ => None,
        };
        let Some((at_once, windows_per_second)) = seen.filter(|(_, pace)| pace.is_finite() && *pace > 0.0)
        else {
            return;
        };
        let pace = PaceRecord {
            device: plan.device.to_string(),
            precision: plan.precision.name().to_owned(),
            at_once: at_once as u32,
            length: model.manifest().window.length as u32,
            windows_per_second,
            compared: None,
        };
        let _ = database.refine_pace(&on, &pace);
    }

    fn measured_on(&self, folder: &ModelFolder) -> MeasuredOn {
        MeasuredOn {
            machine: self.fingerprint.clone(),
            model: folder.weights_hash().to_string(),
            version: VERSION.to_owned(),
        }
    }
}

/// What the plan is told of records. Those of a device or precision that this version does not know are left out.
pub(crate) fn paces(records: &MeasurementRecords) -> Measurements {
    let pace = |record: &PaceRecord| {
        Some(MeasuredPace {
            device: record.device.parse().ok()?,
            precision: record.precision.parse().ok()?,
            at_once: record.at_once as usize,
            length: record.length as usize,
            windows_per_second: record.windows_per_second,
            compared: record.compared,
        })
    };
    Measurements { paces: records.paces.iter().filter_map(pace).collect() }
}

/// What of a machine makes its figures its own: not its free memory, nor what it is fed by.
#[derive(Serialize)]
struct Identity<'a> {
    processor: &'a str,
    cores: [usize; 3],
    kernels: &'a [String],
    cards: Vec<(&'a str, Option<u64>, Option<&'a str>)>,
}

fn fingerprint(hardware: &Hardware) -> String {
    let cpu = &hardware.cpu;
    let cards = hardware.gpus.iter().map(|gpu| (gpu.name.as_str(), gpu.memory_mb, gpu.driver.as_deref()));
    let identity = Identity {
        processor: &cpu.name,
        cores: [cpu.physical_cores, cpu.performance_cores, cpu.available_threads],
        kernels: &cpu.kernels,
        cards: cards.collect(),
    };
    // Names and numbers always serialise.
    let text = serde_json::to_vec(&identity).unwrap_or_default();
    Sha256Hex::from_digest(&Sha256::digest(text).into()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_known_by_what_makes_it_fast() {
        let machine = Machine::detect(MachineSettings::default()).unwrap();
        let mut changed = machine.hardware.clone();
        changed.memory.available_mb += 1_000;
        changed.power = proviso_plan::Power::Battery(Some(10));
        assert_eq!(fingerprint(&changed), machine.fingerprint);
        changed.cpu.kernels.push("faster".into());
        assert_ne!(fingerprint(&changed), machine.fingerprint);
    }

    #[test]
    fn without_a_place_to_keep_figures_nothing_fails_but_keeping() {
        let occupied = tempfile::NamedTempFile::new().unwrap();
        let settings = MachineSettings {
            data_folder: Some(&occupied.path().join("below")),
            ..MachineSettings::default()
        };
        let machine = Machine::detect(settings).unwrap();
        assert!(machine.database.is_none());
    }
}
