//! The processor.

use super::{
    cores::{self, LogicalCpu},
    files::{Files, value_in},
    quota,
};
use crate::hardware::{Caches, Cpu};

/// The processor. `threads` is what the standard library counts; if it was not asked, the same is counted here.
pub(super) fn cpu(files: Files<'_>, threads: Option<usize>) -> Cpu {
    let usable = cores::usable(files);
    let fast = cores::built_for_speed(files, &usable);
    let available_threads = threads.unwrap_or_else(|| counted(files, &usable)).max(1);
    // Where nothing is told of cores, each thread has its own.
    let cores = if usable.is_empty() { available_threads } else { cores::cores(&usable) };
    let physical_cores = cores.clamp(1, available_threads);
    let performance_cores =
        if fast.is_empty() { physical_cores } else { cores::cores(fast.iter().copied()).min(physical_cores) };
    let cpuinfo = files.text("/proc/cpuinfo").unwrap_or_default();
    Cpu {
        name: value_in(&cpuinfo, "model name").unwrap_or_default().to_owned(),
        physical_cores,
        performance_cores,
        available_threads,
        kernels: Vec::new(),
        caches: fast.first().map_or_else(Caches::default, |cpu| caches(files, cpu)),
    }
}

/// As the standard library counts: whole processors of the quota, but at least one.
fn counted(files: Files<'_>, usable: &[LogicalCpu]) -> usize {
    usable.len().min(quota::processors(files).unwrap_or(usize::MAX)).max(1)
}

/// The caches that a logical processor uses.
fn caches(files: Files<'_>, cpu: &LogicalCpu) -> Caches {
    let mut caches = Caches::default();
    for cache in files.entries(cores::folder(cpu.number).join("cache")).unwrap_or_default() {
        let size = files.text(cache.join("size")).and_then(|size| kilobytes(&size));
        match files.number(cache.join("level")) {
            Some(2) => caches.l2_kb = size.or(caches.l2_kb),
            Some(3) => caches.l3_kb = size.or(caches.l3_kb),
            _ => {}
        }
    }
    caches
}

/// A size such as `1280K`.
fn kilobytes(size: &str) -> Option<u64> {
    size.strip_suffix('K')?.parse().ok().filter(|size| *size > 0)
}
