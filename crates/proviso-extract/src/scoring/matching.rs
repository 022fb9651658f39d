//! Whether a prediction is an answer, as CUAD's evaluation decides it.

use proviso_core::Category;

use crate::words::Words;

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
        self.words.are_those_of(&answer.words)
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
