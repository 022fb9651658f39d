//! What macOS tells by the names of `sysctl`.

use std::collections::BTreeMap;

use super::{Found, adapter::Adapter, units::megabytes};
use crate::hardware::{Caches, Cpu, Gpu, GpuKind, Memory, Power};

/// Who answers.
pub(super) enum Sysctl {
    /// The system that this program runs on.
    #[cfg(target_os = "macos")]
    ThisMachine,
    /// What was printed on another.
    Recorded(BTreeMap<String, String>),
}

impl Sysctl {
    fn text(&self, name: &str) -> Option<String> {
        match self {
            #[cfg(target_os = "macos")]
            Self::ThisMachine => {
                use sysctl::Sysctl;
                sysctl::Ctl::new(name).ok()?.value_string().ok()
            }
            Self::Recorded(values) => values.get(name).cloned(),
        }
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.trim().parse().ok()
    }

    fn count(&self, name: &str) -> Option<usize> {
        self.number(name).and_then(|count| usize::try_from(count).ok())
    }
}

/// Looks at a Mac. `threads` is what the standard library counts, and `power` what another library tells.
pub(super) fn look(sysctl: &Sysctl, threads: Option<usize>, power: Power) -> Found {
    let memory = memory(sysctl);
    Found { cpu: cpu(sysctl, threads), memory, power, adapters: gpu(sysctl, memory).into_iter().collect() }
}

fn cpu(sysctl: &Sysctl, threads: Option<usize>) -> Cpu {
    let available_threads = threads.or_else(|| sysctl.count("hw.logicalcpu")).unwrap_or(1).max(1);
    let cores = sysctl.count("hw.physicalcpu").unwrap_or(available_threads);
    let physical_cores = cores.clamp(1, available_threads);
    // Apple's own processors have levels of performance, of which 0 is the fastest; Intel's have none.
    let performance_cores = sysctl.count("hw.perflevel0.physicalcpu").unwrap_or(physical_cores);
    let kilobytes = |name| sysctl.number(name).map(|bytes| bytes / 1024).filter(|kilobytes| *kilobytes > 0);
    Cpu {
        name: sysctl.text("machdep.cpu.brand_string").unwrap_or_default(),
        physical_cores,
        performance_cores: performance_cores.clamp(1, physical_cores),
        available_threads,
        kernels: Vec::new(),
        caches: Caches {
            l2_kb: kilobytes("hw.perflevel0.l2cachesize").or_else(|| kilobytes("hw.l2cachesize")),
            l3_kb: kilobytes("hw.l3cachesize"),
        },
    }
}

fn memory(sysctl: &Sysctl) -> Memory {
    // As the Activity Monitor counts: what is free, what copies a file, and what programs said may be thrown away.
    const TO_BE_HAD: [&str; 3] =
        ["vm.page_free_count", "vm.page_pageable_external_count", "vm.page_purgeable_count"];
    let total = sysctl.number("hw.memsize").unwrap_or(0);
    let pages = TO_BE_HAD.iter().filter_map(|name| sysctl.number(name)).fold(0, u64::saturating_add);
    let available = pages.saturating_mul(sysctl.number("hw.pagesize").unwrap_or(0)).min(total);
    Memory { total_mb: megabytes(total), available_mb: megabytes(available), limit_mb: None }
}

/// The graphics processor that every processor of Apple's has beside it.
fn gpu(sysctl: &Sysctl, memory: Memory) -> Option<Adapter> {
    if sysctl.number("hw.optional.arm64") != Some(1) {
        return None;
    }
    let share_mb = gpu_share_mb(sysctl);
    let mut adapter = Adapter::named(sysctl.text("machdep.cpu.brand_string").unwrap_or_default());
    adapter.gpu = Gpu {
        kind: GpuKind::Apple,
        memory_mb: share_mb,
        free_mb: share_mb.map(|share| share.min(memory.available_mb)),
        unified_memory: true,
        ..adapter.gpu
    };
    Some(adapter)
}

/// What the graphics processor may hold of main memory: what the owner has set, in units of 1024 × 1024 bytes; else what
/// Metal recommends, two thirds, or three quarters on machines of 36 GiB and more.
fn gpu_share_mb(sysctl: &Sysctl) -> Option<u64> {
    const LARGE: u64 = 36 << 30;
    let total = sysctl.number("hw.memsize")?;
    let chosen = sysctl.number("iogpu.wired_limit_mb").filter(|mebibytes| *mebibytes > 0);
    let share = match chosen {
        Some(mebibytes) => mebibytes.saturating_mul(1 << 20).min(total),
        None if total >= LARGE => total / 4 * 3,
        None => total / 3 * 2,
    };
    Some(megabytes(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(values: &[(&str, &str)]) -> Found {
        let values = values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        look(&Sysctl::Recorded(values), None, Power::Unknown)
    }

    #[test]
    fn hostile_answers_give_the_least_that_is_certain() {
        for value in ["", "x", "-1", "0", "18446744073709551615", "99999999999999999999999"] {
            let names = ["hw.logicalcpu", "hw.physicalcpu", "hw.perflevel0.physicalcpu", "hw.memsize"];
            let pages = ["hw.pagesize", "vm.page_free_count", "hw.optional.arm64", "hw.l2cachesize"];
            let values: Vec<_> = names.into_iter().chain(pages).map(|name| (name, value)).collect();
            let Found { cpu, memory, adapters, .. } = found(&values);
            assert!(cpu.available_threads >= cpu.physical_cores, "{value:?}");
            assert!(cpu.physical_cores >= cpu.performance_cores && cpu.performance_cores >= 1, "{value:?}");
            assert!(memory.available_mb <= memory.total_mb && adapters.is_empty(), "{value:?}");
        }
    }

    #[test]
    fn an_intel_mac_has_no_graphics_processor_that_models_run_on() {
        let Found { cpu, adapters, .. } = found(&[
            ("machdep.cpu.brand_string", "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz"),
            ("hw.logicalcpu", "12"),
            ("hw.physicalcpu", "6"),
            ("hw.l2cachesize", "262144"),
            ("hw.l3cachesize", "12582912"),
        ]);
        assert_eq!((cpu.physical_cores, cpu.performance_cores, cpu.available_threads), (6, 6, 12));
        assert_eq!(cpu.caches, Caches { l2_kb: Some(256), l3_kb: Some(12288) });
        assert!(adapters.is_empty());
    }

    #[test]
    fn the_share_of_the_graphics_processor_follows_the_memory() {
        let share = |gibibytes: u64, set: &str| {
            let total = (gibibytes << 30).to_string();
            let adapters =
                found(&[("hw.memsize", &total), ("hw.optional.arm64", "1"), ("iogpu.wired_limit_mb", set)])
                    .adapters;
            adapters[0].gpu.memory_mb.unwrap()
        };
        assert_eq!([share(8, "0"), share(16, "0"), share(64, "0")], [5_726, 11_453, 51_539]);
        assert_eq!([share(32, "26624"), share(8, "999999999")], [27_917, 8_589]);
    }
}
