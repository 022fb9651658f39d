//! The devices that a model can be loaded onto.

use std::{any::Any, fmt, panic};

use candle_core::Device;

use super::DeviceError;
use crate::EncoderError;

/// A device by its maker's interface and its number, counted from 0 in the order of the driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// An NVIDIA card. Needs the feature `cuda`.
    Cuda(usize),
    /// A graphics processor of a Mac. Needs the feature `metal`.
    Metal(usize),
    /// The processor, by the code for graphics cards. For tests: [`SpanTagger`](crate::SpanTagger) is what is made for it.
    Cpu,
}

impl fmt::Display for DeviceKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cuda(number) => write!(formatter, "cuda:{number}"),
            Self::Metal(number) => write!(formatter, "metal:{number}"),
            Self::Cpu => formatter.write_str("cpu"),
        }
    }
}

/// A device that is ready for work.
#[derive(Debug, Clone)]
pub struct ComputeDevice {
    kind: DeviceKind,
    device: Device,
}

impl ComputeDevice {
    /// Opens a device.
    ///
    /// # Errors
    /// If there is no such device, its driver is missing or too old, or this program was built without its interface.
    pub fn open(kind: DeviceKind) -> Result<Self, DeviceError> {
        // Where NVIDIA's libraries are loaded only now, cudarc panics if one of them or a function in it is missing, and
        // candle panics for a number that Metal does not have.
        let opened = panic::catch_unwind(|| match kind {
            DeviceKind::Cuda(number) => Device::new_cuda(number),
            DeviceKind::Metal(number) => Device::new_metal(number),
            DeviceKind::Cpu => Ok(Device::Cpu),
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
    pub fn kind(&self) -> DeviceKind {
        self.kind
    }

    pub(super) fn device(&self) -> &Device {
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
        for kind in [DeviceKind::Cuda(900), DeviceKind::Metal(900)] {
            let error = ComputeDevice::open(kind).unwrap_err();
            assert!(matches!(error, DeviceError::Failed(EncoderError::NoDevice { .. })), "{error}");
            assert!(error.to_string().contains(&kind.to_string()), "{error}");
        }
        assert_eq!(ComputeDevice::open(DeviceKind::Cpu).unwrap().kind(), DeviceKind::Cpu);
    }

    #[test]
    fn the_text_of_a_panic_is_kept() {
        let formatted: Box<dyn Any + Send> = Box::new(String::from("no libcuda"));
        assert_eq!(panic_text(formatted.as_ref()), "no libcuda");
        assert_eq!(panic_text(&"no libcublas"), "no libcublas");
        assert_eq!(panic_text(&7), "its driver failed");
    }
}
