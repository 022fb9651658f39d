//! The devices that a model can be loaded onto.

use std::{any::Any, panic};

use proviso_core::Device;

use super::DeviceError;
use crate::EncoderError;

/// A device that is ready for work.
#[derive(Debug, Clone)]
pub struct ComputeDevice {
    kind: Device,
    device: candle_core::Device,
}

impl ComputeDevice {
    /// Opens a device. The processor is opened for tests only: [`ProcessorModel`](crate::ProcessorModel) is what is made for it.
    ///
    /// # Errors
    /// If there is no such device, its driver is missing or too old, or this program was built without its interface.
    pub fn open(kind: Device) -> Result<Self, DeviceError> {
        // Where NVIDIA's libraries are loaded only now, cudarc panics if one of them or a function in it is missing, and
        // candle panics for a number that Metal does not have.
        let opened = panic::catch_unwind(|| match kind {
            Device::Cuda(number) => candle_core::Device::new_cuda(number),
            Device::Metal(number) => candle_core::Device::new_metal(number),
            Device::Cpu => Ok(candle_core::Device::Cpu),
        });
        let unusable = |reason: String| EncoderError::NoDevice { device: kind.to_string(), reason };
        match opened {
            Ok(Ok(device)) => Ok(Self { kind, device }),
            Ok(Err(error)) => Err(match DeviceError::from(error) {
                DeviceError::Failed(EncoderError::Device(reason)) => unusable(reason).into(),
                other => other,
            }),
            Err(panic) => Err(unusable(panic_text(panic.as_ref())).into()),
        }
    }

    /// Which device it is.
    pub fn kind(&self) -> Device {
        self.kind
    }

    pub(super) fn device(&self) -> &candle_core::Device {
        &self.device
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("its driver failed")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_not_there_is_named() {
        // No computer has so many cards, whatever this program is built with.
        for kind in [Device::Cuda(900), Device::Metal(900)] {
            let error = ComputeDevice::open(kind).unwrap_err();
            assert!(matches!(error, DeviceError::Failed(EncoderError::NoDevice { .. })), "{error}");
            assert!(error.to_string().contains(&kind.to_string()), "{error}");
        }
        assert_eq!(ComputeDevice::open(Device::Cpu).unwrap().kind(), Device::Cpu);
    }

    #[test]
    fn the_text_of_a_panic_is_kept() {
        let formatted: Box<dyn Any + Send> = Box::new(String::from("no libcuda"));
        assert_eq!(panic_text(formatted.as_ref()), "no libcuda");
        assert_eq!(panic_text(&"no libcublas"), "no libcublas");
        assert_eq!(panic_text(&7), "its driver failed");
    }
}
