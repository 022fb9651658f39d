//! Whether matrix tiles can be used here.

use std::{arch::x86_64, sync::OnceLock};

/// Whether the CPU has 8-bit matrix tiles, the system saves them, and lets this process use them. Asked once.
///
/// 1. CPUID leaf 7: `AMX-TILE` (EDX bit 24) and `AMX-INT8` (EDX bit 25).
/// 2. XCR0 bits 17 and 18: the system saves the configuration and the registers.
/// 3. Linux hands the registers out on demand: `arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA)`.
pub(crate) fn is_available() -> bool {
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| cpu_has_tiles() && system_saves_tiles() && system_allows_tiles())
}

fn cpu_has_tiles() -> bool {
    const TILE_AND_INT8: u32 = 1 << 24 | 1 << 25;
    x86_64::__cpuid(0).eax >= 7 && x86_64::__cpuid_count(7, 0).edx & TILE_AND_INT8 == TILE_AND_INT8
}

fn system_saves_tiles() -> bool {
    const CONFIGURATION_AND_DATA: u64 = 1 << 17 | 1 << 18;
    const OSXSAVE: u32 = 1 << 27;
    if x86_64::__cpuid(1).ecx & OSXSAVE == 0 {
        return false;
    }
    let (low, high): (u32, u32);
    // SAFETY: the system has enabled the instruction, as was just asked.
    unsafe {
        std::arch::asm!("xgetbv", in("ecx") 0, out("eax") low, out("edx") high, options(nomem, nostack));
    }
    (u64::from(high) << 32 | u64::from(low)) & CONFIGURATION_AND_DATA == CONFIGURATION_AND_DATA
}

#[cfg(target_os = "linux")]
fn system_allows_tiles() -> bool {
    const ARCH_PRCTL: i64 = 158;
    const ARCH_REQ_XCOMP_PERM: i64 = 0x1023;
    const XFEATURE_XTILEDATA: i64 = 18;
    let result: i64;
    // SAFETY: the call changes nothing but this process's permission to use the registers.
    unsafe {
        std::arch::asm!(
            "syscall",
            inlateout("rax") ARCH_PRCTL => result,
            in("rdi") ARCH_REQ_XCOMP_PERM,
            in("rsi") XFEATURE_XTILEDATA,
            out("rcx") _,
            out("r11") _,
            options(nostack),
        );
    }
    result == 0
}

/// Only Linux's way of asking is known here.
#[cfg(not(target_os = "linux"))]
fn system_allows_tiles() -> bool {
    false
}
