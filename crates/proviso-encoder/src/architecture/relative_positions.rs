//! Distances of tokens put into buckets: exact when near, logarithmic when far.

/// DeBERTa's bucket of a distance: exact up to half the buckets, then logarithmic up to `max_distance`. Odd in the
/// distance. (`make_log_bucket_position` of the authors' code.)
pub(crate) fn log_bucket(distance: isize, buckets: usize, max_distance: usize) -> isize {
    let middle = (buckets / 2) as isize;
    if distance.abs() <= middle {
        return distance;
    }
    let middle_f = middle as f64;
    let share = (distance.abs() as f64 / middle_f).ln() / ((max_distance as f64 - 1.0) / middle_f).ln();
    let bucket = (share * (middle_f - 1.0)).ceil() as isize + middle;
    bucket * distance.signum()
}

/// Buckets of [`t5_bucket`], those of both directions.
pub(crate) const T5_BUCKETS: usize = 32;

/// T5's bucket of a key's distance from a query, half of them for each direction: exact up to 8, then two for each doubling;
/// distances from 91 on share the last. (`relative_position_bucket` of the T5 and MPNet code, whose 32 buckets up to 128
/// are fixed. The logarithm to the base of the square root of 2 is taken of whole numbers, since a distance like 16 lies
/// exactly on a boundary.)
pub(crate) fn t5_bucket(distance: isize) -> usize {
    const HALF: usize = T5_BUCKETS / 2;
    const EXACT: usize = HALF / 2;
    let direction = if distance > 0 { HALF } else { 0 };
    let far = distance.unsigned_abs();
    let bucket = if far < EXACT { far } else { EXACT + (far * far / (EXACT * EXACT)).ilog2() as usize };
    direction + bucket.min(HALF - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_distances_are_exact_and_far_ones_share() {
        for distance in -128..=128 {
            assert_eq!(log_bucket(distance, 256, 512), distance);
        }
        assert_eq!(log_bucket(511, 256, 512), 255);
        assert_eq!(log_bucket(-511, 256, 512), -255);
        let buckets: Vec<isize> = (0..512).map(|distance| log_bucket(distance, 256, 512)).collect();
        assert!(buckets.is_sorted() && buckets[300] < 300);
    }

    #[test]
    fn directions_have_buckets_of_their_own() {
        assert_eq!([0, 1, 7].map(t5_bucket), [0, 17, 23]);
        assert_eq!([-1, -7, -8].map(t5_bucket), [1, 7, 8]);
        let firsts = [8, 12, 16, 23, 32, 46, 64, 91];
        for (bucket, first) in (8..).zip(firsts) {
            assert_eq!((t5_bucket(-first), t5_bucket(1 - first)), (bucket, bucket - 1), "{first}");
        }
        assert_eq!((t5_bucket(128), t5_bucket(5000)), (31, 31));
        assert_eq!((t5_bucket(-128), t5_bucket(-5000)), (15, 15));
    }
}
