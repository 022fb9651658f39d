//! What it costs and saves to ask only where a span tagger saw something: measured on contracts whose clauses are known.

use std::collections::BTreeMap;

use proviso_core::{Category, TextRange};
use proviso_encoder::{Tokens, Window, cut_windows};
use serde::Serialize;

use super::Contract;
use crate::{Evidence, zones::zones};

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

/// What a threshold does on a set of contracts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScreeningReport {
    /// Share of the pairs with an answer that are kept; 1 where there are none.
    pub recall: f64,
    /// Share of all pairs that are kept: what has still to be read.
    pub kept: f64,
    /// Of each category by name.
    pub per_category: BTreeMap<&'static str, TopicScreening>,
}

/// What the threshold does for a category.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TopicScreening {
    /// Pairs with an answer.
    pub answers: usize,
    /// Share of them that are kept.
    pub recall: f64,
    /// Share of all pairs that are kept.
    pub kept: f64,
}

/// What the windows are read for in which a question-answering model reads a text: at most `length` of its own tokens (without
/// question and special ones), beginning `stride` tokens after one another. Of each window the part in which an answer may begin
/// that is taken from it; the parts follow each other.
///
/// # Panics
/// As [`cut_windows`].
pub fn read_for(tokens: &Tokens, length: usize, stride: usize) -> Vec<TextRange> {
    let part = |zone: Window| {
        let ranges = &tokens.ranges()[zone.first..zone.first + zone.len];
        let (first, last) = (ranges.first()?, ranges.last()?);
        Some(TextRange::new(first.start, last.end))
    };
    zones(&cut_windows(tokens.len(), length, stride)).into_iter().filter_map(part).collect()
}

/// Every category that the tagger knows with every window of a contract, of which `parts` says what each is read for. A window
/// holds an answer if it begins there.
pub fn screen_pairs(contract: &Contract, parts: &[TextRange], evidence: &Evidence) -> Vec<ScreenPair> {
    let pairs = evidence.categories().flat_map(|category| {
        let spans = contract.spans.get(&category).map(Vec::as_slice).unwrap_or_default();
        let mut holds = vec![false; parts.len()];
        for answer in spans {
            // White space before a part's first token belongs to the part before.
            let place = parts.partition_point(|part| part.start <= answer.start).saturating_sub(1);
            holds.iter_mut().skip(place).take(1).for_each(|holds| *holds = true);
        }
        parts.iter().zip(holds).map(move |(part, holds_answer)| ScreenPair {
            category,
            evidence: evidence.of(category, *part).unwrap_or_default(),
            holds_answer,
        })
    });
    pairs.collect()
}

/// The highest threshold that keeps `recall` of the pairs with an answer; without any answer everything is kept. Thresholds for
/// each category by itself were tried, and so were the place and rank of a window and the evidence of its neighbours: on
/// contracts that they were not chosen on they kept more for the same recall.
pub fn choose_screen_threshold(pairs: &[ScreenPair], recall: f64) -> f32 {
    let mut answers: Vec<f32> =
        pairs.iter().filter(|pair| pair.holds_answer).map(|pair| pair.evidence).collect();
    answers.sort_by(f32::total_cmp);
    // A little more than the product, lest 0.98 of 50 be 48.999.
    let lost = ((1.0 - recall) * answers.len() as f64 + 1e-9) as usize;
    answers.get(lost).or(answers.last()).copied().unwrap_or(0.0)
}

/// What a threshold does: to be measured on other contracts than those it was chosen on.
pub fn screening_report(pairs: &[ScreenPair], threshold: f32) -> ScreeningReport {
    let mut by_category: BTreeMap<Category, Vec<&ScreenPair>> = BTreeMap::new();
    for pair in pairs {
        by_category.entry(pair.category).or_default().push(pair);
    }
    let all = Share::of(pairs.iter().map(|pair| (pair, threshold)));
    let per_category = by_category.into_iter().map(|(category, pairs)| {
        let share = Share::of(pairs.into_iter().map(|pair| (pair, threshold)));
        let (answers, recall, kept) = (share.answers, share.recall(), share.kept());
        (category.name(), TopicScreening { answers, recall, kept })
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
    fn windows_are_read_for_parts_of_the_text() {
        let token = |n: usize| Token { id: 0, range: TextRange::new(10 * n, 10 * n + 9) };
        let tokens: Tokens = (0..6).map(token).collect();
        assert_eq!(read_for(&tokens, 4, 2), [TextRange::new(0, 29), TextRange::new(30, 59)]);
        assert!(read_for(&Tokens::default(), 3, 2).is_empty());
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
            single_blanks: false,
        };
        let pairs = screen_pairs(&contract, &[TextRange::new(0, 19), TextRange::new(20, 29)], &evidence);
        let [first, second] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert!(first.holds_answer && (first.evidence - 0.2).abs() < 1e-4, "{first:?}");
        assert!(!second.holds_answer && (second.evidence - 0.3).abs() < 1e-4);
    }

    #[test]
    fn the_threshold_reaches_the_recall_that_is_wished() {
        let insurance = (1..=50).map(|n| pair(Category::Insurance, n as f32 / 100.0, true));
        let law = [0.005, 0.9].map(|evidence| pair(Category::GoverningLaw, evidence, true));
        let nothing = (0..50).map(|_| pair(Category::Insurance, 0.015, false));
        let pairs: Vec<_> = insurance.chain(law).chain(nothing).collect();
        // Of 52 answers one may be lost, then two.
        let thresholds = [1.0, 0.98, 0.96].map(|recall| choose_screen_threshold(&pairs, recall));
        assert_eq!(thresholds, [0.005, 0.01, 0.02]);

        let report = screening_report(&pairs, 0.02);
        assert!((report.recall - 50.0 / 52.0).abs() < 1e-12 && report.recall >= 0.96);
        assert!((report.kept - 50.0 / 102.0).abs() < 1e-12);
        let of_insurance = report.per_category["Insurance"];
        assert_eq!((of_insurance.answers, of_insurance.recall, of_insurance.kept), (50, 0.98, 0.49));
    }

    #[test]
    fn without_examples_everything_is_kept() {
        let pairs = [pair(Category::Insurance, 0.0, false)];
        assert!(choose_screen_threshold(&pairs, 0.98).abs() < 1e-12);
        assert!((screening_report(&pairs, 0.0).kept - 1.0).abs() < 1e-12);
    }
}
