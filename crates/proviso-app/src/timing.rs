//! Windows of random tokens through a model on some device, timed.

mod pace;
mod random_tokens;
mod runner;

use proviso_encoder::{Device, Precision, kernel_name};

pub(crate) use pace::{AtOnce, Pace};
use random_tokens::RandomTokens;
pub(crate) use runner::Runner;

/// The random windows of a measurement always begin with this seed.
const SEED: u64 = 41;
/// Different windows of a measurement; workers take them in turn.
const DIFFERENT_WINDOWS: usize = 16;

/// The windows that every measurement of a length uses.
pub(crate) fn random_windows(vocabulary: usize, length: usize) -> Vec<Vec<u32>> {
    let mut tokens = RandomTokens::new(SEED, vocabulary);
    (0..DIFFERENT_WINDOWS).map(|_| tokens.window(length)).collect()
}

/// The kernels that a device runs a level of precision with.
pub(crate) fn kernel(device: Device, precision: Precision) -> &'static str {
    match device {
        Device::Cpu => kernel_name(precision),
        Device::Cuda(_) | Device::Metal(_) => device.name(),
    }
}
