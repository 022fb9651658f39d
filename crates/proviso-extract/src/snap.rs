//! Spans of tokens brought to the boundaries that a reader would draw.

use proviso_core::{AnswerFormat, Category, TextRange, Topic};

/// Grows a range to whole words, and for clauses takes the closing mark of the sentence along. Leaves out white space
/// at both ends. What a person's own category means is not known; it is taken for a clause.
pub(crate) fn snap(text: &str, range: TextRange, topic: &Topic) -> TextRange {
    let in_word = |c: &char| c.is_alphanumeric();
    let mut start = range.start;
    let mut end = range.end;
    if text[start..].chars().next().is_some_and(|c| in_word(&c)) {
        start -= text[..start].chars().rev().take_while(in_word).map(char::len_utf8).sum::<usize>();
    }
    if text[..end].chars().next_back().is_some_and(|c| in_word(&c)) {
        end += text[end..].chars().take_while(in_word).map(char::len_utf8).sum::<usize>();
    }
    if topic.category().is_none_or(is_clause)
        && text[end..].starts_with(['.', ';'])
        && text[..end].ends_with(|c: char| in_word(&c) || c == ')')
    {
        end += 1;
    }
    let found = &text[start..end];
    let start = start + (found.len() - found.trim_start().len());
    let end = end - (found.len() - found.trim_end().len());
    TextRange::new(start.min(end), end)
}

/// Whether the category is about whole clauses, not names or days.
pub(crate) fn is_clause(category: Category) -> bool {
    !matches!(category.answer_format(), AnswerFormat::Name | AnswerFormat::Parties)
        && !matches!(category, Category::AgreementDate | Category::EffectiveDate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapped(text: &str, part: &str, category: Category) -> String {
        let start = text.find(part).unwrap();
        let range = snap(text, TextRange::new(start, start + part.len()), &category.into());
        text[range.start..range.end].to_owned()
    }

    #[test]
    fn words_are_not_cut() {
        let text = "the Übernahme of Energous Corporation shall";
        assert_eq!(snapped(text, "bernah", Category::ChangeOfControl), "Übernahme");
        assert_eq!(snapped(text, " Energous Corp", Category::Parties), "Energous Corporation");
    }

    #[test]
    fn a_clause_ends_with_its_full_stop_and_a_name_does_not() {
        let text = "This Agreement is governed by the laws of Delaware. Acme Inc.";
        assert!(
            snapped(text, "governed by the laws of Delaware", Category::GoverningLaw).ends_with("Delaware.")
        );
        assert_eq!(snapped(text, "Acme Inc", Category::Parties), "Acme Inc");
    }
}
