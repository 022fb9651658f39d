//! Precision against recall over CUAD's 101 thresholds.

use std::array;

use super::tally::Tally;

/// Number of thresholds.
pub(super) const THRESHOLDS: usize = 101;

/// From 0.99 down in steps of 0.01, then 0.001 and 0; what scores more counts.
pub(super) fn thresholds() -> [f64; THRESHOLDS] {
    array::from_fn(|step| match step {
        99 => 0.001,
        100 => 0.0,
        _ => 0.99 - 0.01 * step as f64,
    })
}

/// Points of (recall, precision), recall rising, precision made monotone.
#[derive(Debug, Clone)]
pub(super) struct Curve(Vec<(f64, f64)>);

impl Curve {
    pub(super) fn of(tally: &Tally) -> Self {
        let points = tally.curve.iter().map(|counts| (counts.recall(), counts.precision()));
        // From the highest recall down: precision never falls as recall does. Where nothing is predicted there is
        // no precision, and the one at the next higher recall stands.
        let mut best = 0.0_f64;
        let mut monotone = Vec::with_capacity(THRESHOLDS + 1);
        for (recall, precision) in points.rev().chain([(0.0, Some(1.0))]) {
            best = best.max(precision.unwrap_or(best));
            monotone.push((recall, best));
        }
        monotone.reverse();
        Self(monotone)
    }

    /// The area by trapezoids.
    pub(super) fn area(&self) -> f64 {
        self.0.windows(2).map(|p| (p[1].0 - p[0].0) * f64::midpoint(p[0].1, p[1].1)).sum()
    }

    /// The precision at the first point that reaches the recall; 0 if none does.
    pub(super) fn precision_at(&self, recall: f64) -> f64 {
        self.0.iter().find(|point| point.0 >= recall).map_or(0.0, |point| point.1)
    }
}

/// What the curve's thresholds see of a calibrated confidence: probabilities crowd near 0, where a hundredth is too coarse to tell
/// them apart, so their log odds are drawn together. The order of proposals stays.
pub fn spread(probability: f64) -> f64 {
    let inner = probability.clamp(1e-9, 1.0 - 1e-9);
    1.0 / (1.0 + ((1.0 - inner) / inner).cbrt())
}

#[cfg(test)]
mod tests {
    use super::{super::questions::question, *};

    fn curve(questions: &[super::super::questions::QuestionScores]) -> Curve {
        let tallies: Vec<_> = questions.iter().map(|of| Tally::of(of, of, 0.5, |score| score)).collect();
        Curve::of(&Tally::sum(tallies.iter()))
    }

    #[test]
    fn a_perfect_reading_has_the_whole_area() {
        let curve = curve(&[question(&["a"], &[("a", 1.0)]), question(&[], &[])]);
        assert!((curve.area() - 1.0).abs() < 1e-12);
        assert!((curve.precision_at(0.9) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn recall_that_is_not_reached_counts_as_nothing() {
        // One of two answers found, with one false alarm above it.
        let curve = curve(&[question(&["a"], &[("a", 0.5)]), question(&["b"], &[("z", 0.75)])]);
        // (0, 1), then precision 0 at recall 0 made monotone to 1/2, then (1/2, 1/2).
        assert!((curve.area() - 0.25).abs() < 1e-12, "{curve:?}");
        assert!((curve.precision_at(0.8)).abs() < 1e-12);
        assert!((curve.precision_at(0.5) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_predicted_scores_nothing() {
        assert!(curve(&[question(&["a"], &[])]).area().abs() < 1e-12);
    }

    #[test]
    fn small_probabilities_are_spread_and_stay_in_order() {
        let spread: Vec<f64> = [0.0, 0.0001, 0.001, 0.01, 0.5, 0.99, 1.0].map(spread).into();
        assert!(spread.windows(2).all(|pair| pair[0] < pair[1]), "{spread:?}");
        assert!((spread[4] - 0.5).abs() < 1e-12);
        // A thousandth stands nine thresholds above 0.
        assert!(spread[2] > 0.09 && spread[6] <= 1.0);
    }
}
