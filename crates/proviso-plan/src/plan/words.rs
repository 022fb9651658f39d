//! Numbers and names in sentences.

use proviso_core::{Device, Precision};

/// A number with two figures at least, but no more decimals than tell something.
pub(super) fn rounded(number: f64) -> String {
    if number >= 10.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

/// `1 core`, `2 cores`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What computes, at the beginning of a sentence.
pub(super) fn device(device: Device) -> &'static str {
    match device {
        Device::Cpu => "The processor",
        Device::Cuda(_) => "The NVIDIA graphics card",
        Device::Metal(_) => "The Apple graphics processor",
    }
}

/// A level of precision, within a sentence.
pub(super) fn numbers(precision: Precision) -> &'static str {
    match precision {
        Precision::F32 => "32-bit floating point",
        Precision::F16 => "16-bit floating point",
        Precision::Int8 => "8-bit integers",
        Precision::Int8Static => "8-bit integers with calibrated ranges",
        Precision::Int4 => "4-bit integers",
    }
}
