//! AVX-512 with dot products of 8-bit integers.

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::{Kernel, nothing};

/// Groups of rows that a pointer each reaches, and rows of a group.
const GROUPS: usize = 4;
const OF_GROUP: usize = 3;
/// Vectors of 16 columns.
const VECTORS: usize = 2;

pub(super) const KERNEL: Kernel = Kernel {
    rows: GROUPS * OF_GROUP,
    columns: VECTORS * 16,
    depth_step: 4,
    offset: 0,
    lowest: 0,
    multiply,
    begin: nothing,
    end: nothing,
};

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn multiply(a: *const u8, stride: usize, b: *const i8, group: usize, depth: usize, out: *mut i32) {
    let mut sums = [[[_mm512_setzero_si512(); VECTORS]; OF_GROUP]; GROUPS];
    // SAFETY: the caller's promise covers a tile of this depth.
    unsafe {
        let mut rows: [*const u8; GROUPS] = std::array::from_fn(|group| a.add(group * OF_GROUP * stride));
        let mut columns: [*const i8; VECTORS] = std::array::from_fn(|vector| b.add(vector * group));
        for _ in 0..depth / 4 {
            let weights: [__m512i; VECTORS] = columns.map(|column| _mm512_loadu_si512(column.cast()));
            for (sums, first) in sums.iter_mut().zip(&mut rows) {
                for (row, sums) in sums.iter_mut().enumerate() {
                    let values = _mm512_set1_epi32(first.add(row * stride).cast::<i32>().read_unaligned());
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = _mm512_dpbusd_epi32(*sum, values, weights);
                    }
                }
                *first = first.add(4);
            }
            columns = columns.map(|column| column.add(64));
        }
        let mut target = out;
        for sum in sums.iter().flatten().flatten() {
            _mm512_storeu_si512(target.cast(), *sum);
            target = target.add(16);
        }
    }
}
