//! AVX2 with dot products of 8-bit integers.

use std::arch::x86_64::{
    __m256i, _mm256_dpbusd_avx_epi32, _mm256_loadu_si256, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_storeu_si256,
};

use super::{Kernel, nothing};

/// Groups of rows that a pointer each reaches, and rows of a group.
const GROUPS: usize = 2;
const OF_GROUP: usize = 3;
/// Vectors of 8 columns: one group of the packed weights.
const VECTORS: usize = 2;

pub(super) const KERNEL: Kernel = Kernel {
    rows: GROUPS * OF_GROUP,
    columns: VECTORS * 8,
    depth_step: 4,
    offset: 0,
    lowest: 0,
    multiply,
    begin: nothing,
    end: nothing,
};

#[target_feature(enable = "avx2,avxvnni")]
unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, _group: usize, depth: usize, out: *mut i32) {
    let mut sums = [[[_mm256_setzero_si256(); VECTORS]; OF_GROUP]; GROUPS];
    // SAFETY: the caller's promise covers a tile of this depth.
    unsafe {
        let mut rows: [*const u8; GROUPS] = std::array::from_fn(|group| a.add(group * OF_GROUP * stride));
        let mut column = b;
        for _ in 0..depth / 4 {
            let weights: [__m256i; VECTORS] =
                std::array::from_fn(|vector| _mm256_loadu_si256(column.add(vector * 32).cast()));
            for (sums, first) in sums.iter_mut().zip(&mut rows) {
                for (row, sums) in sums.iter_mut().enumerate() {
                    let values = _mm256_set1_epi32(first.add(row * stride).cast::<i32>().read_unaligned());
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = _mm256_dpbusd_avx_epi32(*sum, values, weights);
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
