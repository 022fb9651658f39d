//! Matrix multiplication over slices, on one thread.

/// A read-only matrix in a slice: element `(row, column)` is `values[row * row_stride + column * column_stride]`.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    pub values: &'a [f32],
    pub row_stride: usize,
    pub column_stride: usize,
}

impl Matrix<'_> {
    fn holds(&self, rows: usize, columns: usize) -> bool {
        (rows - 1) * self.row_stride + (columns - 1) * self.column_stride < self.values.len()
    }
}

/// `out += a * b`, or `out = a * b` where `accumulate` is false, with `a` of `m x k`, `b` of `k x n` and `out` of
/// `m x n` in rows that are `out_stride` apart.
///
/// # Panics
/// If a matrix does not lie within its slice.
pub(super) fn multiply(
    (m, n, k): (usize, usize, usize),
    a: Matrix<'_>,
    b: Matrix<'_>,
    out: &mut [f32],
    out_stride: usize,
    accumulate: bool,
) {
    if m == 0 || n == 0 || k == 0 {
        return;
    }
    assert!(a.holds(m, k) && b.holds(k, n), "a matrix is larger than its slice");
    assert!(out_stride >= n && (m - 1) * out_stride + n <= out.len(), "the product is larger than its slice");
    // SAFETY: the asserts above show that every element which is read or written lies in its slice, and `out` is
    // borrowed mutably, so it overlaps neither `a` nor `b`.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            out.as_mut_ptr(),
            1,
            out_stride as isize,
            accumulate,
            a.values.as_ptr(),
            a.column_stride as isize,
            a.row_stride as isize,
            b.values.as_ptr(),
            b.column_stride as isize,
            b.row_stride as isize,
            // `out = alpha * out + beta * a * b`
            1.0_f32,
            1.0_f32,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_equal_the_definition_with_any_strides() {
        let (m, n, k) = (5, 19, 33);
        let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
        // b is stored transposed, out has rows that are wider than n.
        let b: Vec<f32> = (0..n * k).map(|i| (i % 5) as f32 - 2.0).collect();
        let mut out = vec![1.0_f32; m * 24];
        let a_matrix = Matrix { values: &a, row_stride: k, column_stride: 1 };
        let b_matrix = Matrix { values: &b, row_stride: 1, column_stride: k };
        multiply((m, n, k), a_matrix, b_matrix, &mut out, 24, true);
        for row in 0..m {
            for column in 0..n {
                let product: f32 = (0..k).map(|i| a[row * k + i] * b[column * k + i]).sum();
                assert_eq!(out[row * 24 + column], product + 1.0);
            }
            assert_eq!(out[row * 24 + n..(row + 1) * 24], [1.0; 5]);
        }
    }
}
