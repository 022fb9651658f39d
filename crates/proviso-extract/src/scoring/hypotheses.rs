//! What n-best lists have of what was found: other boundaries of it, and everything once.

use proviso_core::Finding;

use super::Prediction;
use crate::{sentences::Sentences, snap::is_clause, words::Words};

/// What a sentence has of the confidence of the passage in which it stands, chosen on dev.
const SHARE: f32 = 0.3;
/// Share of their words from which two passages are one entry of a list, chosen on dev.
const SAME: f64 = 0.6;

/// The sentences of each clause that has several. CUAD's annotators mark now all of them as one clause, now each by itself; a reader is
/// shown the whole. An n-best list, which the question-answering models of CUAD fill with passages that overlap, has both.
pub fn sentences_of(text: &str, findings: &[Finding]) -> Vec<Finding> {
    let sentences = Sentences::of(text);
    findings
        .iter()
        .filter(|finding| finding.topic.category().is_some_and(is_clause))
        .map(|finding| (finding, sentences.parts(finding.range)))
        .filter(|(_, parts)| parts.len() > 1)
        .flat_map(|(finding, parts)| {
            let confidence = SHARE * finding.confidence;
            parts.into_iter().map(move |range| Finding { range, confidence, ..finding.clone() })
        })
        .collect()
}

/// Without what says, in almost the same words, what a surer entry of the list says: a name with its form and without, a passage
/// that a contract repeats.
pub fn said_once(mut list: Vec<Prediction>) -> Vec<Prediction> {
    list.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let mut said: Vec<Words> = Vec::new();
    list.retain(|prediction| {
        let words = Words::of(&prediction.text);
        let is_new = said.iter().all(|other| words.jaccard(other) < SAME);
        if is_new {
            said.push(words);
        }
        is_new
    });
    list
}

#[cfg(test)]
mod tests {
    use proviso_core::{Category, TextRange};

    use super::*;

    #[test]
    fn clauses_of_several_sentences_have_each_as_another_hypothesis() {
        let text = "The Supplier shall insure the goods at its own cost. It shall name the Buyer as an insured person. No.";
        let second = text.find("It shall").unwrap();
        let end = text.find(" No.").unwrap();
        let finding = |category: Category, start, end| Finding {
            topic: category.into(),
            range: TextRange::new(start, end),
            confidence: 0.9,
            answer: None,
        };
        let of = |finding| sentences_of(text, &[finding]);
        let found = of(finding(Category::Insurance, 0, end));
        let ranges: Vec<TextRange> = found.iter().map(|finding| finding.range).collect();
        assert_eq!(ranges, [TextRange::new(0, second - 1), TextRange::new(second, end)]);
        assert!(found.iter().all(|part| (part.confidence - 0.27).abs() < 1e-6));
        assert_eq!(of(finding(Category::Insurance, 0, second - 1)), []);
        assert_eq!(of(finding(Category::Parties, 0, end)), [], "names are no sentences");
    }

    #[test]
    fn of_entries_in_almost_the_same_words_the_surest_stays() {
        let entry = |text: &str, probability| Prediction { text: text.into(), probability };
        let list = [("Acme Tools", 0.3), ("ACME TOOLS, Inc.", 0.7), ("Bolt", 0.5), ("acme tools inc", 0.6)];
        let once = said_once(list.map(|(text, probability)| entry(text, probability)).into());
        assert_eq!(once, [entry("ACME TOOLS, Inc.", 0.7), entry("Bolt", 0.5)]);
        assert_eq!(
            said_once(vec![entry("a b c", 0.2), entry("a b x y", 0.1)]).len(),
            2,
            "two fifths are shared"
        );
    }
}
