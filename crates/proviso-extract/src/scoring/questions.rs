//! What was proposed for one question, reduced to what the counts need.

use proviso_core::Category;

use super::{matching::Phrase, tally::Counts};

/// A proposal with its score, and whether it matches any answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposed {
    pub score: f64,
    pub is_match: bool,
}

/// What the counts of one question depend on: for each answer the best score that finds it, and every proposal.
#[derive(Debug, Clone)]
pub(super) struct QuestionScores {
    best_of_answers: Vec<Option<f64>>,
    pub proposed: Vec<Proposed>,
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
        let proposed = |(prediction, score): &(Phrase, f64)| Proposed {
            score: *score,
            is_match: answers.iter().any(|answer| prediction.matches(answer, category)),
        };
        Self {
            best_of_answers: answers.iter().map(found).collect(),
            proposed: predictions.iter().map(proposed).collect(),
        }
    }

    /// Counts what the proposals that `is_kept` lets through find. Two that find one answer are not wrong and count once.
    pub(super) fn counts(&self, is_kept: impl Fn(f64) -> bool) -> Counts {
        Counts {
            found: self.best_of_answers.iter().filter(|best| best.is_some_and(&is_kept)).count(),
            wrong: self.proposed.iter().filter(|p| !p.is_match && is_kept(p.score)).count(),
            answers: self.best_of_answers.len(),
        }
    }
}

#[cfg(test)]
pub(super) fn question(answers: &[&str], predictions: &[(&str, f64)]) -> QuestionScores {
    let answers: Vec<_> = answers.iter().map(|text| Phrase::new(text)).collect();
    let predictions: Vec<_> = predictions.iter().map(|&(text, p)| (Phrase::new(text), p)).collect();
    QuestionScores::new(Category::Insurance, &answers, &predictions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_predictions_of_one_answer_are_not_wrong_and_count_once() {
        let question = question(&["a b"], &[("a b", 0.9), ("a b c", 0.8), ("x", 0.7)]);
        let counts = question.counts(|score| score > 0.0);
        assert_eq!(counts, Counts { found: 1, wrong: 1, answers: 1 });
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
    }
}
