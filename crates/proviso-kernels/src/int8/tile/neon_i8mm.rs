//! NEON with products of matrices of 8-bit integers: two unsigned rows of 8 by two signed columns of 8.

use std::arch::{
    aarch64::{
        int8x16_t, int32x4_t, uint8x16_t, vcombine_u8, vdupq_n_s32, vld1_u8, vld1q_s32, vreinterpretq_s8_s32,
        vreinterpretq_s64_s32, vst1q_s64, vzip1q_s32, vzip1q_s64, vzip2q_s32, vzip2q_s64,
    },
    asm,
};

use super::{Kernel, nothing};

/// Pairs of rows.
const PAIRS: usize = 3;
/// Vectors of 4 columns: one group of the packed weights.
const VECTORS: usize = 4;
const COLUMNS: usize = VECTORS * 4;
/// The depth of one product.
const STEP: usize = 8;

pub(super) const KERNEL: Kernel = Kernel {
    rows: PAIRS * 2,
    columns: COLUMNS,
    depth_step: STEP,
    offset: 0,
    lowest: 0,
    multiply,
    begin: nothing,
    end: nothing,
};

#[target_feature(enable = "neon,i8mm")]
unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, _group: usize, depth: usize, out: *mut i32) {
    // A vector of sums is two rows by two columns.
    let mut sums = [[[vdupq_n_s32(0); PAIRS]; 2]; VECTORS];
    // SAFETY: the caller's promise covers a tile of this depth.
    unsafe {
        for step in 0..depth / STEP {
            let rows: [uint8x16_t; PAIRS] = std::array::from_fn(|pair| {
                let first = a.add(pair * 2 * stride + step * STEP);
                vcombine_u8(vld1_u8(first), vld1_u8(first.add(stride)))
            });
            let columns = b.add(step * STEP * 16);
            for (vector, sums) in sums.iter_mut().enumerate() {
                // Fours of weights of four columns, and the fours that follow them, become eights of two columns each.
                let fours = vld1q_s32(columns.add(vector * 16).cast());
                let next = vld1q_s32(columns.add(64 + vector * 16).cast());
                for (sums, weights) in sums.iter_mut().zip([vzip1q_s32(fours, next), vzip2q_s32(fours, next)])
                {
                    for (sum, values) in sums.iter_mut().zip(rows) {
                        *sum = multiply_pairs(*sum, values, vreinterpretq_s8_s32(weights));
                    }
                }
            }
        }
        for (vector, [left, right]) in sums.into_iter().enumerate() {
            for (pair, (left, right)) in left.into_iter().zip(right).enumerate() {
                let (left, right) = (vreinterpretq_s64_s32(left), vreinterpretq_s64_s32(right));
                let target = out.add(pair * 2 * COLUMNS + vector * 4);
                vst1q_s64(target.cast(), vzip1q_s64(left, right));
                vst1q_s64(target.add(COLUMNS).cast(), vzip2q_s64(left, right));
            }
        }
    }
}

/// `sums[2 * r + c] + sum over k of values[8 * r + k] * weights[8 * c + k]`. The intrinsic is not stable.
#[inline]
#[target_feature(enable = "neon,i8mm")]
fn multiply_pairs(mut sums: int32x4_t, values: uint8x16_t, weights: int8x16_t) -> int32x4_t {
    // It is not called pure: the compiler then keeps to the order that is written, in which few weights need a register
    // at once, and sums stay in theirs.
    // SAFETY: the instruction touches registers only.
    unsafe {
        asm!("usmmla {sums:v}.4s, {values:v}.16b, {weights:v}.16b", sums = inout(vreg) sums,
            values = in(vreg) values, weights = in(vreg) weights,
            options(nomem, nostack, preserves_flags));
    }
    sums
}
