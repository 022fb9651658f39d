//! Which windows a question-answering model need not read for a question.

use std::collections::BTreeMap;

use proviso_core::{TextRange, Topic};

use crate::{Doubt, Evidence};

/// What a quick model leaves for a thorough one to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen(Kept);

#[derive(Debug, Clone, PartialEq)]
enum Kept {
    WithEvidence(Evidence, f32),
    Passages(BTreeMap<Topic, Vec<TextRange>>),
}

impl Screen {
    /// Keeps the windows in which a span tagger saw some evidence of what is asked. The tagger knows nothing of a person's own
    /// categories, nor of those it was not trained for: they are never screened out.
    ///
    /// `threshold` is the evidence from which a window is worth a question. It is far lower than what makes a finding:
    /// [`choose_screen_threshold`](crate::scoring::choose_screen_threshold) measures how low.
    pub fn of(evidence: Evidence, threshold: f32) -> Self {
        Self(Kept::WithEvidence(evidence, threshold))
    }

    /// Keeps only what is in doubt: the windows that hold a passage, or the larger part of one, and of a passage longer than
    /// a window those that lie in it by half. Of topics without doubt nothing is kept, but a person's own are whole.
    pub fn on_doubts(doubts: &[Doubt]) -> Self {
        let passages = doubts.iter().map(|doubt| (doubt.topic.clone(), doubt.passages.clone()));
        Self(Kept::Passages(passages.collect()))
    }

    /// Whether a window is to be read for the topic, if it is read for what begins at this place of the text.
    pub fn keeps(&self, topic: &Topic, zone: TextRange) -> bool {
        let Some(category) = topic.category() else { return true };
        match &self.0 {
            Kept::WithEvidence(evidence, threshold) => {
                evidence.of(category, zone).is_none_or(|most| most >= *threshold)
            }
            Kept::Passages(passages) => {
                let passages = passages.get(topic).into_iter().flatten();
                passages.into_iter().any(|passage| holds_half(zone, *passage))
            }
        }
    }
}

/// Whether a window holds half of a passage, or is half filled by it.
fn holds_half(window: TextRange, passage: TextRange) -> bool {
    let shared = shared_bytes(window, passage);
    shared > 0 && 2 * shared >= passage.len().min(window.len())
}

/// The bytes that two ranges share.
pub(crate) fn shared_bytes(a: TextRange, b: TextRange) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use proviso_core::Category;

    use super::*;
    use crate::evidence::in_tens;

    #[test]
    fn a_window_is_kept_for_what_the_tagger_saw_in_it() {
        let evidence = in_tens(&[(Category::Insurance, &[0.3, 0.01, 0.05])]);
        let screen = Screen::of(evidence, 0.02);
        let keeps = |topic: &str, start, end| screen.keeps(&Topic::named(topic), TextRange::new(start, end));
        assert_eq!([(0, 9), (10, 19), (10, 29)].map(|(a, b)| keeps("Insurance", a, b)), [true, false, true]);
        assert!(keeps("Rent", 10, 19), "the tagger knows nothing of a person's own category");
        assert!(keeps("Governing Law", 10, 19), "nor of one that it was not trained for");
    }

    #[test]
    fn only_the_windows_of_a_doubt_are_kept() {
        let passages = vec![TextRange::new(90, 110), TextRange::new(200, 500)];
        let screen = Screen::on_doubts(&[Doubt { topic: Category::Insurance.into(), passages }]);
        let keeps = |start, end| screen.keeps(&Category::Insurance.into(), TextRange::new(start, end));
        assert!(keeps(0, 100) && keeps(100, 200), "each has half of the first");
        assert!(!keeps(0, 99) && !keeps(110, 200));
        assert!(keeps(150, 250) && keeps(300, 400) && !keeps(110, 210));
        assert!(!screen.keeps(&Category::Parties.into(), TextRange::new(0, 500)));
        assert!(screen.keeps(&Topic::named("Rent"), TextRange::new(0, 99)));
    }
}
