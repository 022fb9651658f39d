//! Words of a text, folded so that they can be compared.

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: usize,
    pub end: usize,
    /// In small letters without accents; apostrophes are straight.
    pub folded: String,
    /// Whether it begins with a capital letter.
    pub is_capital: bool,
}

/// Letters and digits, with apostrophes between them, make words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let next = || text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
        let in_word = c.is_alphanumeric() || (open.is_some() && is_apostrophe(c) && next());
        match (open, in_word) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                let word = &text[start..at];
                found.push(Word {
                    start,
                    end: at,
                    folded: fold(word),
                    is_capital: word.starts_with(char::is_uppercase),
                });
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

fn fold(word: &str) -> String {
    let plain = |c: char| match c {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        c if is_apostrophe(c) => '\'',
        c => c,
    };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The text in one line, without blanks at its ends.
pub(crate) fn one_line(text: &str) -> String {
    text.replace("<omitted>", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many bytes before a place.
pub(crate) fn before(text: &str, at: usize, most: usize) -> &str {
    let start = (at.saturating_sub(most)..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    &text[start..at]
}

/// At most so many bytes behind a place.
pub(crate) fn after(text: &str, at: usize, most: usize) -> &str {
    let past = (at + most).min(text.len());
    let end = (at..=past).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(at);
    &text[at..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_places() {
        let text = "The People’s Québec’ 2THEMART.com";
        let found = words(text);
        let folded: Vec<_> = found.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["the", "people's", "quebec", "2themart", "com"]);
        assert_eq!(&text[found[2].start..found[2].end], "Québec");
        assert!(found[0].is_capital && !found[3].is_capital);
    }
}
