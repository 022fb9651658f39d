//! What a person's deeds come to.

use std::collections::{BTreeMap, BTreeSet};

use proviso_core::{Anchor, Carried, Decision, Deed, Fate, Finding, Origin, TextRange, Topic};

use crate::Clause;

/// The share of two clauses' bytes that they must have in common to be the same clause, when another model found it.
const SAME: f64 = 0.5;

/// The decisions about a contract.
#[derive(Debug, Clone, Default)]
pub struct Review {
    clauses: BTreeMap<Anchor, State>,
    absent: BTreeSet<Topic>,
    lost: Vec<Carried>,
}

#[derive(Debug, Clone, Default)]
struct State {
    decision: Decision,
    added: bool,
    /// The words that the person gave it.
    edited: Option<TextRange>,
    note: Option<String>,
    carried: Option<Fate>,
}

impl State {
    /// Whether anything would be lost if it were forgotten.
    fn says_something(&self) -> bool {
        self.added || self.decision != Decision::Unreviewed || self.note.is_some() || self.edited.is_some()
    }

    fn origin(&self) -> Origin {
        match (self.added, self.edited) {
            (true, _) => Origin::Added,
            (false, Some(_)) => Origin::Edited,
            (false, None) => Origin::Model,
        }
    }
}

impl Review {
    /// What was carried over from an earlier version, and then the deeds in their order.
    pub fn of<'a>(carried: &[Carried], deeds: impl IntoIterator<Item = &'a Deed>) -> Self {
        let mut review = Self::default();
        for carried in carried {
            review.take_over(carried);
        }
        for deed in deeds {
            review.apply(deed);
        }
        review
    }

    fn take_over(&mut self, carried: &Carried) {
        if carried.fate == Fate::Lost {
            self.lost.push(carried.clone());
            return;
        }
        let state = State {
            decision: carried.decision,
            added: carried.by_hand,
            edited: None,
            note: carried.note.clone(),
            carried: Some(carried.fate),
        };
        self.clauses.insert(carried.clause.clone(), state);
    }

    fn apply(&mut self, deed: &Deed) {
        let mut state = |clause: &Anchor, change: &dyn Fn(&mut State)| {
            change(self.clauses.entry(clause.clone()).or_default());
        };
        match deed {
            Deed::Accept { clause } => state(clause, &|state| state.decision = Decision::Accepted),
            Deed::Reject { clause } => state(clause, &|state| state.decision = Decision::Rejected),
            Deed::Reopen { clause } => state(clause, &|state| state.decision = Decision::Unreviewed),
            Deed::Note { clause, text } => {
                let text = text.trim();
                state(clause, &|state| state.note = (!text.is_empty()).then(|| text.to_owned()));
            }
            Deed::Edit { clause, range } => state(clause, &|state| {
                state.edited = Some(*range);
                state.decision = Decision::Accepted;
            }),
            Deed::Add { clause } => state(clause, &|state| {
                state.added = true;
                state.decision = Decision::Accepted;
            }),
            Deed::ConfirmAbsent { topic } => {
                self.absent.insert(topic.clone());
            }
            Deed::ReopenAbsent { topic } => {
                self.absent.remove(topic);
            }
        }
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.absent.is_empty() && self.lost.is_empty() && !self.clauses.values().any(State::says_something)
    }

    /// Kinds of clauses that the contract was confirmed to have none of.
    pub fn confirmed_absent(&self) -> impl Iterator<Item = &Topic> {
        self.absent.iter()
    }

    /// Clauses that were decided in an earlier version and are not in this one.
    pub fn lost(&self) -> &[Carried] {
        &self.lost
    }

    /// All clauses: those that a model found, with what was decided about them, and those that were decided about and that it
    /// does not find. A decision belongs to the finding at its very place, else to the one of the same kind that has most in
    /// common with it, as another model may begin a clause a few words earlier.
    pub fn clauses(&self, findings: &[Finding]) -> Vec<Clause> {
        let mut clauses: Vec<Clause> =
            findings.iter().enumerate().map(|(number, found)| Clause::unreviewed(number, found)).collect();
        let mut taken = BTreeSet::new();
        let decided: Vec<(&Anchor, &State)> =
            self.clauses.iter().filter(|(_, state)| state.says_something()).collect();
        let exact = |anchor: &Anchor| {
            findings.iter().position(|found| found.topic == anchor.topic && found.range == anchor.range)
        };
        let mut left = Vec::new();
        for (anchor, state) in decided {
            match exact(anchor) {
                Some(number) if taken.insert(number) => lay_over(&mut clauses[number], anchor, state),
                _ => left.push((anchor, state)),
            }
        }
        for (anchor, state) in left {
            let range = state.edited.unwrap_or(anchor.range);
            let alike =
                |found: &Finding| in_common(found.range, anchor.range).max(in_common(found.range, range));
            let candidates = findings.iter().enumerate().filter(|(number, found)| {
                !taken.contains(number) && found.topic == anchor.topic && alike(found) >= SAME
            });
            match candidates.max_by(|(_, a), (_, b)| alike(a).total_cmp(&alike(b))) {
                Some((number, _)) => {
                    taken.insert(number);
                    lay_over(&mut clauses[number], anchor, state);
                }
                None => clauses.push(alone(anchor, state)),
            }
        }
        clauses
    }

    /// The clauses that were decided about, whatever a model finds.
    pub(crate) fn decided(&self) -> Vec<Clause> {
        let decided = self.clauses.iter().filter(|(_, state)| state.says_something());
        decided.map(|(anchor, state)| alone(anchor, state)).collect()
    }
}

fn lay_over(clause: &mut Clause, anchor: &Anchor, state: &State) {
    // What a person accepted, changed or added has the person's words, whatever the model finds now.
    let is_theirs = state.added || state.edited.is_some() || state.decision == Decision::Accepted;
    if is_theirs {
        clause.range = state.edited.unwrap_or(anchor.range);
    }
    *clause = Clause {
        anchor: anchor.clone(),
        decision: state.decision,
        origin: state.origin(),
        note: state.note.clone(),
        carried: state.carried,
        ..clause.clone()
    };
}

fn alone(anchor: &Anchor, state: &State) -> Clause {
    Clause {
        anchor: anchor.clone(),
        found: None,
        range: state.edited.unwrap_or(anchor.range),
        decision: state.decision,
        origin: state.origin(),
        note: state.note.clone(),
        carried: state.carried,
    }
}

/// The share of the bytes of two ranges that both have.
fn in_common(a: TextRange, b: TextRange) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let either = a.end.max(b.end) - a.start.min(b.start);
    both as f64 / either.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(topic: &str, start: usize, end: usize) -> Anchor {
        Anchor { topic: Topic::named(topic), range: TextRange::new(start, end) }
    }

    fn finding(topic: &str, start: usize, end: usize) -> Finding {
        let Anchor { topic, range } = anchor(topic, start, end);
        Finding { topic, range, confidence: 0.7, answer: None }
    }

    #[test]
    fn deeds_are_applied_in_their_order() {
        let clause = anchor("Insurance", 10, 50);
        let deeds = [
            Deed::Reject { clause: clause.clone() },
            Deed::Note { clause: clause.clone(), text: " which policy? ".into() },
            Deed::Edit { clause: clause.clone(), range: TextRange::new(12, 60) },
            Deed::ConfirmAbsent { topic: Topic::named("Parties") },
            Deed::ConfirmAbsent { topic: Topic::named("Audit Rights") },
            Deed::ReopenAbsent { topic: Topic::named("Parties") },
        ];
        let review = Review::of(&[], &deeds);
        let clauses = review.clauses(&[finding("Insurance", 10, 50), finding("Insurance", 90, 99)]);
        assert_eq!(clauses.len(), 2);
        let edited = &clauses[0];
        assert_eq!((edited.decision, edited.origin), (Decision::Accepted, Origin::Edited));
        assert_eq!((edited.range, edited.anchor.range), (TextRange::new(12, 60), clause.range));
        assert_eq!(edited.note.as_deref(), Some("which policy?"));
        assert_eq!((clauses[1].decision, clauses[1].origin), (Decision::Unreviewed, Origin::Model));
        let absent: Vec<&str> = review.confirmed_absent().map(Topic::name).collect();
        assert_eq!(absent, ["Audit Rights"]);
        // What is taken back leaves nothing.
        let back = [
            Deed::Accept { clause: clause.clone() },
            Deed::Note { clause: clause.clone(), text: "x".into() },
            Deed::Note { clause: clause.clone(), text: " ".into() },
            Deed::Reopen { clause },
        ];
        assert!(Review::of(&[], &back).is_empty() && !review.is_empty());
    }

    #[test]
    fn decisions_stay_when_another_model_draws_other_borders() {
        let deeds = [
            Deed::Accept { clause: anchor("Insurance", 100, 200) },
            Deed::Reject { clause: anchor("Insurance", 300, 400) },
            Deed::Accept { clause: anchor("Insurance", 500, 600) },
            Deed::Add { clause: anchor("Parties", 0, 20) },
        ];
        let found = [
            finding("Insurance", 95, 205),
            finding("Insurance", 310, 380),
            finding("Insurance", 590, 800),
            finding("Audit Rights", 500, 600),
        ];
        let clauses = Review::of(&[], &deeds).clauses(&found);
        let told: Vec<_> =
            clauses.iter().map(|clause| (clause.found, clause.decision, clause.range)).collect();
        let range = TextRange::new;
        assert_eq!(
            told,
            [
                // The person accepted the words as they stood.
                (Some(0), Decision::Accepted, range(100, 200)),
                (Some(1), Decision::Rejected, range(310, 380)),
                (Some(2), Decision::Unreviewed, range(590, 800)),
                (Some(3), Decision::Unreviewed, range(500, 600)),
                (None, Decision::Accepted, range(0, 20)),
                (None, Decision::Accepted, range(500, 600)),
            ]
        );
        assert_eq!(clauses[4].origin, Origin::Added);
        assert_eq!(clauses[5].origin, Origin::Model);
    }

    #[test]
    fn one_finding_answers_to_one_decision() {
        let deeds = [
            Deed::Accept { clause: anchor("Insurance", 100, 200) },
            Deed::Reject { clause: anchor("Insurance", 105, 200) },
        ];
        let clauses = Review::of(&[], &deeds).clauses(&[finding("Insurance", 100, 200)]);
        assert_eq!(clauses.len(), 2);
        assert_eq!(clauses[0].decision, Decision::Accepted);
        assert_eq!((clauses[1].found, clauses[1].decision), (None, Decision::Rejected));
    }
}
