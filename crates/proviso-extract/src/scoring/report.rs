//! The figures of a reading over many contracts.

use std::collections::BTreeMap;

use proviso_core::Category;
use serde::Serialize;

use super::{
    Contract,
    curve::{Counts, Curve, QuestionScores},
    matching::Phrase,
};

/// A clause that was proposed as an answer, in the layout of CUAD's n-best files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// The clause.
    pub text: String,
    /// Its score, 0 to 1.
    pub probability: f64,
}

/// A contract with what was proposed for each category.
#[derive(Debug, Clone)]
pub struct Scored<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The proposals; a text that is repeated counts once, with its highest score.
    pub predictions: BTreeMap<Category, Vec<Prediction>>,
}

/// The figures over all categories.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Area under the precision-recall curve, all categories pooled.
    pub aupr: f64,
    /// Precision at 80 % recall; 0 where that recall is not reached.
    pub p_at_80r: f64,
    /// Precision at 90 % recall.
    pub p_at_90r: f64,
    /// F1 at the thresholds, averaged by the number of answers of each category.
    pub weighted_f1: f64,
    /// The figures of each category by name.
    pub per_category: BTreeMap<&'static str, CategoryReport>,
}

/// The figures of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryReport {
    /// Area under the precision-recall curve of this category alone.
    pub aupr: f64,
    /// The threshold at which the F1 was taken.
    pub threshold: f32,
    /// F1 at the threshold.
    pub f1: f64,
    /// Number of answers in the contracts.
    pub answers: usize,
}

/// Scores what was proposed, with F1 at the threshold of each category.
pub fn score(scored: &[Scored<'_>], threshold_of: impl Fn(Category) -> f32) -> Report {
    let questions: BTreeMap<Category, Vec<QuestionScores>> = Category::ALL
        .into_iter()
        .map(|category| (category, scored.iter().map(|s| question_scores(s, category)).collect()))
        .collect();
    let all: Vec<&QuestionScores> = questions.values().flatten().collect();
    let curve = Curve::of(&all);
    let per_category: BTreeMap<_, _> = questions
        .iter()
        .map(|(category, questions)| {
            let questions: Vec<_> = questions.iter().collect();
            let threshold = threshold_of(*category);
            let report = CategoryReport {
                aupr: Curve::of(&questions).area(),
                threshold,
                f1: Counts::of(&questions, |score| score >= f64::from(threshold)).f1(),
                answers: questions.iter().map(|question| question.answers()).sum(),
            };
            (category.name(), report)
        })
        .collect();
    let answers: usize = per_category.values().map(|report| report.answers).sum();
    let weighted: f64 = per_category.values().map(|report| report.f1 * report.answers as f64).sum();
    Report {
        aupr: curve.area(),
        p_at_80r: curve.precision_at(0.8),
        p_at_90r: curve.precision_at(0.9),
        weighted_f1: if answers == 0 { 0.0 } else { weighted / answers as f64 },
        per_category,
    }
}

fn question_scores(scored: &Scored<'_>, category: Category) -> QuestionScores {
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for prediction in scored.predictions.get(&category).into_iter().flatten() {
        let score = best.entry(&prediction.text).or_insert(0.0);
        *score = score.max(prediction.probability);
    }
    let predictions: Vec<_> = best.into_iter().map(|(text, score)| (Phrase::new(text), score)).collect();
    let answers: Vec<_> =
        scored.contract.answers.get(&category).into_iter().flatten().map(|t| Phrase::new(t)).collect();
    QuestionScores::new(category, &answers, &predictions)
}
