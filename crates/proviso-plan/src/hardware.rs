//! The machine as it was found.

use serde::Serialize;

/// What of this machine decides how a model is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hardware {
    /// Processor cores with their own arithmetic units.
    pub physical_cores: usize,
    /// Threads that this process may run at once: logical processors within its affinity and container limits.
    pub available_threads: usize,
    /// Instruction sets that kernels exist for, best last, such as `avx512f`.
    pub instruction_sets: Vec<&'static str>,
}

impl Hardware {
    /// Looks at this machine.
    ///
    /// 1. Threads: the standard library's count, which honours affinity and cgroup quotas.
    /// 2. Cores: as the operating system lists them, never more than the threads.
    /// 3. Instruction sets: asked of the processor.
    pub fn detect() -> Self {
        let available_threads = std::thread::available_parallelism().map_or(1, usize::from);
        let physical_cores = num_cpus::get_physical().clamp(1, available_threads);
        Self { physical_cores, available_threads, instruction_sets: instruction_sets() }
    }
}

#[cfg(target_arch = "x86_64")]
fn instruction_sets() -> Vec<&'static str> {
    let found = [
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
    ];
    found.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect()
}

#[cfg(target_arch = "aarch64")]
fn instruction_sets() -> Vec<&'static str> {
    vec!["neon"]
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn instruction_sets() -> Vec<&'static str> {
    Vec::new()
}
