//! What a model's scores mean: the probability that a finding is right, and how much is missed from which one on.

use std::collections::BTreeMap;

use proviso_core::Category;
use serde::{Deserialize, Serialize};

/// From a span tagger's score to the probability that the finding is right: a logistic curve over the score's log odds
/// (Platt 1999), one for all categories, moved for each by what few examples can tell, and for the surest passage of a category
/// of which a contract has one as a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfidenceCurve {
    /// The contracts that it was fitted on.
    pub data: String,
    /// Log odds where those of the score are 0.
    pub intercept: f64,
    /// Log odds for one of the score's.
    pub slope: f64,
    /// What a category adds to the log odds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shifts: BTreeMap<Category, f64>,
    /// What it adds to the log odds that a contract has no passage of the category with a higher score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub surest: BTreeMap<Category, f64>,
    /// Expected calibration error on contracts that it was not fitted on (cross-validation over contracts).
    pub error: f64,
}

/// Scores further out than this are not told apart, so that every probability lies between 0 and 1.
const OUTMOST: f64 = 1e-6;

impl ConfidenceCurve {
    /// The probability that a finding with this score is right; `is_surest` of the one with the highest score of its category in a
    /// contract.
    pub fn probability(&self, category: Category, score: f32, is_surest: bool) -> f32 {
        let score = f64::from(score).clamp(OUTMOST, 1.0 - OUTMOST);
        let of = |shifts: &BTreeMap<Category, f64>| shifts.get(&category).copied().unwrap_or_default();
        let shift = of(&self.shifts) + if is_surest { of(&self.surest) } else { 0.0 };
        let log_odds = self.intercept + self.slope * (score / (1.0 - score)).ln() + shift;
        (1.0 / (1.0 + (-log_odds).exp())) as f32
    }

    /// What is wrong with it, in words.
    pub(super) fn fault(&self) -> Option<String> {
        let shifts = self.shifts.values().chain(self.surest.values()).copied();
        let numbers = [self.intercept, self.slope].into_iter().chain(shifts);
        // The surest of a category stays the surest.
        let rises = self.slope > 0.0 && self.surest.values().all(|more| *more >= 0.0);
        let sound = rises && numbers.into_iter().all(f64::is_finite);
        (!sound).then(|| "its calibration is not a rising curve".to_owned())
    }
}

/// A setting of the dial "miss at most 1 clause in N".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DialSetting {
    /// N.
    pub miss_one_in: u32,
    /// The confidence from which everything is shown, by conformal risk control (Angelopoulos et al., arXiv 2208.02814) over
    /// contracts; none where that many contracts are too few to promise it.
    pub threshold: Option<f32>,
    /// Share of a contract's clauses that were shown, in the mean over contracts that the threshold was not chosen on.
    pub recall: f64,
    /// Passages shown in a contract that are no such clause, in the mean over the same contracts.
    pub false_alarms: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration(slope: f64) -> ConfidenceCurve {
        let shifts = BTreeMap::from([(Category::Insurance, 1.0)]);
        let surest = BTreeMap::from([(Category::AgreementDate, 1.5)]);
        ConfidenceCurve {
            data: "three contracts".into(),
            intercept: -0.5,
            slope,
            shifts,
            surest,
            error: 0.02,
        }
    }

    #[test]
    fn a_higher_score_is_likelier_right_and_a_category_moves_the_curve() {
        let of = |category, score| calibration(1.5).probability(category, score, false);
        // Odds of 1 leave the intercept: 1 / (1 + e^0.5).
        assert!((of(Category::Parties, 0.5) - 0.377_541).abs() < 1e-5);
        assert!((of(Category::Insurance, 0.5) - 0.622_459).abs() < 1e-5);
        let rising: Vec<f32> = [0.0, 0.001, 0.1, 0.9, 1.0].map(|score| of(Category::Parties, score)).into();
        assert!(rising.is_sorted_by(|a, b| a < b) && rising[0] > 0.0 && rising[4] <= 1.0, "{rising:?}");
    }

    #[test]
    fn the_surest_of_a_kind_that_stands_once_is_likelier_right() {
        let of = |category, is_surest| calibration(1.5).probability(category, 0.5, is_surest);
        assert!((of(Category::AgreementDate, true) - 0.731_059).abs() < 1e-5);
        assert!((of(Category::AgreementDate, false) - 0.377_541).abs() < 1e-5);
        assert!((of(Category::Insurance, true) - of(Category::Insurance, false)).abs() < 1e-9);
    }

    #[test]
    fn a_curve_that_falls_is_refused() {
        assert_eq!(calibration(1.5).fault(), None);
        assert!(calibration(-1.0).fault().is_some() && calibration(f64::NAN).fault().is_some());
        let mut less_sure = calibration(1.5);
        less_sure.surest.insert(Category::DocumentName, -0.1);
        assert!(less_sure.fault().is_some());
    }
}
