//! The processor's instruction sets that kernels exist for.

/// Those that multiply 8-bit integers and add up the products in one step, and that kernels exist for. ARM's `dotprod` and
/// `i8mm` have none yet: integers would run in plain code there, slower than f32 by NEON.
pub(crate) const INT8_DOT_PRODUCTS: [&str; 3] = ["avx-vnni", "avx512-vnni", "amx-int8"];

/// The sets that are here, best last.
#[cfg(target_arch = "x86_64")]
pub(crate) fn detect() -> Vec<&'static str> {
    let avx512_vnni = is_x86_feature_detected!("avx512vnni")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl");
    present(&[
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx-vnni", is_x86_feature_detected!("avxvnni")),
        ("avx512-vnni", avx512_vnni),
        ("amx-int8", amx_int8()),
    ])
}

/// The sets that are here, best last.
#[cfg(target_arch = "aarch64")]
pub(crate) fn detect() -> Vec<&'static str> {
    present(&[
        ("neon", true),
        ("dotprod", std::arch::is_aarch64_feature_detected!("dotprod")),
        ("i8mm", std::arch::is_aarch64_feature_detected!("i8mm")),
    ])
}

/// The sets that are here, best last.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) fn detect() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn present(sets: &[(&'static str, bool)]) -> Vec<&'static str> {
    sets.iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect()
}

/// Whether the processor has 8-bit matrix tiles and the operating system keeps their state when it switches threads.
/// A program must still ask the system before it uses them.
///
/// The standard library tells this of no stable name, so the processor is asked itself.
#[cfg(target_arch = "x86_64")]
fn amx_int8() -> bool {
    use std::arch::x86_64::{__cpuid, __cpuid_count};

    /// CPUID leaf 1, ECX: the system has switched XGETBV on.
    const OSXSAVE: u32 = 1 << 27;
    /// CPUID leaf 7, EDX: the tiles, and their 8-bit products.
    const AMX_TILE_AND_INT8: u32 = 1 << 24 | 1 << 25;
    /// XCR0: the tiles' configuration and data are kept.
    const TILE_STATE: u64 = 1 << 17 | 1 << 18;

    let all = |value: u64, bits: u64| value & bits == bits;
    if __cpuid(0).eax < 7 || !all(__cpuid(1).ecx.into(), OSXSAVE.into()) {
        return false;
    }
    // SAFETY: OSXSAVE says that XGETBV may be used.
    all(__cpuid_count(7, 0).edx.into(), AMX_TILE_AND_INT8.into()) && all(unsafe { xcr0() }, TILE_STATE)
}

/// The register in which the operating system says what it keeps of a thread.
///
/// # Safety
/// The processor must have XGETBV and the system must have switched it on.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "xsave")]
unsafe fn xcr0() -> u64 {
    // SAFETY: The caller answers for XGETBV; register 0 is always there.
    unsafe { std::arch::x86_64::_xgetbv(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_in_the_order_of_its_worth() {
        let found = detect();
        let order =
            ["avx2", "fma", "avx512f", "avx-vnni", "avx512-vnni", "amx-int8", "neon", "dotprod", "i8mm"];
        let places: Vec<_> = found.iter().map(|name| order.iter().position(|n| n == name)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{found:?}");
    }
}
