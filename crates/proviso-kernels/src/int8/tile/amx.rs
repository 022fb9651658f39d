//! Intel's Advanced Matrix Extensions: eight registers of 16 rows by 64 bytes, and a dot product of whole registers.
//! (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18.)
//!
//! The loop is written against [`Tiles`], so that its addresses are tested against a model of the registers on any CPU;
//! the instructions themselves are tested where a CPU has them.

mod detect;
mod registers;

use super::Kernel;
pub(crate) use detect::is_available;
use registers::{Registers, Tiles};

pub(super) const KERNEL: Kernel = Kernel {
    rows: 32,
    columns: 32,
    depth_step: 64,
    offset: 0,
    lowest: 0,
    multiply,
    begin: registers::configure,
    end: registers::release,
};

unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, group: usize, depth: usize, out: *mut i32) {
    // SAFETY: passed on; the caller has called `configure` on this thread.
    unsafe { multiply_with(&mut Registers, a, stride, b, group, depth, out) }
}

/// Two by two registers of sums (0 to 3), two of rows (4 and 5), two of weights (6 and 7). A register of weights is 16
/// groups of four weights of 16 columns, which is how weights are packed.
///
/// # Safety
/// There must be 32 rows and two groups of columns of this depth, and room for 32 by 32 sums.
#[inline(always)]
unsafe fn multiply_with<T: Tiles>(
    tiles: &mut T,
    a: *const u8,
    stride: usize,
    b: *const i8,
    group: usize,
    depth: usize,
    out: *mut i32,
) {
    const BYTES: usize = 64;
    const SUMS_STRIDE: usize = 32 * size_of::<i32>();
    // SAFETY: all places are within the operands that the caller promises.
    unsafe {
        tiles.zero::<0>();
        tiles.zero::<1>();
        tiles.zero::<2>();
        tiles.zero::<3>();
        for step in 0..depth / BYTES {
            let rows = a.add(step * BYTES);
            let columns = b.add(step * 16 * BYTES).cast::<u8>();
            tiles.load::<6>(columns, BYTES);
            tiles.load::<4>(rows, stride);
            tiles.dot::<0, 4, 6>();
            tiles.load::<7>(columns.add(group), BYTES);
            tiles.dot::<1, 4, 7>();
            tiles.load::<5>(rows.add(16 * stride), stride);
            tiles.dot::<2, 5, 6>();
            tiles.dot::<3, 5, 7>();
        }
        let sums = out.cast::<u8>();
        tiles.store::<0>(sums, SUMS_STRIDE);
        tiles.store::<1>(sums.add(BYTES), SUMS_STRIDE);
        tiles.store::<2>(sums.add(16 * SUMS_STRIDE), SUMS_STRIDE);
        tiles.store::<3>(sums.add(16 * SUMS_STRIDE + BYTES), SUMS_STRIDE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::int8::tile::nothing;

    /// The registers as the manual describes them: rows of 64 bytes, `TDPBUSD` by its pseudo-code.
    struct Model([[[u8; 64]; 16]; 8]);

    impl Tiles for Model {
        unsafe fn zero<const T: u8>(&mut self) {
            self.0[usize::from(T)] = [[0; 64]; 16];
        }

        unsafe fn load<const T: u8>(&mut self, from: *const u8, stride: usize) {
            for (row, bytes) in self.0[usize::from(T)].iter_mut().enumerate() {
                // SAFETY: as for the instruction.
                *bytes = unsafe { from.add(row * stride).cast::<[u8; 64]>().read_unaligned() };
            }
        }

        unsafe fn dot<const D: u8, const A: u8, const B: u8>(&mut self) {
            let [d, a, b] = [D, A, B].map(usize::from);
            for m in 0..16 {
                for k in 0..16 {
                    for n in 0..16 {
                        let sum = &mut self.0[d][m][4 * n..4 * n + 4];
                        let mut total = i32::from_le_bytes([sum[0], sum[1], sum[2], sum[3]]);
                        for i in 0..4 {
                            total +=
                                i32::from(self.0[a][m][4 * k + i]) * i32::from(self.0[b][k][4 * n + i] as i8);
                        }
                        self.0[d][m][4 * n..4 * n + 4].copy_from_slice(&total.to_le_bytes());
                    }
                }
            }
        }

        unsafe fn store<const T: u8>(&mut self, to: *mut u8, stride: usize) {
            for (row, bytes) in self.0[usize::from(T)].iter().enumerate() {
                // SAFETY: as for the instruction.
                unsafe { to.add(row * stride).cast::<[u8; 64]>().write_unaligned(*bytes) };
            }
        }
    }

    #[test]
    fn the_loop_gives_exact_sums_on_a_model_of_the_registers() {
        unsafe fn modelled(
            a: *const u8,
            stride: usize,
            b: *const i8,
            group: usize,
            depth: usize,
            out: *mut i32,
        ) {
            let mut model = Model([[[0xa5; 64]; 16]; 8]);
            // SAFETY: passed on.
            unsafe { multiply_with(&mut model, a, stride, b, group, depth, out) }
        }
        let kernel = Kernel { multiply: modelled, begin: nothing, end: nothing, ..KERNEL };
        crate::int8::tile::tests::assert_exact("model of the registers", &kernel);
    }
}
