//! Plain code, for any CPU.

use super::{Kernel, nothing};

const ROWS: usize = 4;
const COLUMNS: usize = 16;

pub(super) const KERNEL: Kernel = Kernel {
    rows: ROWS,
    columns: COLUMNS,
    depth_step: 4,
    offset: 0,
    lowest: 0,
    multiply,
    begin: nothing,
    end: nothing,
};

unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, _group: usize, depth: usize, out: *mut i32) {
    let mut sums = [[0_i32; COLUMNS]; ROWS];
    for four in 0..depth / 4 {
        // SAFETY: the caller's promise covers a tile of this depth.
        let weights = unsafe { &*b.add(four * COLUMNS * 4).cast::<[[i8; 4]; COLUMNS]>() };
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: as above.
            let values = unsafe { &*a.add(row * stride + four * 4).cast::<[u8; 4]>() };
            let values = values.map(i32::from);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                for (value, weight) in values.iter().zip(weights) {
                    *sum += value * i32::from(*weight);
                }
            }
        }
    }
    // SAFETY: there is room for the tile.
    unsafe { out.cast::<[[i32; COLUMNS]; ROWS]>().write_unaligned(sums) }
}
