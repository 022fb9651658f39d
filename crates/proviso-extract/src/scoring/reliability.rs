//! Whether a confidence means what it says: of findings with so much of it, how many are right.

use serde::Serialize;

/// Proposals with less are not looked at: there are very many, and that they are all wrong says little.
pub const LEAST_CONFIDENCE: f64 = 0.05;
const BINS: usize = 10;

/// Proposals of about one confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// How many there are.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// Share of them that match an answer.
    pub right: f64,
}

/// Proposals of at least [`LEAST_CONFIDENCE`] by their confidence, in tenths.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Expected calibration error: how far confidence and share of the right ones lie apart, in the mean over proposals.
    pub error: f64,
    /// The tenths, from 0 up; empty ones are left out.
    pub bins: Vec<ReliabilityBin>,
}

impl Reliability {
    /// Of proposals with their confidences, and whether they are right.
    pub fn of(proposals: impl Iterator<Item = (f64, bool)>) -> Self {
        let mut sums = [(0_usize, 0.0, 0_usize); BINS];
        for (confidence, is_right) in proposals.filter(|proposal| proposal.0 >= LEAST_CONFIDENCE) {
            let sum = &mut sums[((confidence * BINS as f64) as usize).min(BINS - 1)];
            *sum = (sum.0 + 1, sum.1 + confidence, sum.2 + usize::from(is_right));
        }
        let all: usize = sums.iter().map(|sum| sum.0).sum();
        let bin = |&(count, confidence, right): &(usize, f64, usize)| ReliabilityBin {
            count,
            confidence: confidence / count as f64,
            right: right as f64 / count as f64,
        };
        let bins: Vec<_> = sums.iter().filter(|sum| sum.0 > 0).map(bin).collect();
        let apart = |bin: &ReliabilityBin| bin.count as f64 / all as f64 * (bin.confidence - bin.right).abs();
        Self { error: bins.iter().map(apart).fold(0.0, |sum, part| sum + part), bins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_distance_of_confidence_and_truth() {
        // Of four at 0.75 three are right: nothing is off. Of two at 0.45 none is: 0.45 off, a third of all.
        let proposals =
            [(0.75, true), (0.75, true), (0.75, true), (0.75, false), (0.45, false), (0.45, false)];
        let found = Reliability::of(proposals.into_iter().chain([(0.01, true)]));
        assert!((found.error - 0.15).abs() < 1e-12, "{found:?}");
        assert_eq!(found.bins.len(), 2);
        assert_eq!(found.bins[1], ReliabilityBin { count: 4, confidence: 0.75, right: 0.75 });
    }

    #[test]
    fn of_nothing_there_is_no_error() {
        assert_eq!(Reliability::of(std::iter::empty()), Reliability::default());
    }
}
