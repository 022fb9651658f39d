//! The words of two passages compared, as CUAD's evaluation does it.

use std::collections::BTreeSet;

/// Overlap from which two passages count as the same.
const JACCARD_THRESHOLD: f64 = 0.5;

/// The words of a text as the evaluation sees them: lower case, without `. , ; :`, split at single spaces (also into
/// the empty word), a slash counting as a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words(BTreeSet<String>);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let cleaned: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | ';' | ':'))
            .map(|c| if c == '/' { ' ' } else { c })
            .collect::<String>()
            .to_lowercase();
        Self(cleaned.split(' ').map(str::to_owned).collect())
    }

    /// Whether half of the words of both are in both.
    pub(crate) fn are_those_of(&self, other: &Self) -> bool {
        self.jaccard(other) >= JACCARD_THRESHOLD
    }

    /// Shared words by all of both, 0 to 1.
    pub(crate) fn jaccard(&self, other: &Self) -> f64 {
        let shared = self.0.intersection(&other.0).count();
        shared as f64 / (self.0.len() + other.0.len() - shared) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_words_in_whatever_order_and_case() {
        let are_same = |a: &str, b: &str| Words::of(a).are_those_of(&Words::of(b));
        assert!(are_same("The Buyer/Seller insures.", "insures the seller"));
        assert!(!are_same("The Buyer insures.", "the seller pays rent"));
    }
}
