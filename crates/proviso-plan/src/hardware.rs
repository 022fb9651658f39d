//! The machine as it was found.

use serde::Serialize;

use crate::instruction_sets;

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
        Self { physical_cores, available_threads, instruction_sets: instruction_sets::detect() }
    }

    /// The best instruction set here that multiplies 8-bit integers and adds up the products in one step and that kernels
    /// exist for; `None` where there is none.
    pub fn int8_dot_products(&self) -> Option<&'static str> {
        let is_one = |name: &&str| instruction_sets::INT8_DOT_PRODUCTS.contains(name);
        self.instruction_sets.iter().rev().copied().find(is_one)
    }

    /// All instruction sets in words, for a sentence.
    pub(crate) fn in_words(&self) -> String {
        match self.instruction_sets.as_slice() {
            [] => "plain instructions".to_owned(),
            sets => sets.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_set_for_8_bit_integers_is_named() {
        let best = |instruction_sets: &[&'static str]| {
            let instruction_sets = instruction_sets.to_vec();
            Hardware { physical_cores: 1, available_threads: 1, instruction_sets }.int8_dot_products()
        };
        assert_eq!(best(&[]), None);
        assert_eq!(best(&["avx2", "fma", "avx512f"]), None);
        assert_eq!(best(&["avx2", "fma", "avx-vnni"]), Some("avx-vnni"));
        assert_eq!(best(&["avx2", "avx512f", "avx-vnni", "avx512-vnni", "amx-int8"]), Some("amx-int8"));
        assert_eq!(best(&["neon", "dotprod", "i8mm"]), None);
    }
}
