//! The innermost loops: a tile of integer sums, one file an instruction set.

#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512_vnni;
#[cfg(target_arch = "x86_64")]
mod avx_vnni;
#[cfg(target_arch = "aarch64")]
mod neon_dotprod;
#[cfg(target_arch = "aarch64")]
mod neon_i8mm;
mod portable;

#[cfg(target_arch = "x86_64")]
pub(crate) use amx::is_available as amx_is_available;

use crate::Tier;

/// `out[r][c] = sum over k of (rows[r][k] - offset) * weights[k][c]` for one tile, as exact integers. Weights reach from -127
/// to 127.
///
/// Arguments: the first row, bytes from one row to the next, the first group of 16 columns, bytes from one group to the
/// next, the depth (a multiple of `depth_step`), and the tile row after row.
///
/// # Safety
/// The CPU has the instruction set; there are as many rows and columns as the tile has, and room for the tile.
type MultiplyTile = unsafe fn(*const u8, usize, *const i8, usize, usize, *mut i32);

/// A kernel and the shape of its tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kernel {
    /// Rows of a tile.
    pub rows: usize,
    /// Columns of a tile, a multiple of 16.
    pub columns: usize,
    /// What the depth is padded to.
    pub depth_step: usize,
    /// What is taken from activations before they are multiplied: 0, or 128 where both operands have to be signed.
    pub offset: u8,
    /// The smallest integer of an activation: 0, or 1 where the signed -128 would be one too many.
    pub lowest: u8,
    pub multiply: MultiplyTile,
    /// Called on the thread before the first tile and after the last one.
    pub begin: fn(),
    pub end: fn(),
}

/// The most sums in a tile.
pub(super) const LARGEST: usize = 32 * 32;

/// The kernel of a tier.
pub(super) fn kernel(tier: Tier) -> &'static Kernel {
    match tier {
        #[cfg(target_arch = "x86_64")]
        Tier::Avx2 | Tier::Avx512 => &avx2::KERNEL,
        #[cfg(target_arch = "x86_64")]
        Tier::AvxVnni => &avx_vnni::KERNEL,
        #[cfg(target_arch = "x86_64")]
        Tier::Avx512Vnni => &avx512_vnni::KERNEL,
        #[cfg(target_arch = "x86_64")]
        Tier::Amx => &amx::KERNEL,
        #[cfg(target_arch = "aarch64")]
        Tier::NeonDotprod => &neon_dotprod::KERNEL,
        #[cfg(target_arch = "aarch64")]
        Tier::NeonI8mm => &neon_i8mm::KERNEL,
        _ => &portable::KERNEL,
    }
}

/// For kernels that need no preparation.
fn nothing() {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that meet both ends of their range.
    fn bytes(count: usize, seed: u32) -> impl Iterator<Item = u8> {
        let mut state = seed;
        (0..count).map(move |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            match state >> 29 {
                0 => 0,
                1 => 255,
                _ => (state >> 16) as u8,
            }
        })
    }

    pub(super) fn assert_exact(name: &str, kernel: &Kernel) {
        let Kernel { rows, columns, depth_step, offset, lowest, .. } = *kernel;
        assert!(rows * columns <= LARGEST && columns.is_multiple_of(16) && depth_step.is_multiple_of(4));
        for depth in [depth_step, 3 * depth_step, 384_usize.next_multiple_of(depth_step)] {
            let stride = depth.next_multiple_of(64) + 64;
            let a: Vec<u8> = bytes(rows * stride, 1).map(|byte| byte.max(lowest)).collect();
            let b: Vec<i8> = bytes(columns * depth, 2).map(|byte| (byte as i8).max(-127)).collect();
            let at =
                |k: usize, column: usize| column / 16 * 16 * depth + k / 4 * 64 + column % 16 * 4 + k % 4;
            let mut found = vec![i32::MIN; rows * columns];
            (kernel.begin)();
            // SAFETY: the operands have the shape of a tile; the caller asks only for kernels that the CPU has.
            unsafe {
                (kernel.multiply)(a.as_ptr(), stride, b.as_ptr(), 16 * depth, depth, found.as_mut_ptr());
            }
            (kernel.end)();
            for (i, found) in found.into_iter().enumerate() {
                let (row, column) = (i / columns, i % columns);
                let value = |k: usize| i32::from(a[row * stride + k]) - i32::from(offset);
                let product = |k: usize| value(k) * i32::from(b[at(k, column)]);
                let expected: i32 = (0..depth).map(product).sum();
                assert_eq!(found, expected, "{name}, depth {depth}, row {row}, column {column}");
            }
        }
    }

    #[test]
    fn every_kernel_of_this_cpu_gives_exact_sums() {
        for tier in Tier::available() {
            println!("kernel of {tier}");
            assert_exact(tier.name(), kernel(tier));
        }
    }
}
