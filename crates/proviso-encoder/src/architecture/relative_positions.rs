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

/// T5's bucket of a distance of a key from a query, half of them for each direction; distances of 128 and more share the
/// last. (`relative_position_bucket` of the T5 and MPNet code.)
pub(crate) fn t5_bucket(distance: isize, buckets: usize) -> usize {
    const MAX_DISTANCE: f32 = 128.0;
    let half = buckets / 2;
    let direction = if distance > 0 { half } else { 0 };
    let far = distance.unsigned_abs();
    let exact = half / 2;
    if far < exact {
        return direction + far;
    }
    let share = (far as f32 / exact as f32).ln() / (MAX_DISTANCE / exact as f32).ln();
    let bucket = exact + (share * (half - exact) as f32) as usize;
    direction + bucket.min(half - 1)
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
        assert_eq!([0, 1, 7].map(|distance| t5_bucket(distance, 32)), [0, 17, 23]);
        assert_eq!([-1, -7, -8].map(|distance| t5_bucket(distance, 32)), [1, 7, 8]);
        assert_eq!((t5_bucket(128, 32), t5_bucket(5000, 32)), (31, 31));
        assert_eq!((t5_bucket(-128, 32), t5_bucket(-5000, 32)), (15, 15));
    }
}
