//! What was measured of a model on this computer, as the command line tells it.

use std::fmt;

use proviso_encoder::ModelFolder;
use proviso_plan::MeasuredPace;
use proviso_store::LoadingRecord;
use serde::Serialize;

use crate::{Machine, machine::paces};

/// The figures of one model on this computer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The model's name.
    pub model: String,
    /// When the whole was measured last, in RFC 3339; `None` where all comes from readings.
    pub measured_at: Option<String>,
    /// Megabytes a second that the disk was read with.
    pub disk_mb_per_s: Option<f64>,
    /// How long the model took to load.
    pub loading: Vec<LoadingRecord>,
    /// The paces.
    pub paces: Vec<MeasuredPace>,
}

impl Machine {
    /// What was measured of a model here.
    pub fn figures(&self, folder: &ModelFolder) -> Figures {
        let records = self.records(folder);
        Figures {
            model: folder.manifest().name.clone(),
            paces: paces(&records).paces,
            measured_at: records.measured_at,
            disk_mb_per_s: records.disk_mb_per_s,
            loading: records.loading,
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<8} {:<12} {:>8} {:>7} {:>10}",
            "device", "precision", "at once", "tokens", "windows/s"
        )?;
        for pace in &self.paces {
            let MeasuredPace { device, precision, at_once, length, windows_per_second, .. } = pace;
            writeln!(
                formatter,
                "{:<8} {:<12} {at_once:>8} {length:>7} {windows_per_second:>10.2}",
                device.to_string(),
                precision.name(),
            )?;
        }
        for LoadingRecord { device, precision, milliseconds } in &self.loading {
            writeln!(formatter, "{precision} is loaded onto {device} in {milliseconds:.0} ms")?;
        }
        if let Some(speed) = self.disk_mb_per_s {
            writeln!(formatter, "the disk is read with {speed:.0} MB a second")?;
        }
        Ok(())
    }
}
