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
}
