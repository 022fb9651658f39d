//! What it costs and saves to ask only where a span tagger saw something: measured on contracts whose clauses are known.

use std::collections::BTreeMap;

use proviso_core::{Category, TextRange};
use proviso_encoder::{Tokens, cut_windows};
use serde::Serialize;

use super::Contract;
use crate::{Evidence, ScreenThresholds, screen::shared_bytes};

/// Fewer examples than this say too little about how low the evidence for a category may be.
const ENOUGH_EXAMPLES: usize = 20;

/// A window of a contract, to be asked about a category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenPair {
    /// The category.
    pub category: Category,
    /// What the tagger saw of it in the window.
    pub evidence: f32,
    /// Whether an answer stands there, so that the pair must be kept.
    pub holds_answer: bool,
}

/// What a threshold for all categories together would do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ScreenPoint {
    /// The evidence from which a pair is kept.
    pub threshold: f32,
    /// Share of the pairs with an answer that are kept; 1 where there are none.
    pub recall: f64,
    /// Share of all pairs that are kept.
    pub kept: f64,
}

/// What thresholds do on a set of contracts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScreeningReport {
    /// Share of the pairs with an answer that are kept; 1 where there are none.
    pub recall: f64,
    /// Share of all pairs that are kept: what has still to be read.
    pub kept: f64,
    /// Of each category by name.
    pub per_category: BTreeMap<&'static str, TopicScreening>,
}

/// What its threshold does for a category.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TopicScreening {
    /// The threshold.
    pub threshold: f32,
    /// Pairs with an answer.
    pub answers: usize,
    /// Share of them that are kept.
    pub recall: f64,
    /// Share of all pairs that are kept.
    pub kept: f64,
}

/// The windows in which a question-answering model reads a text: at most `length` of its own tokens (without question and special
/// ones), beginning `stride` tokens after one another.
///
/// # Panics
/// As [`cut_windows`].
pub fn text_windows(tokens: &Tokens, length: usize, stride: usize) -> Vec<TextRange> {
    let range = |first: usize, len: usize| {
        TextRange::new(tokens.ranges()[first].start, tokens.ranges()[first + len - 1].end)
    };
    cut_windows(tokens.len(), length, stride)
        .into_iter()
        .map(|window| range(window.first, window.len))
        .collect()
}

/// Every category that the tagger knows with every window of a contract.
///
/// A window holds an answer if at least half of it stands there: what is less could not be taken for the answer. Of an answer so long
/// that no window holds half, the window with most of it does (the first of equals).
pub fn screen_pairs(contract: &Contract, windows: &[TextRange], evidence: &Evidence) -> Vec<ScreenPair> {
    let pairs = evidence.categories().flat_map(|category| {
        let spans = contract.spans.get(&category).map(Vec::as_slice).unwrap_or_default();
        let mut holds = vec![false; windows.len()];
        spans.iter().for_each(|answer| mark(&mut holds, windows, *answer));
        windows.iter().zip(holds).map(move |(window, holds_answer)| ScreenPair {
            category,
            evidence: evidence.of(category, *window).unwrap_or_default(),
            holds_answer,
        })
    });
    pairs.collect()
}

fn mark(holds: &mut [bool], windows: &[TextRange], answer: TextRange) {
    let shared: Vec<usize> = windows.iter().map(|window| shared_bytes(*window, answer)).collect();
    let most = shared.iter().max().copied().unwrap_or_default();
    if most == 0 {
        return;
    }
    if 2 * most < answer.len() {
        let first = shared.iter().position(|bytes| *bytes == most);
        first.into_iter().for_each(|index| holds[index] = true);
        return;
    }
    for (holds, bytes) in holds.iter_mut().zip(shared) {
        *holds |= 2 * bytes >= answer.len();
    }
}

/// Recall and cost of each threshold, one for all categories.
pub fn sweep_screening(pairs: &[ScreenPair], thresholds: &[f32]) -> Vec<ScreenPoint> {
    let point = |&threshold: &f32| {
        let share = Share::of(pairs.iter().map(|pair| (pair, threshold)));
        ScreenPoint { threshold, recall: share.recall(), kept: share.kept() }
    };
    thresholds.iter().map(point).collect()
}

/// The highest thresholds that keep `recall` of the pairs with an answer: for each category by itself, and for those with fewer than
/// 20 such pairs the threshold that reaches it over all categories together, or the least evidence of their own pairs where that
/// is lower. Without any answer everything is kept.
pub fn choose_screen_thresholds(pairs: &[ScreenPair], recall: f64) -> ScreenThresholds {
    let mut examples: BTreeMap<Category, Vec<f32>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.holds_answer) {
        examples.entry(pair.category).or_default().push(pair.evidence);
    }
    let pooled = lowest_kept(examples.values().flatten().copied().collect(), recall).unwrap_or(0.0);
    let of_category = |evidence: Vec<f32>| {
        if evidence.len() < ENOUGH_EXAMPLES {
            evidence.into_iter().fold(pooled, f32::min)
        } else {
            lowest_kept(evidence, recall).unwrap_or(pooled)
        }
    };
    let per_category = examples.into_iter().map(|(category, evidence)| (category, of_category(evidence)));
    ScreenThresholds { per_category: per_category.collect(), pooled }
}

/// The evidence of the weakest example that has to be kept.
fn lowest_kept(mut evidence: Vec<f32>, recall: f64) -> Option<f32> {
    evidence.sort_by(f32::total_cmp);
    // A little more than the product, lest 0.98 of 50 be 48.999.
    let lost = ((1.0 - recall) * evidence.len() as f64 + 1e-9) as usize;
    evidence.get(lost).or(evidence.last()).copied()
}

/// What thresholds do: to be measured on other contracts than those they were chosen on.
pub fn screening_report(pairs: &[ScreenPair], thresholds: &ScreenThresholds) -> ScreeningReport {
    let mut by_category: BTreeMap<Category, Vec<&ScreenPair>> = BTreeMap::new();
    for pair in pairs {
        by_category.entry(pair.category).or_default().push(pair);
    }
    let all = Share::of(pairs.iter().map(|pair| (pair, thresholds.of(pair.category))));
    let per_category = by_category.into_iter().map(|(category, pairs)| {
        let threshold = thresholds.of(category);
        let share = Share::of(pairs.into_iter().map(|pair| (pair, threshold)));
        let (answers, recall, kept) = (share.answers, share.recall(), share.kept());
        (category.name(), TopicScreening { threshold, answers, recall, kept })
    });
    ScreeningReport { recall: all.recall(), kept: all.kept(), per_category: per_category.collect() }
}

/// Pairs counted.
#[derive(Default)]
struct Share {
    pairs: usize,
    pairs_kept: usize,
    answers: usize,
    answers_kept: usize,
}

impl Share {
    /// Of pairs with their thresholds.
    fn of<'a>(pairs: impl Iterator<Item = (&'a ScreenPair, f32)>) -> Self {
        let mut share = Self::default();
        for (pair, threshold) in pairs {
            let is_kept = usize::from(pair.evidence >= threshold);
            let is_answer = usize::from(pair.holds_answer);
            share.pairs += 1;
            share.pairs_kept += is_kept;
            share.answers += is_answer;
            share.answers_kept += is_answer * is_kept;
        }
        share
    }

    fn recall(&self) -> f64 {
        if self.answers == 0 { 1.0 } else { self.answers_kept as f64 / self.answers as f64 }
    }

    fn kept(&self) -> f64 {
        if self.pairs == 0 { 1.0 } else { self.pairs_kept as f64 / self.pairs as f64 }
    }
}

#[cfg(test)]
mod tests {
    use proviso_encoder::Token;

    use super::*;
    use crate::evidence::in_tens;

    fn pair(category: Category, evidence: f32, holds_answer: bool) -> ScreenPair {
        ScreenPair { category, evidence, holds_answer }
    }

    #[test]
    fn windows_are_ranges_of_the_text() {
        let token = |n: usize| Token { id: 0, range: TextRange::new(10 * n, 10 * n + 9) };
        let tokens: Tokens = (0..5).map(token).collect();
        let windows = text_windows(&tokens, 3, 2);
        assert_eq!(windows, [TextRange::new(0, 29), TextRange::new(20, 49)]);
        assert!(text_windows(&Tokens::default(), 3, 2).is_empty());
    }

    #[test]
    fn a_window_holds_an_answer_by_its_larger_part() {
        let windows = [TextRange::new(0, 30), TextRange::new(20, 50), TextRange::new(40, 70)];
        let held = |start, end| {
            let mut holds = [false; 3];
            mark(&mut holds, &windows, TextRange::new(start, end));
            holds
        };
        assert_eq!(held(22, 28), [true, true, false]);
        assert_eq!(held(25, 35), [true, true, false], "half is enough");
        assert_eq!(held(26, 36), [false, true, false]);
        assert_eq!(held(0, 70), [true, false, false], "none holds half: the first of those with most");
        assert_eq!(held(80, 90), [false; 3]);
    }

    #[test]
    fn pairs_are_those_of_the_categories_that_the_tagger_knows() {
        let evidence = in_tens(&[(Category::Insurance, &[0.1, 0.2, 0.3])]);
        let spans = BTreeMap::from([
            (Category::Insurance, vec![TextRange::new(12, 18)]),
            (Category::Parties, vec![TextRange::new(0, 9)]),
        ]);
        let contract = Contract {
            title: String::new(),
            text: String::new(),
            answers: BTreeMap::new(),
            spans,
            question_ids: BTreeMap::new(),
        };
        let pairs = screen_pairs(&contract, &[TextRange::new(0, 19), TextRange::new(20, 29)], &evidence);
        let [first, second] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert!(first.holds_answer && (first.evidence - 0.2).abs() < 1e-4);
        assert!(!second.holds_answer && (second.evidence - 0.3).abs() < 1e-4);
    }

    #[test]
    fn thresholds_reach_the_recall_and_a_rare_category_takes_the_pooled_one() {
        let frequent = (1..=50).map(|n| pair(Category::Insurance, n as f32 / 100.0, true));
        let rare = [0.005, 0.9].map(|evidence| pair(Category::Parties, evidence, true));
        let nothing = (0..100).map(|n| pair(Category::Insurance, n as f32 / 1000.0, false));
        let other = [0.01, 0.02, 0.5].map(|evidence| pair(Category::GoverningLaw, evidence, evidence > 0.4));
        let pairs: Vec<_> = frequent.chain(rare).chain(nothing).chain(other).collect();
        let thresholds = choose_screen_thresholds(&pairs, 0.98);
        // One of 50 may be lost, and of 53 too.
        assert_eq!(thresholds.of(Category::Insurance), 0.02);
        assert_eq!(thresholds.pooled, 0.01);
        assert_eq!(thresholds.of(Category::Parties), 0.005);
        assert_eq!(thresholds.of(Category::GoverningLaw), 0.01);
        assert_eq!(thresholds.of(Category::AuditRights), 0.01);

        let report = screening_report(&pairs, &thresholds);
        let insurance = report.per_category["Insurance"];
        assert_eq!((insurance.answers, insurance.recall), (50, 0.98));
        assert!((insurance.kept - (49.0 + 80.0) / 150.0).abs() < 1e-12, "{insurance:?}");
        assert!((report.recall - 52.0 / 53.0).abs() < 1e-12);
        assert!((report.kept - (129.0 + 2.0 + 3.0) / 155.0).abs() < 1e-12);
        assert!(report.recall >= 0.98);

        let points = sweep_screening(&pairs, &[0.0, 0.5, 1.0]);
        assert_eq!(points.iter().map(|point| point.kept).collect::<Vec<_>>(), [1.0, 3.0 / 155.0, 0.0]);
        assert!((points[1].recall - 3.0 / 53.0).abs() < 1e-12);
    }

    #[test]
    fn without_examples_everything_is_kept() {
        let pairs = [pair(Category::Insurance, 0.0, false)];
        let thresholds = choose_screen_thresholds(&pairs, 0.98);
        assert!(thresholds.of(Category::Insurance).abs() < 1e-12);
        assert!((screening_report(&pairs, &thresholds).kept - 1.0).abs() < 1e-12);
    }
}
