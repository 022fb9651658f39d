//! Precision against recall over CUAD's 101 thresholds.

use super::matching::Phrase;
use proviso_core::Category;

/// A prediction for a question with its score, reduced to what the counts need.
#[derive(Debug, Clone, Copy)]
struct Scored {
    score: f64,
    is_match: bool,
}

/// What the counts of one question depend on: for each answer the best score that finds it, for each prediction its
/// score and whether it matches any answer.
#[derive(Debug, Clone)]
pub(super) struct QuestionScores {
    best_of_answers: Vec<Option<f64>>,
    predictions: Vec<Scored>,
}

impl QuestionScores {
    /// `predictions` must be free of repeated texts.
    pub(super) fn new(category: Category, answers: &[Phrase], predictions: &[(Phrase, f64)]) -> Self {
        let found = |answer: &Phrase| {
            predictions
                .iter()
                .filter(|(prediction, _)| prediction.matches(answer, category))
                .map(|&(_, score)| score)
                .max_by(f64::total_cmp)
        };
        let scored = |(prediction, score): &(Phrase, f64)| Scored {
            score: *score,
            is_match: answers.iter().any(|answer| prediction.matches(answer, category)),
        };
        Self {
            best_of_answers: answers.iter().map(found).collect(),
            predictions: predictions.iter().map(scored).collect(),
        }
    }

    pub(super) fn answers(&self) -> usize {
        self.best_of_answers.len()
    }
}

/// True positives, false positives and false negatives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub found: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Counts {
    /// Counts what the predictions that `is_kept` lets through find.
    pub(super) fn of(questions: &[&QuestionScores], is_kept: impl Fn(f64) -> bool) -> Self {
        let mut counts = Self::default();
        for question in questions {
            let found = question.best_of_answers.iter().filter(|best| best.is_some_and(&is_kept)).count();
            counts.found += found;
            counts.missed += question.answers() - found;
            counts.wrong += question.predictions.iter().filter(|p| !p.is_match && is_kept(p.score)).count();
        }
        counts
    }

    pub(super) fn f1(self) -> f64 {
        let twice = 2.0 * self.found as f64;
        if twice == 0.0 { 0.0 } else { twice / (twice + (self.wrong + self.missed) as f64) }
    }

    fn precision(self) -> Option<f64> {
        let all = self.found + self.wrong;
        (all > 0).then(|| self.found as f64 / all as f64)
    }

    fn recall(self) -> f64 {
        let all = self.found + self.missed;
        if all == 0 { 0.0 } else { self.found as f64 / all as f64 }
    }
}

/// Points of (recall, precision), recall rising, precision made monotone.
#[derive(Debug, Clone)]
pub(super) struct Curve(Vec<(f64, f64)>);

impl Curve {
    pub(super) fn of(questions: &[&QuestionScores]) -> Self {
        let thresholds = (0..99).map(|i| 0.99 - 0.01 * f64::from(i)).chain([0.001, 0.0]);
        let mut points = vec![(0.0, Some(1.0))];
        for threshold in thresholds {
            let counts = Counts::of(questions, |score| score > threshold);
            points.push((counts.recall(), counts.precision()));
        }
        // From the highest recall down: precision never falls as recall does. Where nothing is predicted there is
        // no precision, and the one at the next higher recall stands.
        let mut best = 0.0_f64;
        let mut monotone: Vec<(f64, f64)> = Vec::with_capacity(points.len());
        for (recall, precision) in points.into_iter().rev() {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn question(answers: &[&str], predictions: &[(&str, f64)]) -> QuestionScores {
        let answers: Vec<_> = answers.iter().map(|text| Phrase::new(text)).collect();
        let predictions: Vec<_> = predictions.iter().map(|&(text, p)| (Phrase::new(text), p)).collect();
        QuestionScores::new(Category::Insurance, &answers, &predictions)
    }

    #[test]
    fn two_predictions_of_one_answer_are_not_wrong_and_count_once() {
        let question = question(&["a b"], &[("a b", 0.9), ("a b c", 0.8), ("x", 0.7)]);
        let counts = Counts::of(&[&question], |score| score > 0.0);
        assert_eq!(counts, Counts { found: 1, wrong: 1, missed: 0 });
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_perfect_reading_has_the_whole_area() {
        let questions = [question(&["a"], &[("a", 1.0)]), question(&[], &[])];
        let curve = Curve::of(&questions.iter().collect::<Vec<_>>());
        assert!((curve.area() - 1.0).abs() < 1e-12);
        assert!((curve.precision_at(0.9) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn recall_that_is_not_reached_counts_as_nothing() {
        // One of two answers found, with one false alarm above it.
        let questions = [question(&["a"], &[("a", 0.5)]), question(&["b"], &[("z", 0.75)])];
        let curve = Curve::of(&questions.iter().collect::<Vec<_>>());
        // (0, 1), then precision 0 at recall 0 made monotone to 1/2, then (1/2, 1/2).
        assert!((curve.area() - 0.25).abs() < 1e-12, "{curve:?}");
        assert!((curve.precision_at(0.8)).abs() < 1e-12);
        assert!((curve.precision_at(0.5) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_predicted_scores_nothing() {
        let question = question(&["a"], &[]);
        assert!(Curve::of(&[&question]).area().abs() < 1e-12);
    }
}
