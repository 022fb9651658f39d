//! Looking at a machine.

mod adapter;
mod bandwidth;
mod battery;
mod disk;
mod linux;
mod macos;
mod nvidia;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod other;
mod source;
mod units;

use std::path::Path;

use crate::hardware::{Cpu, Hardware, Memory, Power};

use adapter::Adapter;
pub use bandwidth::read_bandwidth;
pub use disk::free_bytes;
use source::{Source, System};

/// What is to be looked at, and what the caller knows of it already.
#[derive(Debug, Clone, Copy)]
pub struct Probe<'a> {
    source: Source<'a>,
    kernels: &'a [&'a str],
    models_folder: Option<&'a Path>,
}

impl<'a> Probe<'a> {
    /// This machine. `kernels` are the sets of kernels that can run here, slowest first; `models_folder` is where models
    /// are kept, and need not exist yet.
    pub fn this_machine(kernels: &'a [&'a str], models_folder: Option<&'a Path>) -> Self {
        Self { source: Source::ThisMachine, kernels, models_folder }
    }

    /// Another machine, of which `folder` holds what its system answered:
    ///
    /// 1. `proc/` and `sys/`: files of Linux, as they were; or `sysctl.txt`: what `sysctl -a` printed on macOS.
    /// 2. `nvml.json`, `batteries.json` and `disk.json`: what its libraries answered; each may be missing.
    pub fn recorded(folder: &'a Path, kernels: &'a [&'a str], models_folder: Option<&'a Path>) -> Self {
        Self { source: Source::Recorded(folder), kernels, models_folder }
    }
}

/// What the operating system tells.
struct Found {
    cpu: Cpu,
    memory: Memory,
    power: Power,
    adapters: Vec<Adapter>,
}

impl Hardware {
    /// Looks at a machine. Whatever the system does not tell, or tells wrongly, is left at the least that is certain: this
    /// never fails. It takes milliseconds; up to seconds where NVIDIA's driver has to wake a card.
    pub fn detect(probe: &Probe<'_>) -> Self {
        let Found { mut cpu, memory, power, adapters } = match probe.source.system() {
            System::Linux(root) => linux::look(root, probe.source.threads()),
            System::MacOs(sysctl) => {
                macos::look(&sysctl, probe.source.threads(), battery::power(probe.source))
            }
            #[cfg(not(any(target_os = "linux", target_os = "macos")))]
            System::Other => other::look(probe.source.threads(), battery::power(probe.source)),
        };
        cpu.kernels = probe.kernels.iter().map(ToString::to_string).collect();
        let gpus = adapter::beside(nvidia::cards(probe.source), adapters);
        let disk = probe.models_folder.and_then(|folder| disk::of(folder, probe.source));
        Self { cpu, memory, disk, power, gpus }
    }
}
