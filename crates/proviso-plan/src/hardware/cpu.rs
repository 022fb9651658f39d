//! The processor.

use serde::{Deserialize, Serialize};

/// A processor, as far as this process may use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cpu {
    /// The name that the maker gave it; empty where the system does not tell.
    pub name: String,
    /// Cores with their own arithmetic units, never more than `available_threads`.
    pub physical_cores: usize,
    /// Those of them that are built for speed, where a processor has cores of two kinds; otherwise all.
    pub performance_cores: usize,
    /// Threads that this process may run at once: logical processors within its affinity and container limits.
    pub available_threads: usize,
    /// Sets of kernels that can run here, slowest first, such as `avx2` and `avx512-vnni`.
    pub kernels: Vec<String>,
    /// Cache sizes.
    pub caches: Caches,
}

/// Sizes of the caches in kilobytes (of 1024 bytes); absent where the system does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caches {
    /// Second level, of one core.
    pub l2_kb: Option<u64>,
    /// Third level, shared by the cores.
    pub l3_kb: Option<u64>,
}

/// Sets of kernels that multiply 8-bit integers and add up the products in one step.
const INT8_DOT_PRODUCTS: [&str; 5] = ["neon-dotprod", "neon-i8mm", "avx-vnni", "avx512-vnni", "amx"];

impl Cpu {
    /// The best set of kernels here that multiplies 8-bit integers and adds up the products in one step; `None` where
    /// there is none.
    pub fn int8_dot_products(&self) -> Option<&str> {
        self.kernels.iter().rev().map(String::as_str).find(|name| INT8_DOT_PRODUCTS.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_set_for_8_bit_integers_is_named() {
        let best = |kernels: &[&str]| {
            let kernels = kernels.iter().map(ToString::to_string).collect();
            let cpu = Cpu {
                name: String::new(),
                physical_cores: 1,
                performance_cores: 1,
                available_threads: 1,
                kernels,
                caches: Caches::default(),
            };
            cpu.int8_dot_products().map(str::to_owned)
        };
        assert_eq!(best(&[]), None);
        assert_eq!(best(&["portable", "avx2", "avx512"]), None);
        assert_eq!(best(&["portable", "avx2", "avx-vnni"]).as_deref(), Some("avx-vnni"));
        assert_eq!(best(&["portable", "avx2", "avx512", "avx512-vnni", "amx"]).as_deref(), Some("amx"));
        assert_eq!(best(&["portable", "neon-dotprod"]).as_deref(), Some("neon-dotprod"));
    }
}
