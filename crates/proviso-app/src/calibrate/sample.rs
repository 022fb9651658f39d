//! Some of many, spread over all of them.

/// At most `most` of the indices below `total`, at even distances, from the first on.
pub(super) fn evenly(total: usize, most: usize) -> impl Iterator<Item = usize> {
    let count = total.min(most);
    (0..count).map(move |index| index * total / count)
}

/// How many each gives, so that all together give `most` if they have as many: the same from each, and where some have
/// less, more from the others.
pub(super) fn shares(have: &[usize], most: usize) -> Vec<usize> {
    let mut poorest_first: Vec<usize> = (0..have.len()).collect();
    poorest_first.sort_by_key(|&index| have[index]);
    let mut shares = vec![0; have.len()];
    let (mut left, mut givers) = (most, have.len());
    for index in poorest_first {
        shares[index] = have[index].min(left / givers);
        left -= shares[index];
        givers -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_spread_and_different() {
        assert_eq!(evenly(10, 4).collect::<Vec<_>>(), [0, 2, 5, 7]);
        assert_eq!(evenly(3, 8).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(evenly(0, 8).count() + evenly(8, 0).count(), 0);
    }

    #[test]
    fn everyone_gives_the_same_as_far_as_it_can() {
        assert_eq!(shares(&[100, 100], 10), [5, 5]);
        assert_eq!(shares(&[100, 1, 4, 100], 25), [10, 1, 4, 10]);
        assert_eq!(shares(&[2, 3], 10), [2, 3]);
        assert_eq!(shares(&[7, 7, 7], 10).iter().sum::<usize>(), 10);
        assert!(shares(&[], 10).is_empty());
    }
}
