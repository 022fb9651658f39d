//! A clause as it stands in a review.

use proviso_core::{Anchor, Decision, Fate, Finding, Origin, TextRange};

/// A clause with what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What its decisions belong to.
    pub anchor: Anchor,
    /// The number of the model's finding that it is; `None` where the model, or another one, does not find it.
    pub found: Option<usize>,
    /// Its words.
    pub range: TextRange,
    /// What was decided.
    pub decision: Decision,
    /// Where its words come from.
    pub origin: Origin,
    /// What was written beside it.
    pub note: Option<String>,
    /// What became of a decision on an earlier version of the contract.
    pub carried: Option<Fate>,
}

impl Clause {
    /// One that nothing was decided about.
    pub(crate) fn unreviewed(number: usize, finding: &Finding) -> Self {
        Self {
            anchor: Anchor { topic: finding.topic.clone(), range: finding.range },
            found: Some(number),
            range: finding.range,
            decision: Decision::Unreviewed,
            origin: Origin::Model,
            note: None,
            carried: None,
        }
    }

    /// Whether it is one of the contract's clauses: what a person accepted is, what was rejected is not, and of what nobody looked
    /// at those are that a model finds now and that `is_sure` lets through, by the number of the finding.
    pub fn stands(&self, is_sure: impl FnOnce(usize) -> bool) -> bool {
        match self.decision {
            Decision::Accepted => true,
            Decision::Rejected => false,
            Decision::Unreviewed => self.found.is_some_and(is_sure),
        }
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::{Category, TextRange};

    use super::*;

    #[test]
    fn a_person_decides_before_a_model() {
        let range = TextRange::new(0, 10);
        let finding = Finding { topic: Category::AuditRights.into(), range, confidence: 0.9, answer: None };
        let clause = |decision, found| Clause { decision, found, ..Clause::unreviewed(3, &finding) };
        for is_sure in [true, false] {
            assert!(clause(Decision::Accepted, None).stands(|_| is_sure));
            assert!(!clause(Decision::Rejected, Some(3)).stands(|_| is_sure));
            assert_eq!(
                clause(Decision::Unreviewed, Some(3)).stands(|number| number == 3 && is_sure),
                is_sure
            );
            assert!(!clause(Decision::Unreviewed, None).stands(|_| is_sure), "no model finds it now");
        }
    }
}
