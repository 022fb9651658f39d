//! Where a model is computed.

use std::{fmt, str::FromStr};

use serde::Serialize;

/// What a model is run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Device {
    /// The processor.
    Cpu,
    /// The NVIDIA graphics card of that number.
    Cuda(usize),
    /// The Apple graphics processor of that number.
    Metal(usize),
}

impl Device {
    /// The name by which a device of this kind is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Cuda(_) => "cuda",
            Self::Metal(_) => "metal",
        }
    }

    /// What a device of this kind is called before a person, within a sentence and after `the`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Cpu => "processor",
            Self::Cuda(_) => "NVIDIA graphics card",
            Self::Metal(_) => "Apple graphics processor",
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu | Self::Cuda(0) | Self::Metal(0) => formatter.write_str(self.name()),
            Self::Cuda(index) | Self::Metal(index) => write!(formatter, "{}:{index}", self.name()),
        }
    }
}

impl Serialize for Device {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Device {
    type Err = UnknownDevice;

    fn from_str(text: &str) -> Result<Self, UnknownDevice> {
        let (name, index) = text.split_once(':').unwrap_or((text, "0"));
        match (name, index.parse()) {
            ("cpu", Ok(0)) => Ok(Self::Cpu),
            ("cuda", Ok(index)) => Ok(Self::Cuda(index)),
            ("metal", Ok(index)) => Ok(Self::Metal(index)),
            _ => Err(UnknownDevice(text.to_owned())),
        }
    }
}

/// A name that no device has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of cpu, cuda and metal, with `:` and a number where there are several")]
pub struct UnknownDevice(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_device_is_found_by_its_name() {
        for device in [Device::Cpu, Device::Cuda(0), Device::Cuda(3), Device::Metal(0)] {
            assert_eq!(device.to_string().parse(), Ok(device));
        }
        for wrong in ["", "gpu", "cuda:x", "cpu:1"] {
            assert!(wrong.parse::<Device>().is_err(), "{wrong}");
        }
    }
}
