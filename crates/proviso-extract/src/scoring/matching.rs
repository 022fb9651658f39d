//! Whether a prediction is an answer, as CUAD's evaluation decides it.

use std::collections::BTreeSet;

use proviso_core::Category;

/// Overlap from which a prediction counts as the answer.
const JACCARD_THRESHOLD: f64 = 0.5;

/// The words of a text as the evaluation sees them: lower case, without `. , ; :`, split at single spaces (also into
/// the empty word), a slash counting as a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(BTreeSet<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let cleaned: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | ';' | ':'))
            .map(|c| if c == '/' { ' ' } else { c })
            .collect::<String>()
            .to_lowercase();
        Self(cleaned.split(' ').map(str::to_owned).collect())
    }

    fn jaccard(&self, other: &Self) -> f64 {
        let shared = self.0.intersection(&other.0).count();
        shared as f64 / (self.0.len() + other.0.len() - shared) as f64
    }
}

/// A text with its words, so that they are split only once.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub text: String,
    words: Words,
}

impl Phrase {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), words: Words::of(text) }
    }

    /// Whether this prediction counts as that answer. For the parties a prediction that contains the answer does too.
    pub(super) fn matches(&self, answer: &Self, category: Category) -> bool {
        self.words.jaccard(&answer.words) >= JACCARD_THRESHOLD
            || (category == Category::Parties && self.text.contains(&answer.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(prediction: &str, answer: &str, category: Category) -> bool {
        Phrase::new(prediction).matches(&Phrase::new(answer), category)
    }

    #[test]
    fn half_of_the_words_must_be_shared() {
        assert!(matches("a b c", "a b c d e f", Category::Insurance));
        assert!(!matches("a b c", "a b c d e f g", Category::Insurance));
        assert!(matches("THE Buyer/seller.", "the buyer seller", Category::Insurance));
        assert!(!matches("", "buyer", Category::Insurance));
    }

    #[test]
    fn a_party_may_be_contained() {
        let sentence = "between Acme Corporation, a Delaware company, and others";
        assert!(matches(sentence, "Acme Corporation", Category::Parties));
        assert!(!matches(sentence, "Acme Corporation", Category::DocumentName));
    }
}
