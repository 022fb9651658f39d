//! How far a figure would move with other contracts: intervals by the bootstrap (Efron 1979), contracts drawn whole.

use serde::Serialize;

/// A figure with its 95 % percentile interval over contracts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The figure of the contracts as they are.
    pub value: f64,
    /// 2.5 of 100 resamples lie below.
    pub low: f64,
    /// 2.5 of 100 resamples lie above.
    pub high: f64,
}

/// The figure that `statistic` takes of contracts, and how far it moves when as many are drawn from them with replacement.
/// The same `seed` draws the same contracts, so that two figures of one set of contracts can be compared. A resample of
/// which there is no figure (`statistic` gives NaN) is left out; where there is none at all, all three numbers are NaN.
///
/// `statistic` is called `samples + 1` times; with several figures of one resample, [`intervals`] is cheaper.
pub fn interval<T>(contracts: &[T], samples: usize, seed: u64, statistic: impl Fn(&[&T]) -> f64) -> Interval {
    let [interval] = intervals(contracts, samples, seed, |drawn| [statistic(drawn)]);
    interval
}

/// As [`interval`], for several figures of the same resamples.
pub fn intervals<T, const N: usize>(
    contracts: &[T],
    samples: usize,
    seed: u64,
    statistics: impl Fn(&[&T]) -> [f64; N],
) -> [Interval; N] {
    let values = statistics(&contracts.iter().collect::<Vec<_>>());
    let mut drawn: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(samples));
    let mut random = fastrand::Rng::with_seed(seed);
    // Of nothing there is nothing to draw.
    let samples = if contracts.is_empty() { 0 } else { samples };
    for _ in 0..samples {
        let resample: Vec<&T> =
            contracts.iter().map(|_| &contracts[random.usize(..contracts.len())]).collect();
        for (drawn, figure) in drawn.iter_mut().zip(statistics(&resample)) {
            if !figure.is_nan() {
                drawn.push(figure);
            }
        }
    }
    std::array::from_fn(|n| {
        drawn[n].sort_by(f64::total_cmp);
        let at = |share| percentile(&drawn[n], share).unwrap_or(values[n]);
        Interval { value: values[n], low: at(0.025), high: at(0.975) }
    })
}

/// Of sorted numbers, between two neighbours where the share falls between them.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(drawn: &[&f64]) -> f64 {
        drawn.iter().copied().sum::<f64>() / drawn.len() as f64
    }

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_law() {
        // Half zeros, half ones: the mean of 400 has a standard error of 0.025.
        let contracts: Vec<f64> = (0..400).map(|n| f64::from(n % 2)).collect();
        let found = interval(&contracts, 4000, 7, mean);
        assert!((found.value - 0.5).abs() < 1e-12);
        assert!((found.low - (0.5 - 1.96 * 0.025)).abs() < 0.004, "{found:?}");
        assert!((found.high - (0.5 + 1.96 * 0.025)).abs() < 0.004, "{found:?}");
    }

    #[test]
    fn a_seed_draws_the_same_contracts() {
        let contracts: Vec<f64> = (0..30).map(f64::from).collect();
        assert_eq!(interval(&contracts, 50, 1, mean), interval(&contracts, 50, 1, mean));
        assert_ne!(interval(&contracts, 50, 1, mean), interval(&contracts, 50, 2, mean));
        let [first, twice] = intervals(&contracts, 50, 1, |drawn| [mean(drawn), 2.0 * mean(drawn)]);
        assert!((2.0 * first.low - twice.low).abs() < 1e-9 && (2.0 * first.high - twice.high).abs() < 1e-9);
    }

    #[test]
    fn where_there_is_no_figure_there_is_no_interval() {
        let none: [f64; 0] = [];
        assert!(interval(&none, 100, 1, mean).low.is_nan());
        // A figure of those contracts only that have one: some resamples have none.
        let contracts = [f64::NAN, f64::NAN, 3.0];
        let of_numbers = |drawn: &[&f64]| {
            let numbers: Vec<&f64> = drawn.iter().copied().filter(|number| !number.is_nan()).collect();
            mean(&numbers)
        };
        let found = interval(&contracts, 100, 1, of_numbers);
        assert_eq!((found.value, found.low, found.high), (3.0, 3.0, 3.0));
    }
}
