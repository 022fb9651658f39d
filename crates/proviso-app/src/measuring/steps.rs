//! What is measured: the settings that the plan could take here.

use proviso_encoder::ModelFolder;
use proviso_plan::{
    Amount, Device, DeviceChoice, Placement, Plan, PlanRequest, Precision, PrecisionChoice, Work,
};

use crate::{AppError, Machine, Model, encoder_shape::EncoderShape};

/// The largest batch that is tried on a graphics card.
const LARGEST_BATCH: usize = 256;

/// A device and a precision, with the numbers of windows at once that are tried, fewest first.
pub(super) struct Setting {
    pub plan: Plan,
    pub device: Device,
    pub precision: Precision,
    pub at_once: Vec<usize>,
    /// Tokens of a window, the special ones included.
    pub length: usize,
    pub vocabulary: usize,
}

/// Every setting that fits here. What the plan would take stands first, for the time may not suffice for all; there the
/// whole curve is measured, and of other precisions on the processor only the usual number of windows.
///
/// # Errors
/// If nothing can be run here, or the model's configuration cannot be read.
pub(super) fn settings(
    machine: &Machine,
    folder: &ModelFolder,
    request: PlanRequest,
) -> Result<Vec<Setting>, AppError> {
    let usual = PlanRequest { work: Work::Many, batch: Amount::Auto, ..request };
    let (shape, needs) = (EncoderShape::read(folder.path())?, Model::needs(folder)?);
    let taken = machine.plan(folder, usual)?;
    let mut found: Vec<Setting> = Vec::new();
    let mut add = |plan: &Plan| {
        let is_taken = (plan.device, plan.precision) == (taken.device, taken.precision);
        let at_once = match plan.device {
            // A model that is larger than memory takes its time for each window; readings show what more of them gain.
            Device::Cpu if plan.placement != Placement::Memory => vec![plan.workers],
            Device::Cpu if is_taken || plan.precision == Precision::F32 => doubling(plan.workers),
            Device::Cpu => vec![plan.workers],
            Device::Cuda(_) | Device::Metal(_) => doubling(plan.batch.most.min(LARGEST_BATCH)),
        };
        let (length, vocabulary) = (folder.manifest().window.length, shape.vocab_size);
        let (device, precision) = (plan.device, plan.precision);
        let setting = Setting { plan: plan.clone(), device, precision, at_once, length, vocabulary };
        if is_taken { found.insert(0, setting) } else { found.push(setting) }
    };
    for device in [DeviceChoice::Cuda, DeviceChoice::Metal, DeviceChoice::Cpu] {
        for precision in Precision::ALL.into_iter().filter(|level| needs.suits(*level)) {
            let wish = PlanRequest { device, precision: PrecisionChoice::from(precision), ..usual };
            // What is not there or does not fit is not measured.
            if let Ok(plan) = machine.plan(folder, wish) {
                add(&plan);
            }
        }
    }
    Ok(found)
}

/// 1, 2, 4 ... and `most` itself.
fn doubling(most: usize) -> Vec<usize> {
    let mut sizes: Vec<_> =
        std::iter::successors(Some(1), |size| Some(size * 2)).take_while(|size| *size < most).collect();
    sizes.push(most.max(1));
    sizes
}

impl Setting {
    /// The setting for a person.
    pub fn in_words(&self) -> String {
        format!("{} on the {}", self.precision.in_words(), self.device.in_words())
    }

    /// So many windows at once, for a person.
    pub fn counted(&self, at_once: usize) -> String {
        match (self.device, at_once) {
            (_, 1) => "one window at a time".to_owned(),
            (Device::Cpu, _) => format!("{at_once} windows side by side"),
            _ => format!("{at_once} windows in a batch"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_double_up_to_the_most() {
        assert_eq!(doubling(1), [1]);
        assert_eq!(doubling(2), [1, 2]);
        assert_eq!(doubling(12), [1, 2, 4, 8, 12]);
        assert_eq!(doubling(16), [1, 2, 4, 8, 16]);
    }
}
