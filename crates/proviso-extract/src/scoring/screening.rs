//! What it costs and saves to ask only where a span tagger saw something: measured on contracts whose clauses are known.

use std::collections::BTreeMap;

use proviso_core::{Category, TextRange};
use proviso_encoder::{Tokens, Window, cut_windows};
use serde::Serialize;

use super::Contract;
use crate::{Evidence, ScreenThresholds, zones::zones};

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

/// The thresholds that keep the fewest pairs of all those that keep `recall` of the pairs with an answer, over all categories
/// together: an answer that costs many pairs is lost before one that costs few (Lagrange's multiplier, as in Shoham and Gersho,
/// IEEE Transactions on Acoustics, Speech and Signal Processing 36, 1988, for the allocation of bits). Categories with fewer than 20
/// pairs with an answer share a threshold. Without any answer everything is kept.
pub fn choose_screen_thresholds(pairs: &[ScreenPair], recall: f64) -> ScreenThresholds {
    let mut by_category: BTreeMap<Category, Vec<ScreenPair>> = BTreeMap::new();
    pairs.iter().for_each(|pair| by_category.entry(pair.category).or_default().push(*pair));
    let is_frequent =
        |pairs: &Vec<ScreenPair>| pairs.iter().filter(|pair| pair.holds_answer).count() >= ENOUGH_EXAMPLES;
    let (frequent, rare): (Vec<_>, Vec<_>) =
        by_category.into_iter().partition(|(_, pairs)| is_frequent(pairs));
    let pooled = Trade::of(&rare.into_iter().flat_map(|(_, pairs)| pairs).collect::<Vec<_>>());
    let trades: Vec<(Category, Trade)> =
        frequent.into_iter().map(|(category, pairs)| (category, Trade::of(&pairs))).collect();
    let all = || trades.iter().map(|(_, trade)| trade).chain([&pooled]);
    let answers: usize = all().map(Trade::answers).sum();
    // A little more than the product, lest 0.98 of 50 be 48.999.
    let may_be_lost = ((1.0 - recall) * answers as f64 + 1e-9) as usize;
    let lost = |price: f64| all().map(|trade| trade.best(price).lost).sum::<usize>();
    let mut price = (0.0, pairs.len() as f64 + 1.0);
    for _ in 0..PRICE_STEPS {
        let middle = (price.0 + price.1) / 2.0;
        if lost(middle) <= may_be_lost { price.1 = middle } else { price.0 = middle }
    }
    ScreenThresholds {
        per_category: trades
            .iter()
            .map(|(category, trade)| (*category, trade.best(price.1).threshold))
            .collect(),
        pooled: pooled.best(price.1).threshold,
    }
}

/// Halvings until the price of an answer is known well enough.
const PRICE_STEPS: usize = 60;

/// What each threshold of a category keeps and loses.
struct Trade(Vec<TradePoint>);

#[derive(Clone, Copy)]
struct TradePoint {
    threshold: f32,
    kept: usize,
    lost: usize,
}

impl Trade {
    /// The thresholds at which an answer is just kept, and the one that keeps all.
    fn of(pairs: &[ScreenPair]) -> Self {
        let mut answers: Vec<f32> =
            pairs.iter().filter(|pair| pair.holds_answer).map(|pair| pair.evidence).collect();
        let mut evidence: Vec<f32> = pairs.iter().map(|pair| pair.evidence).collect();
        answers.sort_by(f32::total_cmp);
        evidence.sort_by(f32::total_cmp);
        let kept = |threshold: f32| evidence.len() - evidence.partition_point(|other| *other < threshold);
        let points = answers.iter().enumerate().map(|(lost, threshold)| TradePoint {
            threshold: *threshold,
            kept: kept(*threshold),
            lost,
        });
        let mut points: Vec<_> = points.collect();
        if points.is_empty() {
            points.push(TradePoint { threshold: 0.0, kept: evidence.len(), lost: 0 });
        }
        Self(points)
    }

    fn answers(&self) -> usize {
        if self.0.iter().all(|point| point.threshold == 0.0) { 0 } else { self.0.len() }
    }

    /// The point that costs least if an answer that is lost costs as much as `price` pairs.
    fn best(&self, price: f64) -> TradePoint {
        let cost = |point: &TradePoint| point.kept as f64 + price * point.lost as f64;
        let best = self.0.iter().copied().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        best.unwrap_or(TradePoint { threshold: 0.0, kept: 0, lost: 0 })
    }
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
        };
        let pairs = screen_pairs(&contract, &[TextRange::new(0, 19), TextRange::new(20, 29)], &evidence);
        let [first, second] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert!(first.holds_answer && (first.evidence - 0.2).abs() < 1e-4, "{first:?}");
        assert!(!second.holds_answer && (second.evidence - 0.3).abs() < 1e-4);
    }

    #[test]
    fn the_answers_that_are_lost_are_those_that_cost_most() {
        // To keep the last of 50 answers about insurance costs 50 pairs more; the last one about the law costs none.
        let insurance = (1..=50).map(|n| pair(Category::Insurance, n as f32 / 100.0, true));
        let law = (1..=50).map(|n| pair(Category::GoverningLaw, n as f32 / 100.0, true));
        let nothing = (0..50).map(|_| pair(Category::Insurance, 0.015, false));
        let rare = [0.005, 0.9].map(|evidence| pair(Category::Parties, evidence, true));
        let pairs: Vec<_> = insurance.chain(law).chain(nothing).chain(rare).collect();
        let thresholds = choose_screen_thresholds(&pairs, 0.99);
        assert_eq!(thresholds.of(Category::Insurance), 0.02);
        assert_eq!(thresholds.of(Category::GoverningLaw), 0.01);
        assert_eq!((thresholds.of(Category::Parties), thresholds.of(Category::AuditRights)), (0.005, 0.005));

        let report = screening_report(&pairs, &thresholds);
        let insurance = report.per_category["Insurance"];
        assert_eq!((insurance.answers, insurance.recall, insurance.kept), (50, 0.98, 0.49));
        assert!((report.recall - 101.0 / 102.0).abs() < 1e-12 && report.recall >= 0.99);
        assert!((report.kept - 101.0 / 152.0).abs() < 1e-12);
    }

    #[test]
    fn all_answers_are_kept_if_that_is_wished() {
        let pairs: Vec<_> =
            (1..=50).map(|n| pair(Category::Insurance, n as f32 / 100.0, n % 2 == 0)).collect();
        let thresholds = choose_screen_thresholds(&pairs, 1.0);
        assert_eq!(thresholds.of(Category::Insurance), 0.02);
        assert!((screening_report(&pairs, &thresholds).recall - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_examples_everything_is_kept() {
        let pairs = [pair(Category::Insurance, 0.0, false)];
        let thresholds = choose_screen_thresholds(&pairs, 0.98);
        assert!(thresholds.of(Category::Insurance).abs() < 1e-12);
        assert!((screening_report(&pairs, &thresholds).kept - 1.0).abs() < 1e-12);
    }
}
