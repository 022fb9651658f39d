//! What was measured on this machine.

use proviso_core::{Device, Precision};
use serde::Serialize;

/// Paces of one model on one machine. Figures of another machine, model or version do not belong here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measurements {
    /// The paces, at most one for each device, precision, number at once and length.
    pub paces: Vec<MeasuredPace>,
}

/// How fast windows were finished in one setting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeasuredPace {
    /// Where was computed.
    pub device: Device,
    /// The numbers that were computed with.
    pub precision: Precision,
    /// Windows that ran at once: side by side on a processor, in a batch on a graphics card.
    pub at_once: usize,
    /// Tokens of each window, the special ones included.
    pub length: usize,
    /// Windows finished in a second, as readings showed it since.
    pub windows_per_second: f64,
    /// Windows finished in a second when all settings were measured one after the other. Only these can be set beside each
    /// other: a reading on a busy machine makes its own setting look slow.
    pub compared: Option<f64>,
}

impl Measurements {
    /// The fastest pace of a device and precision, however many windows ran at once.
    pub fn best(&self, device: Device, precision: Precision, length: usize) -> Option<&MeasuredPace> {
        self.of(device, precision, length)
            .max_by(|a, b| a.windows_per_second.total_cmp(&b.windows_per_second))
    }

    /// The fastest pace of a device and precision that can be set beside those of others.
    pub fn compared(&self, device: Device, precision: Precision, length: usize) -> Option<f64> {
        self.of(device, precision, length).filter_map(|pace| pace.compared).max_by(f64::total_cmp)
    }

    /// The pace with so many windows at once.
    pub fn at(
        &self,
        device: Device,
        precision: Precision,
        length: usize,
        at_once: usize,
    ) -> Option<&MeasuredPace> {
        self.of(device, precision, length).find(|pace| pace.at_once == at_once)
    }

    fn of(&self, device: Device, precision: Precision, length: usize) -> impl Iterator<Item = &MeasuredPace> {
        let is_asked = move |pace: &&MeasuredPace| {
            (pace.device, pace.precision, pace.length) == (device, precision, length)
        };
        self.paces.iter().filter(is_asked)
    }
}
