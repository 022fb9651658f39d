//! The answers of a contract as it stands in a review: what was rejected says nothing, and an edited clause answers by its new words.

use proviso_answers::{Answers, Clause as ToAnswer, answers};
use proviso_core::Decision;
use proviso_review::Clause;

use super::checking::Checked;
use crate::view::CheckState;

/// What a person accepted decides before whatever a model found.
const ACCEPTED: f32 = 2.0;

/// Answers clauses in their order. The contract's answers rest on what is accepted, and on those of the others that nobody
/// rejected and whose findings `counts` lets through, by their numbers.
pub(super) fn answer_clauses<'a>(
    text: &str,
    clauses: impl Iterator<Item = &'a Clause>,
    checked: &[Checked],
    counts: &dyn Fn(usize) -> bool,
) -> Answers {
    let clause = |clause: &Clause| {
        let found = clause.found.map(|number| checked[number].finding.confidence);
        ToAnswer {
            topic: clause.anchor.topic.clone(),
            range: clause.range,
            weight: if clause.decision == Decision::Accepted { ACCEPTED } else { found.unwrap_or(1.0) },
            counts: clause.stands(counts),
        }
    };
    answers(text, &clauses.map(clause).collect::<Vec<_>>())
}

/// Whether no heavier model denied a finding.
pub(super) fn is_not_denied(checked: &Checked) -> bool {
    checked.check.as_ref().is_none_or(|check| check.state != CheckState::NotConfirmed)
}

#[cfg(test)]
mod tests {
    use proviso_core::{Anchor, Category, Deed, Finding, TextRange};
    use proviso_review::Review;

    use super::*;

    static TEXT: &str =
        "Dated May 1, 2020. Effective June 1, 2021. The term is two years. It ends in three years.";

    fn finding(category: Category, part: &str) -> Checked {
        let start = TEXT.find(part).unwrap();
        let range = TextRange::new(start, start + part.len());
        Checked {
            finding: Finding { topic: category.into(), range, confidence: 0.9, answer: None },
            check: None,
        }
    }

    fn told(deeds: &[Deed]) -> Option<String> {
        let checked = [
            finding(Category::AgreementDate, "May 1, 2020"),
            finding(Category::EffectiveDate, "June 1, 2021"),
            finding(Category::ExpirationDate, "The term is two years."),
        ];
        let findings: Vec<Finding> = checked.iter().map(|checked| checked.finding.clone()).collect();
        let clauses = Review::of(&[], deeds).clauses(&findings);
        let answered = answer_clauses(TEXT, clauses.iter(), &checked, &|_| true);
        answered.of_contract.get(&Category::ExpirationDate).map(ToString::to_string)
    }

    #[test]
    fn a_review_changes_the_answers() {
        let anchor = |category: Category, part: &str| {
            let Finding { topic, range, .. } = finding(category, part).finding;
            Anchor { topic, range }
        };
        let effective = || anchor(Category::EffectiveDate, "June 1, 2021");
        let term = || anchor(Category::ExpirationDate, "The term is two years.");
        assert_eq!(told(&[]).as_deref(), Some("2023-06-01"));
        assert_eq!(told(&[Deed::Reject { clause: effective() }]).as_deref(), Some("2022-05-01"));
        assert_eq!(told(&[Deed::Reject { clause: term() }]), None);
        let range = anchor(Category::ExpirationDate, "It ends in three years.").range;
        assert_eq!(told(&[Deed::Edit { clause: term(), range }]).as_deref(), Some("2024-06-01"));
    }
}
