//! AVX2. Its instruction for 8-bit products takes one unsigned operand and saturates when it adds pairs in 16 bits. So
//! both operands are made signed, and the sign of a weight is moved to the activation: a pair is then at most
//! 2 * 127 * 127 = 32,258, and the sums are exact.

use std::arch::x86_64::{
    __m256i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_sign_epi8,
    _mm256_storeu_si256, _mm256_sub_epi8,
};

use super::{Kernel, nothing};

/// Groups of rows that a pointer each reaches, and rows of a group.
const GROUPS: usize = 2;
const OF_GROUP: usize = 2;
/// Vectors of 8 columns: one group of the packed weights.
const VECTORS: usize = 2;

pub(super) const KERNEL: Kernel = Kernel {
    rows: GROUPS * OF_GROUP,
    columns: VECTORS * 8,
    depth_step: 4,
    offset: 128,
    lowest: 1,
    multiply,
    begin: nothing,
    end: nothing,
};

#[target_feature(enable = "avx2")]
unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, _group: usize, depth: usize, out: *mut i32) {
    let ones = _mm256_set1_epi16(1);
    let offset = _mm256_set1_epi8(-128);
    let mut sums = [[[_mm256_setzero_si256(); VECTORS]; OF_GROUP]; GROUPS];
    // SAFETY: the caller's promise covers a tile of this depth.
    unsafe {
        let mut rows: [*const u8; GROUPS] = std::array::from_fn(|group| a.add(group * OF_GROUP * stride));
        let mut column = b;
        for _ in 0..depth / 4 {
            let weights: [__m256i; VECTORS] =
                std::array::from_fn(|vector| _mm256_loadu_si256(column.add(vector * 32).cast()));
            let magnitudes = weights.map(|weights| _mm256_abs_epi8(weights));
            for (sums, first) in sums.iter_mut().zip(&mut rows) {
                for (row, sums) in sums.iter_mut().enumerate() {
                    let values = _mm256_set1_epi32(first.add(row * stride).cast::<i32>().read_unaligned());
                    let values = _mm256_sub_epi8(values, offset);
                    for ((sum, weights), magnitudes) in sums.iter_mut().zip(weights).zip(magnitudes) {
                        let pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(values, weights));
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                    }
                }
                *first = first.add(4);
            }
            column = column.add(64);
        }
        let mut target = out;
        for sum in sums.iter().flatten().flatten() {
            _mm256_storeu_si256(target.cast(), *sum);
            target = target.add(8);
        }
    }
}
