//! The innermost loop: a tile of the product held in registers.

use rten_simd::{
    Isa,
    ops::{BitOps, NumOps},
};

use crate::Tier;

/// Rows of a tile for vectors of that many numbers: as many as registers allow beside two vectors of weights.
pub(super) const fn rows(lanes: usize) -> usize {
    match lanes {
        16 => 12,
        8 => 6,
        _ => 4,
    }
}

/// Vectors of weights in a row of a tile.
const VECTORS: usize = 2;

/// The most numbers in a tile.
pub(super) const LARGEST: usize = 12 * 2 * 16;

/// Rows that a product takes at once: its operand must have a multiple of this many.
pub fn row_step(tier: Tier) -> usize {
    rows(tier.lanes())
}

/// Columns that a product takes at once: the width of a panel of packed weights.
pub(super) fn column_step(tier: Tier) -> usize {
    VECTORS * tier.lanes()
}

/// `out[r][c] = sum over k of a[r][k] * panel[k][c]` for a tile of `row_step` by `column_step`.
///
/// # Safety
/// `a` must have `row_step` rows `stride` apart with `depth` numbers, `panel` `depth * column_step` numbers and `out`
/// room for a tile.
#[inline(always)]
pub(super) unsafe fn multiply_tile<I: Isa>(
    isa: I,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    depth: usize,
    out: *mut f32,
) {
    // SAFETY: passed on.
    unsafe {
        match isa.f32().len() {
            16 => tile::<I, 4, 3>(isa, a, stride, panel, depth, out),
            8 => tile::<I, 2, 3>(isa, a, stride, panel, depth, out),
            _ => tile::<I, 2, 2>(isa, a, stride, panel, depth, out),
        }
    }
}

/// `GROUPS` groups of `ROWS` rows: a pointer a group and two strides reach all rows without a register for each.
#[expect(clippy::needless_range_loop, reason = "with indices the compiler keeps the sums in registers")]
#[inline(always)]
unsafe fn tile<I: Isa, const GROUPS: usize, const ROWS: usize>(
    isa: I,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    depth: usize,
    out: *mut f32,
) {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut sums = [[[ops.zero(); VECTORS]; ROWS]; GROUPS];
    // SAFETY: the caller's promise covers the rows, the panel and the tile.
    unsafe {
        let mut groups: [*const f32; GROUPS] = std::array::from_fn(|group| a.add(group * ROWS * stride));
        let mut weights = panel;
        for _ in 0..depth {
            let vectors = [ops.load_ptr(weights), ops.load_ptr(weights.add(lanes))];
            for group in 0..GROUPS {
                for row in 0..ROWS {
                    let value = ops.splat(*groups[group].add(row * stride));
                    for vector in 0..VECTORS {
                        sums[group][row][vector] =
                            ops.mul_add(value, vectors[vector], sums[group][row][vector]);
                    }
                }
                groups[group] = groups[group].add(1);
            }
            weights = weights.add(VECTORS * lanes);
        }
        let mut target = out;
        for sum in sums.iter().flatten().flatten() {
            ops.store_ptr(*sum, target);
            target = target.add(lanes);
        }
    }
}
