//! NEON with dot products of 8-bit integers. Both operands of the instruction are signed, so activations are made signed.

use std::arch::{
    aarch64::{
        int8x16_t, int32x4_t, vdupq_n_s32, vdupq_n_u8, veorq_u8, vld1q_s8, vld1q_u8, vreinterpretq_s8_u8,
        vst1q_s32,
    },
    asm,
};

use super::{Kernel, nothing};

const ROWS: usize = 4;
/// Vectors of 4 columns: one group of the packed weights.
const VECTORS: usize = 4;
/// Numbers of a row in one vector.
const STEP: usize = 16;
/// To take it from an unsigned integer is to turn the highest bit over.
const OFFSET: u8 = 128;

pub(super) const KERNEL: Kernel = Kernel {
    rows: ROWS,
    columns: VECTORS * 4,
    depth_step: STEP,
    offset: OFFSET,
    lowest: 0,
    multiply,
    begin: nothing,
    end: nothing,
};

type Sums = [[int32x4_t; VECTORS]; ROWS];

#[target_feature(enable = "neon,dotprod")]
unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, _group: usize, depth: usize, out: *mut i32) {
    let offset = vdupq_n_u8(OFFSET);
    let mut sums: Sums = [[vdupq_n_s32(0); VECTORS]; ROWS];
    // SAFETY: the caller's promise covers a tile of this depth.
    unsafe {
        for step in 0..depth / STEP {
            let rows: [int8x16_t; ROWS] = std::array::from_fn(|row| {
                let values = vld1q_u8(a.add(row * stride + step * STEP));
                vreinterpretq_s8_u8(veorq_u8(values, offset))
            });
            let columns = b.add(step * STEP * 16);
            add_four::<0>(&mut sums, &rows, columns);
            add_four::<1>(&mut sums, &rows, columns);
            add_four::<2>(&mut sums, &rows, columns);
            add_four::<3>(&mut sums, &rows, columns);
        }
        for (row, sums) in sums.into_iter().enumerate() {
            for (vector, sum) in sums.into_iter().enumerate() {
                vst1q_s32(out.add((row * VECTORS + vector) * 4), sum);
            }
        }
    }
}

/// Adds the products of the rows' numbers from `4 * FOUR` on.
///
/// # Safety
/// There are so many fours of weights.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn add_four<const FOUR: usize>(sums: &mut Sums, rows: &[int8x16_t; ROWS], columns: *const i8) {
    for vector in 0..VECTORS {
        // SAFETY: by the caller's promise.
        let weights = unsafe { vld1q_s8(columns.add(FOUR * 64 + vector * 16)) };
        for (sums, values) in sums.iter_mut().zip(rows) {
            sums[vector] = dot::<FOUR>(sums[vector], weights, *values);
        }
    }
}

/// `sum[c] + sum over k of weights[4 * c + k] * values[4 * FOUR + k]`. The intrinsic is not stable in the oldest compiler
/// that is supported.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot<const FOUR: usize>(mut sum: int32x4_t, weights: int8x16_t, values: int8x16_t) -> int32x4_t {
    // SAFETY: the instruction touches registers only.
    unsafe {
        asm!("sdot {sum:v}.4s, {weights:v}.16b, {values:v}.4b[{four}]", sum = inout(vreg) sum,
            weights = in(vreg) weights, values = in(vreg) values, four = const FOUR,
            options(pure, nomem, nostack, preserves_flags));
    }
    sum
}
