//! What the tests of products compare with.

/// So many numbers from -1 to 1, the same for the same seed.
pub(crate) fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
        .collect()
}

/// `[rows, depth]` times the transpose of `[columns, depth]`, in f64.
pub(crate) fn product(a: &[f32], b: &[f32], rows: usize, columns: usize, depth: usize) -> Vec<f64> {
    let cell = |row: usize, column: usize| -> f64 {
        (0..depth).map(|k| f64::from(a[row * depth + k]) * f64::from(b[column * depth + k])).sum()
    };
    (0..rows * columns).map(|i| cell(i / columns, i % columns)).collect()
}
