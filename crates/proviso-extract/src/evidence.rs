//! What speaks for a category, token by token.

use proviso_core::{Category, TextRange};

/// A probability in steps of 1/65535. There is one for every token and category, so that they have to be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Strength(u16);

impl Strength {
    pub(crate) fn of(probability: f32) -> Self {
        Self((probability * f32::from(u16::MAX)).round() as u16)
    }

    pub(crate) fn probability(self) -> f32 {
        f32::from(self.0) / f32::from(u16::MAX)
    }
}

/// What a span tagger saw of every category at every token: the largest of the probabilities that a clause begins, ends or goes
/// on there. Far more sensitive than findings, and far less specific.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    tokens: Vec<TextRange>,
    /// As many strengths as tokens for each category of the model.
    categories: Vec<(Category, Vec<Strength>)>,
}

impl Evidence {
    pub(crate) fn new(tokens: &[TextRange]) -> Self {
        Self { tokens: tokens.to_vec(), categories: Vec::new() }
    }

    pub(crate) fn add(&mut self, category: Category, strengths: Vec<Strength>) {
        debug_assert_eq!(strengths.len(), self.tokens.len());
        self.categories.push((category, strengths));
    }

    /// The categories that the model knows.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.categories.iter().map(|&(category, _)| category)
    }

    /// The most that speaks for the category anywhere in a part of the text, 0 to 1; `None` if the model does not know it.
    pub fn of(&self, category: Category, part: TextRange) -> Option<f32> {
        let strengths = self.strengths(category)?;
        let from = self.tokens.partition_point(|token| token.end <= part.start);
        let to = self.tokens.partition_point(|token| token.start < part.end).max(from);
        let most = strengths[from..to].iter().max().copied().unwrap_or_default();
        Some(most.probability())
    }

    /// The passage where most speaks for the category, and how much: the token with the largest probability and those around
    /// it that have at least half of it. `None` if the model does not know the category, or nothing at all speaks for it.
    pub fn nearest(&self, category: Category) -> Option<(TextRange, f32)> {
        let strengths = self.strengths(category)?;
        // The first of equals.
        let (peak, most) = strengths.iter().enumerate().rev().max_by_key(|&(_, strength)| strength)?;
        if *most == Strength::default() {
            return None;
        }
        let belongs = |strength: &&Strength| 2 * u32::from(strength.0) >= u32::from(most.0);
        let before = strengths[..peak].iter().rev().take_while(belongs).count();
        let behind = strengths[peak..].iter().take_while(belongs).count();
        let passage = &self.tokens[peak - before..peak + behind];
        let (first, last) = (passage.first()?, passage.last()?);
        Some((TextRange::new(first.start, last.end), most.probability()))
    }

    fn strengths(&self, category: Category) -> Option<&[Strength]> {
        self.categories.iter().find(|known| known.0 == category).map(|(_, strengths)| strengths.as_slice())
    }
}

/// Evidence for tests: tokens of ten bytes, and strengths of one category.
#[cfg(test)]
pub(crate) fn in_tens(categories: &[(Category, &[f32])]) -> Evidence {
    let count = categories.first().map_or(0, |(_, strengths)| strengths.len());
    let tokens: Vec<_> = (0..count).map(|token| TextRange::new(10 * token, 10 * token + 9)).collect();
    let mut evidence = Evidence::new(&tokens);
    for (category, strengths) in categories {
        evidence.add(*category, strengths.iter().map(|&p| Strength::of(p)).collect());
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_the_evidence_of_its_tokens() {
        let evidence = in_tens(&[(Category::Insurance, &[0.1, 0.9, 0.2, 0.0])]);
        let of = |start, end| evidence.of(Category::Insurance, TextRange::new(start, end)).unwrap();
        assert!((of(0, 40) - 0.9).abs() < 1e-4);
        assert!((of(0, 9) - 0.1).abs() < 1e-4);
        // The blank between two tokens belongs to neither.
        assert!(of(9, 10).abs() < 1e-6);
        assert!((of(18, 25) - 0.9).abs() < 1e-4);
        assert!((of(19, 25) - 0.2).abs() < 1e-4);
        assert!(of(400, 500).abs() < 1e-6);
        assert_eq!(evidence.of(Category::Parties, TextRange::new(0, 40)), None);
    }

    #[test]
    fn the_nearest_passage_is_the_hill_around_the_peak() {
        let strengths = [0.3, 0.0, 0.25, 0.4, 0.45, 0.1, 0.4];
        let evidence = in_tens(&[(Category::Insurance, &strengths), (Category::Parties, &[0.0; 7])]);
        let (passage, most) = evidence.nearest(Category::Insurance).unwrap();
        assert_eq!(passage, TextRange::new(20, 49));
        assert!((most - 0.45).abs() < 1e-4);
        assert_eq!(evidence.nearest(Category::Parties), None);
        assert_eq!(evidence.nearest(Category::GoverningLaw), None);
    }
}
