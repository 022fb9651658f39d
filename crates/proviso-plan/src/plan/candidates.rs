//! What could be run: devices with the numbers that they compute with, the one that is taken unless something speaks
//! against it first.

use proviso_core::{Device, Precision};

use super::{PlanError, Situation, Support};
use crate::{DeviceChoice, Gpu, GpuKind, Hardware, ModelNeeds, Packed, PlanRequest, PrecisionChoice};

/// A device and the numbers that it computes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub device: Device,
    pub precision: Precision,
}

/// Half-precision arithmetic at full speed came with this compute capability.
const F16_CAPABILITY: (u32, u32) = (5, 3);

/// All that could be run for a request, most promising first: graphics cards before the processor, f16 before f32 on a
/// card, 8-bit integers before f32 on a processor with dot products for them and after it on others. Never empty.
///
/// # Errors
/// If what was asked for does not exist here.
pub(super) fn candidates(
    situation: &Situation<'_>,
    request: PlanRequest,
) -> Result<Vec<Candidate>, PlanError> {
    let devices = devices(situation, request.device)?;
    let asked = request.precision.level();
    if let Some(level) = asked
        && !situation.model.suits(level)
    {
        return Err(unsuited(situation.model, level));
    }
    let mut found = Vec::new();
    for &device in &devices {
        let levels = match device {
            Device::Cpu => processor_levels(situation, asked),
            Device::Cuda(_) | Device::Metal(_) => {
                let mut levels = card_levels(card(situation.hardware, device), asked);
                levels.retain(|level| situation.model.suits(*level));
                levels
            }
        };
        found.extend(levels.into_iter().map(|precision| Candidate { device, precision }));
    }
    match (found.is_empty(), situation.model.packed, asked) {
        (true, Some(Packed { precision: imported, .. }), _) => {
            Err(PlanError::ImportedForProcessor { device: devices[0], imported })
        }
        (true, None, Some(precision)) => Err(PlanError::NotOnDevice { device: devices[0], precision }),
        _ => Ok(found),
    }
}

fn unsuited(model: ModelNeeds, asked: Precision) -> PlanError {
    match model.packed {
        // Without a calibration another import does not help.
        Some(packed) if asked != Precision::Int8Static || model.calibrated => {
            PlanError::ImportedAt { imported: packed.precision, asked }
        }
        _ => PlanError::NotCalibrated,
    }
}

fn devices(situation: &Situation<'_>, asked: DeviceChoice) -> Result<Vec<Device>, PlanError> {
    let Situation { hardware, support, .. } = situation;
    let of_kind = |is_kind: fn(&Device) -> bool| -> Vec<Device> {
        hardware.gpus.iter().filter_map(device_of).filter(is_kind).collect()
    };
    let found = |name, built_for: bool, devices: Vec<Device>| match (built_for, devices.is_empty()) {
        (false, _) => Err(PlanError::NotBuiltFor(name)),
        (true, true) => Err(PlanError::NoSuchDevice(name)),
        (true, false) => Ok(devices),
    };
    match asked {
        DeviceChoice::Cpu => Ok(vec![Device::Cpu]),
        DeviceChoice::Cuda => {
            found("cuda", support.cuda, of_kind(|device| matches!(device, Device::Cuda(_))))
        }
        DeviceChoice::Metal => {
            found("metal", support.metal, of_kind(|device| matches!(device, Device::Metal(_))))
        }
        DeviceChoice::Auto => {
            let usable = hardware.gpus.iter().filter_map(device_of).filter(|device| support.covers(*device));
            Ok(usable.chain([Device::Cpu]).collect())
        }
    }
}

impl Support {
    /// Whether there is a graphics card that the program was built for.
    pub fn has_card(self, hardware: &Hardware) -> bool {
        hardware.gpus.iter().filter_map(device_of).any(|device| self.covers(device))
    }

    /// Whether the program was built for a device.
    pub(super) fn covers(self, device: Device) -> bool {
        match device {
            Device::Cpu => true,
            Device::Cuda(_) => self.cuda,
            Device::Metal(_) => self.metal,
        }
    }
}

/// The device that a graphics processor is, if models can be run on its kind.
pub(super) fn device_of(card: &Gpu) -> Option<Device> {
    match card.kind {
        GpuKind::Nvidia => Some(Device::Cuda(card.index)),
        GpuKind::Apple => Some(Device::Metal(card.index)),
        GpuKind::Other => None,
    }
}

/// The graphics processor that a device is.
pub(super) fn card(hardware: &Hardware, device: Device) -> Option<&Gpu> {
    hardware.gpus.iter().find(|card| device_of(card) == Some(device))
}

/// The numbers that the processor would compute with.
pub(super) fn on_processor(situation: &Situation<'_>, request: PlanRequest) -> Precision {
    processor_levels(situation, request.precision.level())[0]
}

fn processor_levels(situation: &Situation<'_>, asked: Option<Precision>) -> Vec<Precision> {
    match asked.or(situation.model.packed.map(|packed| packed.precision)) {
        Some(level) => vec![level],
        None if situation.hardware.cpu.int8_dot_products().is_some() => vec![Precision::Int8, Precision::F32],
        None => vec![Precision::F32, Precision::Int8],
    }
}

/// Whether graphics cards compute with such numbers.
pub(super) fn runs_on_cards(level: Precision) -> bool {
    matches!(level, Precision::F32 | Precision::F16)
}

fn card_levels(card: Option<&Gpu>, asked: Option<Precision>) -> Vec<Precision> {
    match asked {
        Some(level) => {
            if runs_on_cards(level) {
                vec![level]
            } else {
                Vec::new()
            }
        }
        None => {
            let capability = card.and_then(|card| card.compute_capability);
            if capability.is_none_or(|capability| capability >= F16_CAPABILITY) {
                vec![Precision::F16, Precision::F32]
            } else {
                vec![Precision::F32]
            }
        }
    }
}

impl PrecisionChoice {
    /// The level that was asked for; `None` where it is left to the plan.
    pub fn level(self) -> Option<Precision> {
        match self {
            Self::Auto => None,
            Self::F32 => Some(Precision::F32),
            Self::F16 => Some(Precision::F16),
            Self::Int8 => Some(Precision::Int8),
            Self::Int8Static => Some(Precision::Int8Static),
            Self::Int4 => Some(Precision::Int4),
        }
    }
}
