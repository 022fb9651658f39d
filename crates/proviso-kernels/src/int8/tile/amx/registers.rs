//! The tile registers of this thread.

use std::arch::asm;

/// What the loop does with tile registers; each is named by its number.
///
/// # Safety
/// Of all: the places have 16 rows of 64 bytes, `stride` bytes apart, and the registers are configured.
pub(super) trait Tiles {
    unsafe fn zero<const T: u8>(&mut self);
    unsafe fn load<const T: u8>(&mut self, from: *const u8, stride: usize);
    /// `d += a * b`, where `a` holds unsigned and `b` signed bytes.
    unsafe fn dot<const D: u8, const A: u8, const B: u8>(&mut self);
    unsafe fn store<const T: u8>(&mut self, to: *mut u8, stride: usize);
}

/// The real ones. The compiler never uses them itself, so values stay in them from one instruction to the next.
pub(super) struct Registers;

impl Tiles for Registers {
    #[inline(always)]
    unsafe fn zero<const T: u8>(&mut self) {
        // SAFETY: by the trait's contract.
        unsafe { asm!("tilezero tmm{t}", t = const T, options(nostack, preserves_flags)) }
    }

    #[inline(always)]
    unsafe fn load<const T: u8>(&mut self, from: *const u8, stride: usize) {
        // SAFETY: by the trait's contract.
        unsafe {
            asm!("tileloadd tmm{t}, [{from} + {stride}*1]", t = const T, from = in(reg) from, stride = in(reg) stride,
                options(nostack, preserves_flags, readonly));
        }
    }

    #[inline(always)]
    unsafe fn dot<const D: u8, const A: u8, const B: u8>(&mut self) {
        // SAFETY: by the trait's contract.
        unsafe {
            asm!("tdpbusd tmm{d}, tmm{a}, tmm{b}", d = const D, a = const A, b = const B,
                options(nostack, preserves_flags));
        }
    }

    #[inline(always)]
    unsafe fn store<const T: u8>(&mut self, to: *mut u8, stride: usize) {
        // SAFETY: by the trait's contract.
        unsafe {
            asm!("tilestored [{to} + {stride}*1], tmm{t}", t = const T, to = in(reg) to, stride = in(reg) stride,
                options(nostack, preserves_flags));
        }
    }
}

/// The shapes of the eight registers, as `LDTILECFG` reads them.
#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// All eight registers with 16 rows of 64 bytes.
static FULL: Configuration = Configuration {
    palette: 1,
    start_row: 0,
    reserved: [0; 14],
    row_bytes: [64, 64, 64, 64, 64, 64, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0],
    rows: [16, 16, 16, 16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0],
};

/// Shapes this thread's registers. Only called where [`is_available`](super::is_available).
pub(super) fn configure() {
    // SAFETY: the kernel is only chosen where the instructions are there and the system allows them.
    unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const FULL, options(nostack, preserves_flags, readonly)) }
}

/// Gives the registers back, so that switching to another thread stays cheap.
pub(super) fn release() {
    // SAFETY: as above.
    unsafe { asm!("tilerelease", options(nostack, preserves_flags)) }
}
