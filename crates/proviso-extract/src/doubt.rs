//! What a span tagger is unsure of, and what a heavier model says about that.

use std::collections::BTreeSet;

use proviso_core::{Category, Finding, TextRange, Topic};

use crate::{Evidence, words::Words};

/// The confidence above which an answer is likelier than that there is none.
const LIKELIER_THAN_NONE: f32 = 0.5;

/// When a tagger's word is not enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoubtSettings {
    /// Findings are in doubt from this share of their threshold on.
    pub below: f32,
    /// They are in doubt up to this share of the way from their threshold to certainty.
    pub above: f32,
    /// Where a category has no finding, its nearest passage is in doubt if this much speaks for it.
    pub evidence: f32,
}

impl Default for DoubtSettings {
    /// Half of the way down and half of the way up, so that the bounds fit low thresholds and high ones; and an evidence that
    /// is small but not that of any passage whatever.
    fn default() -> Self {
        Self { below: 0.5, above: 0.5, evidence: 0.05 }
    }
}

/// What is in doubt about a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The topic.
    pub topic: Topic,
    /// The passages that a heavier model should read, in the order of the text; none overlaps another.
    pub passages: Vec<TextRange>,
}

/// Names what a heavier model should check of a tagger's findings, by topic: those whose confidence lies around their threshold
/// ([`DoubtSettings`]), and for each category without any finding that is shown or in doubt the passage that comes nearest to
/// one. `thresholds` gives that of each category. What a tagger cannot know, a person's own categories, is not in doubt: it
/// has to be asked anyhow.
pub fn doubtful(
    findings: &[Finding],
    thresholds: impl Fn(Category) -> f32,
    evidence: &Evidence,
    settings: DoubtSettings,
) -> Vec<Doubt> {
    let categories: BTreeSet<Category> =
        evidence.categories().chain(findings.iter().filter_map(|f| f.topic.category())).collect();
    let doubt = |category: Category| {
        let threshold = thresholds(category);
        let low = threshold * settings.below;
        let high = threshold + (1.0 - threshold) * settings.above;
        let candidates: Vec<&Finding> =
            findings.iter().filter(|f| f.topic.category() == Some(category) && f.confidence >= low).collect();
        let passages = if candidates.is_empty() {
            let nearest = evidence.nearest(category).filter(|(_, most)| *most >= settings.evidence);
            nearest.map(|(passage, _)| passage).into_iter().collect()
        } else {
            candidates
                .iter()
                .filter(|finding| finding.confidence < high)
                .map(|finding| finding.range)
                .collect()
        };
        Doubt { topic: category.into(), passages: joined(passages) }
    };
    categories.into_iter().map(doubt).filter(|doubt| !doubt.passages.is_empty()).collect()
}

/// In order, and what overlaps in one.
fn joined(mut passages: Vec<TextRange>) -> Vec<TextRange> {
    passages.sort_unstable();
    let mut joined: Vec<TextRange> = Vec::new();
    for passage in passages {
        match joined.last_mut() {
            Some(last) if last.overlaps(&passage) => last.end = last.end.max(passage.end),
            _ => joined.push(passage),
        }
    }
    joined
}

/// What a heavier model says of a finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Check {
    /// It found the same, with this confidence.
    Confirmed(f32),
    /// It did not; the confidence of its nearest answer that was not likelier than none, 0 if it had none.
    NotConfirmed(f32),
}

/// Whether a heavier model's `answers` hold a finding to be right: one of the same topic that is likelier than none says the same.
/// That is one whose words are the same by half (CUAD's measure), wherever it stands, since a name may stand in many places; or one
/// at the same place that contains the finding or is contained in it, since models differ in how much of a clause they take.
pub fn confirm(finding: &Finding, text: &str, answers: &[Finding]) -> Check {
    let words = words(finding, text);
    let best = answers
        .iter()
        .filter(|answer| answer.topic == finding.topic && says_the_same(finding, &words, answer, text))
        .map(|answer| answer.confidence)
        .fold(0.0, f32::max);
    if best > LIKELIER_THAN_NONE { Check::Confirmed(best) } else { Check::NotConfirmed(best) }
}

/// The answers of a heavier model that are likelier than none and new: they neither overlap a finding of the same topic nor say
/// the same as one.
pub fn added<'a>(findings: &[Finding], text: &str, answers: &'a [Finding]) -> Vec<&'a Finding> {
    let is_new = |answer: &&Finding| {
        let words = words(answer, text);
        let mut others = findings.iter().filter(|finding| finding.topic == answer.topic);
        others.all(|finding| {
            !finding.range.overlaps(&answer.range) && !says_the_same(answer, &words, finding, text)
        })
    };
    answers.iter().filter(|answer| answer.confidence > LIKELIER_THAN_NONE).filter(is_new).collect()
}

fn words(finding: &Finding, text: &str) -> Words {
    Words::of(&text[finding.range.start..finding.range.end])
}

fn says_the_same(one: &Finding, its_words: &Words, other: &Finding, text: &str) -> bool {
    let contains = |a: TextRange, b: TextRange| a.start <= b.start && b.end <= a.end;
    contains(one.range, other.range)
        || contains(other.range, one.range)
        || its_words.are_those_of(&words(other, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::in_tens;

    const TEXT: &str = "Acme Inc. leases to Bolt Ltd. The laws of Delaware govern. Signed: Acme Inc.";

    fn finding(topic: &str, part: &str, confidence: f32) -> Finding {
        let start = TEXT.find(part).unwrap();
        let range = TextRange::new(start, start + part.len());
        Finding { topic: Topic::named(topic), range, confidence, answer: None }
    }

    #[test]
    fn what_lies_around_its_threshold_is_in_doubt() {
        let evidence = in_tens(&[(Category::Parties, &[0.9]), (Category::GoverningLaw, &[0.9])]);
        let findings = [
            finding("Parties", "Acme Inc.", 0.59),
            finding("Parties", "Acme Inc. leases", 0.11),
            finding("Parties", "Bolt", 0.61),
            finding("Parties", "laws", 0.09),
            finding("Governing Law", "The laws of Delaware govern.", 0.95),
            finding("Governing Law", "Delaware", 0.01),
            finding("Rent", "leases", 0.5),
        ];
        let doubts = doubtful(&findings, |_| 0.2, &evidence, DoubtSettings::default());
        // Half of 0.2, and half of the way from there to 1.
        let passage = TextRange::new(0, "Acme Inc. leases".len());
        assert_eq!(doubts, [Doubt { topic: Category::Parties.into(), passages: vec![passage] }]);
    }

    #[test]
    fn a_category_without_finding_is_in_doubt_where_it_comes_nearest() {
        let evidence = in_tens(&[
            (Category::Parties, &[0.0, 0.3, 0.2, 0.1]),
            (Category::GoverningLaw, &[0.01, 0.04, 0.0, 0.0]),
        ]);
        let doubts = |findings: &[Finding]| doubtful(findings, |_| 0.5, &evidence, DoubtSettings::default());
        let nearest = Doubt { topic: Category::Parties.into(), passages: vec![TextRange::new(10, 29)] };
        for too_little in [&[][..], &[finding("Parties", "Bolt", 0.1)]] {
            assert_eq!(doubts(too_little), std::slice::from_ref(&nearest));
        }
        assert_eq!(doubts(&[finding("Parties", "Bolt", 0.9)]), []);
    }

    #[test]
    fn the_same_clause_confirms_a_finding() {
        let law = finding("Governing Law", "The laws of Delaware govern.", 0.3);
        let check = |answers: &[Finding]| confirm(&law, TEXT, answers);
        let contained = finding("Governing Law", "Delaware", 0.7);
        assert_eq!(check(std::slice::from_ref(&contained)), Check::Confirmed(0.7));
        assert_eq!(
            check(&[contained, finding("Governing Law", "laws of Delaware govern", 0.9)]),
            Check::Confirmed(0.9)
        );
        assert_eq!(check(&[finding("Governing Law", "Delaware", 0.4)]), Check::NotConfirmed(0.4));
        assert_eq!(check(&[finding("Parties", "Delaware", 0.9)]), Check::NotConfirmed(0.0));
        assert_eq!(check(&[finding("Governing Law", "Signed", 0.9)]), Check::NotConfirmed(0.0));
        let again = TextRange::new(TEXT.len() - 9, TEXT.len());
        let acme = Finding { range: again, ..finding("Parties", "Acme Inc.", 0.3) };
        let elsewhere = finding("Parties", "Acme Inc.", 0.8);
        assert_eq!(confirm(&acme, TEXT, &[elsewhere]), Check::Confirmed(0.8));
    }

    #[test]
    fn only_what_no_finding_says_is_added() {
        let findings =
            [finding("Parties", "Acme Inc.", 0.3), finding("Governing Law", "The laws of Delaware", 0.9)];
        let answers = [
            finding("Parties", "Bolt Ltd.", 0.8),
            finding("Parties", "leases", 0.5),
            finding("Parties", "Signed: Acme Inc.", 0.9),
            finding("Governing Law", "Delaware govern. Signed", 0.9),
            finding("Rent", "Acme Inc. leases", 0.6),
        ];
        let added = added(&findings, TEXT, &answers);
        assert_eq!(added, [&answers[0], &answers[4]]);
    }
}
