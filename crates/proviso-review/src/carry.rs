//! Decisions in another version of their contract.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use proviso_core::{Anchor, Carried, Decision, Fate, Origin, TextRange};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::{Clause, Review, words::Words};

/// The share of a clause's words that must be found again at its place for it to be the same clause, changed.
const CHANGED: f64 = 0.4;
/// How long two texts are compared exactly; what is found later is coarser.
const PATIENCE: Duration = Duration::from_secs(5);

/// Finds the decided clauses of a review of `old` again in `new`. The two texts are compared word by word (Myers, "An O(ND)
/// Difference Algorithm"), so that a clause is found beside its neighbours, however far both moved; what is not there is
/// looked for as a quote.
pub fn carry_over(review: &Review, old: &str, new: &str) -> Vec<Carried> {
    let clauses = review.decided();
    if clauses.is_empty() {
        return Vec::new();
    }
    let (old_words, new_words) = (Words::of(old), Words::of(new));
    let counterpart = counterparts(&old_words.all(), &new_words.all());
    let versions = Versions { old, old_words, new_words, counterpart };
    clauses.iter().map(|clause| versions.carry(clause)).collect()
}

struct Versions<'a> {
    old: &'a str,
    old_words: Words<'a>,
    new_words: Words<'a>,
    /// For each word of the old text its place among the new one's.
    counterpart: Vec<Option<usize>>,
}

fn counterparts(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let deadline = Some(Instant::now() + PATIENCE);
    let mut counterpart = vec![None; old.len()];
    for operation in capture_diff_slices_deadline(Algorithm::Myers, old, new, deadline) {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            (0..len).for_each(|offset| counterpart[old_index + offset] = Some(new_index + offset));
        }
    }
    counterpart
}

impl Versions<'_> {
    fn carry(&self, clause: &Clause) -> Carried {
        let (fate, range) = self.find(clause.range);
        Carried {
            clause: Anchor { topic: clause.anchor.topic.clone(), range },
            // What was accepted in other words is to be looked at again.
            decision: if fate == Fate::Changed { Decision::Unreviewed } else { clause.decision },
            by_hand: clause.origin != Origin::Model,
            note: clause.note.clone(),
            fate,
            quote: self.old[clause.range.start..clause.range.end].to_owned(),
        }
    }

    /// What became of a clause, and where it stands now.
    fn find(&self, range: TextRange) -> (Fate, TextRange) {
        let words = self.old_words.within(range);
        let again: Vec<usize> = self.counterpart[words.clone()].iter().flatten().copied().collect();
        let span = again.first().zip(again.last()).map(|(first, last)| *first..last + 1);
        if let Some(span) = &span
            && again.len() == words.len()
            && span.len() == words.len()
        {
            return (Fate::Unchanged, self.new_words.bytes(span.clone()));
        }
        if let Some(place) = self.quoted(words.clone()) {
            return (Fate::Moved, place);
        }
        match span {
            // Words that are found again far apart are not one clause.
            Some(span)
                if again.len() as f64 >= CHANGED * words.len() as f64
                    && span.len() <= 3 * words.len().max(5) =>
            {
                (Fate::Changed, self.new_words.bytes(span))
            }
            _ => (Fate::Lost, range),
        }
    }

    /// Where the same words stand together, as near as can be to where they stood.
    fn quoted(&self, words: Range<usize>) -> Option<TextRange> {
        let old = self.old_words.all();
        let wanted = &old[words.clone()];
        let new = self.new_words.all();
        if wanted.is_empty() || wanted.len() > new.len() {
            return None;
        }
        let share = words.start as f64 / old.len().max(1) as f64;
        let distance = |at: usize| (at as f64 / new.len() as f64 - share).abs();
        let places = (0..=new.len() - wanted.len()).filter(|at| new[*at..].starts_with(wanted));
        let nearest = places.min_by(|a, b| distance(*a).total_cmp(&distance(*b)))?;
        Some(self.new_words.bytes(nearest..nearest + wanted.len()))
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::{Deed, Topic};

    use super::*;

    const OLD: &str = "1. Term. This Agreement lasts three years from the Effective Date. 2. Law. It is governed by the laws \
                       of Delaware. 3. Audit. Buyer may audit the books of Seller once a year. 4. Insurance. Seller keeps \
                       insurance of one million dollars.";

    fn clause(text: &str, quote: &str, topic: &str) -> Anchor {
        let start = text.find(quote).unwrap();
        Anchor { topic: Topic::named(topic), range: TextRange::new(start, start + quote.len()) }
    }

    fn carried(deeds: &[Deed], new: &str) -> Vec<Carried> {
        carry_over(&Review::of(&[], deeds), OLD, new)
    }

    #[test]
    fn each_clause_meets_its_fate() {
        let law = "It is governed by the laws of Delaware.";
        let audit = "Buyer may audit the books of Seller once a year.";
        let term = "This Agreement lasts three years from the Effective Date.";
        let insurance = "Seller keeps insurance of one million dollars.";
        let deeds = [
            Deed::Accept { clause: clause(OLD, law, "Governing Law") },
            Deed::Reject { clause: clause(OLD, audit, "Audit Rights") },
            Deed::Accept { clause: clause(OLD, term, "Expiration Date") },
            Deed::Add { clause: clause(OLD, insurance, "Insurance") },
        ];
        let new = "0. Definitions. Words have their meaning. 1. Audit. Buyer may audit the books of Seller once a year. \
                   2. Term. This Agreement lasts five whole years from the Effective Date. 3. Law. It is governed by\n\
                   the laws of Delaware.";
        let found = carried(&deeds, new);
        let of = |topic: &str| found.iter().find(|carried| carried.clause.topic.name() == topic).unwrap();
        let text = |carried: &Carried| &new[carried.clause.range.start..carried.clause.range.end];

        let law_now = of("Governing Law");
        assert_eq!((law_now.fate, law_now.decision), (Fate::Unchanged, Decision::Accepted));
        assert_eq!(text(law_now), "It is governed by\nthe laws of Delaware.");
        let audit_now = of("Audit Rights");
        assert_eq!(
            (audit_now.fate, audit_now.decision, text(audit_now)),
            (Fate::Moved, Decision::Rejected, audit)
        );
        let term_now = of("Expiration Date");
        assert_eq!((term_now.fate, term_now.decision), (Fate::Changed, Decision::Unreviewed));
        assert_eq!(text(term_now), "This Agreement lasts five whole years from the Effective Date.");
        assert_eq!(term_now.quote, term);
        let insurance_now = of("Insurance");
        assert_eq!((insurance_now.fate, insurance_now.by_hand), (Fate::Lost, true));
        assert_eq!(insurance_now.quote, insurance);
    }

    #[test]
    fn the_same_text_changes_nothing() {
        let accepted = clause(OLD, "Seller keeps insurance of one million dollars.", "Insurance");
        let found = carried(&[Deed::Accept { clause: accepted.clone() }], OLD);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].fate, &found[0].clause), (Fate::Unchanged, &accepted));
    }

    #[test]
    fn a_review_of_carried_decisions_goes_on() {
        let insurance = clause(OLD, "Seller keeps insurance of one million dollars.", "Insurance");
        let law = clause(OLD, "It is governed by the laws of Delaware.", "Governing Law");
        let deeds = [Deed::Accept { clause: insurance }, Deed::Accept { clause: law }];
        let new = &OLD[..OLD.find("2. Law").unwrap()];
        let carried = carried(&deeds, new);
        let review = Review::of(&carried, &[]);
        assert_eq!(review.lost().len(), 2);
        assert!(review.clauses(&[]).is_empty() && !review.is_empty());
    }

    #[test]
    fn a_text_of_nothing_loses_all() {
        let law = clause(OLD, "It is governed by the laws of Delaware.", "Governing Law");
        let found = carried(&[Deed::Accept { clause: law }], "");
        assert_eq!(found[0].fate, Fate::Lost);
    }
}
