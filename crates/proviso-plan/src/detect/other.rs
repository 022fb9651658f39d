//! What Windows and other systems tell when they are asked.

use sysinfo::{CpuRefreshKind, Gpu, Gpus, MemoryRefreshKind, RefreshKind, System};

use super::{Found, adapter::Adapter, units::megabytes};
use crate::hardware::{Caches, Cpu, Memory, Power};

/// Looks at this machine. `threads` is what the standard library counts, and `power` what another library tells.
///
/// Cores of two kinds are not told apart, and caches and limits on the process are not asked for.
pub(super) fn look(threads: Option<usize>, power: Power) -> Found {
    let asked = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing())
        .with_memory(MemoryRefreshKind::nothing().with_ram());
    // Systems that the library does not know answer nothing.
    let system = System::new_with_specifics(asked).ok();
    Found {
        cpu: cpu(system.as_ref(), threads.unwrap_or(1)),
        memory: memory(system.as_ref()),
        power,
        adapters: adapters(),
    }
}

fn cpu(system: Option<&System>, available_threads: usize) -> Cpu {
    let cores = System::physical_core_count().unwrap_or(available_threads).clamp(1, available_threads);
    let name = system.and_then(|system| Some(system.cpus().first()?.brand().trim().to_owned()));
    Cpu {
        name: name.unwrap_or_default(),
        physical_cores: cores,
        performance_cores: cores,
        available_threads,
        kernels: Vec::new(),
        caches: Caches::default(),
    }
}

fn memory(system: Option<&System>) -> Memory {
    let total = system.map_or(0, System::total_memory);
    let available = system.map_or(0, System::available_memory).min(total);
    Memory { total_mb: megabytes(total), available_mb: megabytes(available), limit_mb: None }
}

/// The graphics adapters; none where the system does not tell.
fn adapters() -> Vec<Adapter> {
    let is_filler = |letter: char| letter == '\0' || letter.is_whitespace();
    let described = |gpu: &Gpu| {
        let vendor = gpu.vendor().unwrap_or_default();
        let mut adapter = Adapter::named(gpu.model().unwrap_or(vendor).trim_matches(is_filler).to_owned());
        adapter.is_nvidia = vendor.to_ascii_lowercase().starts_with("nvidia");
        adapter.gpu.memory_mb = gpu.total_memory().map(megabytes);
        adapter
    };
    Gpus::new_with_refreshed_list().map_or_else(|_| Vec::new(), |gpus| gpus.iter().map(described).collect())
}
