//! The figures of a reading over many contracts.

use std::collections::BTreeMap;

use proviso_core::Category;
use serde::Serialize;

use super::{
    Contract, Interval, Reliability,
    bootstrap::{interval, intervals},
    curve::Curve,
    matching::Phrase,
    questions::QuestionScores,
    tally::Tally,
};

/// Resamples of the contracts for an interval.
const SAMPLES: usize = 1000;
const SEED: u64 = 1;

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
    /// The proposals with their confidences; a text that is repeated counts once, with its highest.
    pub predictions: BTreeMap<Category, Vec<Prediction>>,
    /// The n-best list, where it is another than what a reader may be shown: it counts for the curve.
    pub listed: Option<BTreeMap<Category, Vec<Prediction>>>,
}

impl Scored<'_> {
    /// What the curve and CUAD's own scorer take.
    pub fn listed(&self) -> &BTreeMap<Category, Vec<Prediction>> {
        self.listed.as_ref().unwrap_or(&self.predictions)
    }
}

/// How proposals become figures.
pub struct Scoring<'a> {
    /// The confidence from which a category's proposals are shown.
    pub threshold_of: &'a dyn Fn(Category) -> f32,
    /// What the curve's thresholds see of a confidence: [`spread`](super::spread) for probabilities, itself otherwise.
    pub spread: fn(f64) -> f64,
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
    /// The best F1 of all categories together with one threshold of the curve for all.
    pub micro_f1: f64,
    /// The mean of the categories' areas, of those that have answers.
    pub macro_aupr: f64,
    /// F1 at the thresholds, averaged by the number of answers of each category.
    pub weighted_f1: f64,
    /// How far these figures move with other contracts, by their names.
    pub intervals: BTreeMap<&'static str, Interval>,
    /// Whether confidences mean what they say.
    pub reliability: Reliability,
    /// The figures of each category by name.
    pub per_category: BTreeMap<&'static str, CategoryReport>,
}

/// The figures of one category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryReport {
    /// Area under the precision-recall curve of this category alone.
    pub aupr: f64,
    /// How far it moves with other contracts; none where the contracts have no answers.
    pub interval: Option<Interval>,
    /// The threshold at which the F1 was taken.
    pub threshold: f32,
    /// F1 at the threshold.
    pub f1: f64,
    /// Number of answers in the contracts.
    pub answers: usize,
    /// Whether its confidences mean what they say.
    pub reliability: Reliability,
}

/// The six figures over all categories.
const FIGURES: [&str; 6] = ["aupr", "p_at_80r", "p_at_90r", "micro_f1", "macro_aupr", "weighted_f1"];

/// Scores what was proposed.
pub fn score(scored: &[Scored<'_>], scoring: &Scoring<'_>) -> Report {
    let questions: Vec<Vec<QuestionScores>> = scored
        .iter()
        .map(|of| Category::ALL.map(|category| question_scores(of, &of.predictions, category)).into())
        .collect();
    let tally = |of: &Scored<'_>, (category, shown): (Category, &QuestionScores)| {
        let threshold = f64::from((scoring.threshold_of)(category));
        let listed = of.listed.as_ref().map(|list| question_scores(of, list, category));
        Tally::of(listed.as_ref().unwrap_or(shown), shown, threshold, scoring.spread)
    };
    let contracts: Vec<Vec<Tally>> = scored
        .iter()
        .zip(&questions)
        .map(|(of, shown)| Category::ALL.into_iter().zip(shown).map(|pair| tally(of, pair)).collect())
        .collect();
    let found = intervals(&contracts, SAMPLES, SEED, figures);
    let category = |(index, category): (usize, Category)| {
        let questions = questions.iter().map(|of| &of[index]);
        let threshold = (scoring.threshold_of)(category);
        (category.name(), category_report(&contracts, index, threshold, reliability(questions)))
    };
    let [aupr, p_at_80r, p_at_90r, micro_f1, macro_aupr, weighted_f1] = found.map(|interval| interval.value);
    Report {
        aupr,
        p_at_80r,
        p_at_90r,
        micro_f1,
        macro_aupr,
        weighted_f1,
        intervals: FIGURES.into_iter().zip(found).collect(),
        reliability: reliability(questions.iter().flatten()),
        per_category: Category::ALL.into_iter().enumerate().map(category).collect(),
    }
}

/// In the order of [`FIGURES`], of contracts with a tally for each category.
fn figures(contracts: &[&Vec<Tally>]) -> [f64; 6] {
    let by_category: Vec<Tally> = (0..Category::ALL.len())
        .map(|index| Tally::sum(contracts.iter().map(|tallies| &tallies[index])))
        .collect();
    let all = Tally::sum(by_category.iter());
    let curve = Curve::of(&all);
    let asked = || by_category.iter().filter(|tally| tally.answers() > 0);
    let areas: f64 = asked().map(|tally| Curve::of(tally).area()).sum();
    let weighted: f64 = by_category.iter().map(|tally| tally.shown.f1() * tally.answers() as f64).sum();
    [
        curve.area(),
        curve.precision_at(0.8),
        curve.precision_at(0.9),
        all.best_f1(),
        areas / asked().count().max(1) as f64,
        weighted / all.answers().max(1) as f64,
    ]
}

fn category_report(
    contracts: &[Vec<Tally>],
    index: usize,
    threshold: f32,
    reliability: Reliability,
) -> CategoryReport {
    let sum = Tally::sum(contracts.iter().map(|tallies| &tallies[index]));
    let area = |drawn: &[&Vec<Tally>]| {
        let sum = Tally::sum(drawn.iter().map(|tallies| &tallies[index]));
        if sum.answers() > 0 { Curve::of(&sum).area() } else { f64::NAN }
    };
    CategoryReport {
        aupr: Curve::of(&sum).area(),
        interval: (sum.answers() > 0).then(|| interval(contracts, SAMPLES, SEED, area)),
        threshold,
        f1: sum.shown.f1(),
        answers: sum.answers(),
        reliability,
    }
}

fn reliability<'a>(questions: impl Iterator<Item = &'a QuestionScores>) -> Reliability {
    let proposed = questions.flat_map(|question| &question.proposed);
    Reliability::of(proposed.map(|proposed| (proposed.score, proposed.is_match)))
}

fn question_scores(
    scored: &Scored<'_>,
    list: &BTreeMap<Category, Vec<Prediction>>,
    category: Category,
) -> QuestionScores {
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for prediction in list.get(&category).into_iter().flatten() {
        let score = best.entry(&prediction.text).or_insert(0.0);
        *score = score.max(prediction.probability);
    }
    let predictions: Vec<_> = best.into_iter().map(|(text, score)| (Phrase::new(text), score)).collect();
    let answers: Vec<_> =
        scored.contract.answers.get(&category).into_iter().flatten().map(|t| Phrase::new(t)).collect();
    QuestionScores::new(category, &answers, &predictions)
}
