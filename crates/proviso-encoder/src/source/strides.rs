//! How the numbers of a tensor are arranged in its file.

/// Places of the numbers, counted in numbers from the tensor's first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// The numbers of a row follow each other; rows begin `step` apart.
    Rows { step: u64 },
    /// The numbers of a column follow each other; columns begin `step` apart. Only of tensors with two dimensions.
    Columns { step: u64 },
    /// Neither, by these steps from one number to the next of each dimension.
    Scattered(Vec<u64>),
}

impl Arrangement {
    /// That of a tensor whose numbers lie `strides` apart in its dimensions; both slices are of the same length.
    ///
    /// Rows or columns that overlap, as those of an expanded tensor, count as scattered: the file has fewer numbers than
    /// the tensor, so that its size says nothing about the memory that reading takes.
    pub(super) fn new(shape: &[usize], strides: &[u64]) -> Self {
        let row_len: u64 = shape.iter().skip(1).map(|size| *size as u64).product();
        if shape.contains(&0) || shape.is_empty() {
            return Self::Rows { step: row_len };
        }
        let scattered = || Self::Scattered(strides.to_vec());
        if is_contiguous(&shape[1..], &strides[1..]) {
            // The stride of a single row says nothing.
            let step = if shape[0] == 1 { row_len } else { strides[0] };
            return if step >= row_len { Self::Rows { step } } else { scattered() };
        }
        let (&[rows, _], &[within, step]) = (shape, strides) else { return scattered() };
        if (within == 1 || rows == 1) && step >= rows as u64 { Self::Columns { step } } else { scattered() }
    }

    /// Numbers from the first of a tensor to behind its last; nothing if that is more than there can be.
    pub(super) fn extent(&self, shape: &[usize]) -> Option<u64> {
        if shape.contains(&0) {
            return Some(0);
        }
        let row_len = || shape.iter().skip(1).try_fold(1u64, |len, size| len.checked_mul(*size as u64));
        let rows = shape.first().map_or(1, |rows| *rows as u64);
        match self {
            Self::Rows { step } => (rows - 1).checked_mul(*step)?.checked_add(row_len()?),
            Self::Columns { step } => (row_len()? - 1).checked_mul(*step)?.checked_add(rows),
            Self::Scattered(strides) => shape.iter().zip(strides).try_fold(1u64, |extent, (size, stride)| {
                extent.checked_add((*size as u64 - 1).checked_mul(*stride)?)
            }),
        }
    }
}

fn is_contiguous(shape: &[usize], strides: &[u64]) -> bool {
    let mut expected = 1;
    shape.iter().zip(strides).rev().all(|(size, stride)| {
        let holds = *size == 1 || *stride == expected;
        expected *= *size as u64;
        holds
    })
}

#[cfg(test)]
mod tests {
    use super::Arrangement::{self, Columns, Rows, Scattered};

    #[test]
    fn strides_are_told_apart() {
        for (shape, strides, expected) in [
            (&[][..], &[][..], Rows { step: 1 }),
            (&[5], &[1], Rows { step: 1 }),
            (&[5], &[3], Rows { step: 3 }),
            (&[5], &[0], Scattered(vec![0])),
            (&[4, 3], &[3, 1], Rows { step: 3 }),
            (&[4, 3], &[7, 1], Rows { step: 7 }),
            (&[4, 3], &[1, 4], Columns { step: 4 }),
            (&[4, 3], &[0, 1], Scattered(vec![0, 1])),
            (&[4, 3], &[1, 1], Scattered(vec![1, 1])),
            (&[1, 3], &[1, 9], Columns { step: 9 }),
            (&[1, 3], &[1, 0], Scattered(vec![1, 0])),
            (&[4, 1], &[1, 9], Rows { step: 1 }),
            (&[2, 3, 4], &[12, 4, 1], Rows { step: 12 }),
            (&[2, 3, 4], &[12, 1, 3], Scattered(vec![12, 1, 3])),
            (&[0, 3], &[1, 9], Rows { step: 3 }),
        ] {
            assert_eq!(Arrangement::new(shape, strides), expected, "{shape:?} by {strides:?}");
        }
    }

    #[test]
    fn the_extent_reaches_behind_the_last_number() {
        let extent = |shape: &[usize], strides: &[u64]| Arrangement::new(shape, strides).extent(shape);
        assert_eq!(extent(&[], &[]), Some(1));
        assert_eq!(extent(&[4, 3], &[3, 1]), Some(12));
        assert_eq!(extent(&[4, 3], &[7, 1]), Some(24));
        assert_eq!(extent(&[4, 3], &[1, 5]), Some(14));
        assert_eq!(extent(&[2, 3, 4], &[12, 1, 3]), Some(24));
        assert_eq!(extent(&[4, 0], &[7, 1]), Some(0));
        assert_eq!(extent(&[4, 3], &[u64::MAX / 2, 1]), None);
    }
}
