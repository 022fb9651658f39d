//! A contract's answers to one question, counted at every threshold of the curve, so that contracts can be added up.

use super::{
    curve::{THRESHOLDS, thresholds},
    questions::QuestionScores,
};

/// True positives, false positives and all answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub found: usize,
    pub wrong: usize,
    pub answers: usize,
}

impl Counts {
    pub(super) fn f1(self) -> f64 {
        let twice = 2.0 * self.found as f64;
        if twice == 0.0 { 0.0 } else { twice / (self.found + self.wrong + self.answers) as f64 }
    }

    pub(super) fn precision(self) -> Option<f64> {
        let all = self.found + self.wrong;
        (all > 0).then(|| self.found as f64 / all as f64)
    }

    pub(super) fn recall(self) -> f64 {
        if self.answers == 0 { 0.0 } else { self.found as f64 / self.answers as f64 }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.found += other.found;
        self.wrong += other.wrong;
        self.answers += other.answers;
    }
}

/// The counts of questions at each threshold of the curve, and at the threshold from which their category is shown.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub curve: [Counts; THRESHOLDS],
    pub shown: Counts,
}

impl Tally {
    pub(super) fn none() -> Self {
        Self { curve: [Counts::default(); THRESHOLDS], shown: Counts::default() }
    }

    /// `spread` is what the curve's thresholds see of the scores in `all`, `threshold` that from which those in `shown` are shown.
    pub(super) fn of(
        all: &QuestionScores,
        shown: &QuestionScores,
        threshold: f64,
        spread: impl Fn(f64) -> f64,
    ) -> Self {
        let shown = shown.counts(|score| score >= threshold);
        let curve = thresholds().map(|least| all.counts(|score| spread(score) > least));
        Self { curve, shown }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.shown.add(other.shown);
        for (mine, others) in self.curve.iter_mut().zip(&other.curve) {
            mine.add(*others);
        }
    }

    pub(super) fn sum<'a>(tallies: impl Iterator<Item = &'a Self>) -> Self {
        let mut sum = Self::none();
        tallies.for_each(|tally| sum.add(tally));
        sum
    }

    pub(super) fn answers(&self) -> usize {
        self.shown.answers
    }

    /// The best F1 of one threshold for all.
    pub(super) fn best_f1(&self) -> f64 {
        self.curve.iter().map(|counts| counts.f1()).fold(0.0, f64::max)
    }
}
