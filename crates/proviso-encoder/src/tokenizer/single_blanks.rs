//! A text in which each run of white space is a single blank, and the way back to the text as it was.

use std::borrow::Cow;

/// The text with single blanks.
pub(super) struct SingleBlanks<'t> {
    text: Cow<'t, str>,
    /// Ends of the runs that are something else than one blank: in the new text, and in the text as it was.
    ends: Vec<(usize, usize)>,
}

impl<'t> SingleBlanks<'t> {
    /// Puts a blank in the place of each run of white space. Texts without other white space are not copied.
    pub(super) fn of(text: &'t str) -> Self {
        let mut single = String::new();
        let mut ends = Vec::new();
        // What lies before it was copied.
        let mut copied = 0;
        let mut next = 0;
        while let Some(start) = text[next..].find(char::is_whitespace).map(|at| next + at) {
            let end = text[start..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |at| start + at);
            if &text[start..end] != " " {
                single.push_str(&text[copied..start]);
                single.push(' ');
                ends.push((single.len(), end));
                copied = end;
            }
            next = end;
        }
        if ends.is_empty() {
            return Self { text: Cow::Borrowed(text), ends };
        }
        single.push_str(&text[copied..]);
        Self { text: Cow::Owned(single), ends }
    }

    /// The text with single blanks.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the text as it was of a place in the text with single blanks. A blank begins where its run began and
    /// ends where its run ended.
    pub(super) fn original(&self, at: usize) -> usize {
        match self.ends.partition_point(|(end, _)| *end <= at).checked_sub(1) {
            Some(last) => self.ends[last].1 + (at - self.ends[last].0),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_become_one_blank_and_every_place_leads_back() {
        let text = "\n\n§ one two\t\u{a0}drei\r\n";
        let single = SingleBlanks::of(text);
        assert_eq!(single.text(), " § one two drei ");
        for (word, from) in [("§", 2), ("one", 5), ("two", 9), ("drei", 15), (" drei ", 12)] {
            let at = single.text().find(word).unwrap();
            assert_eq!(single.original(at), from, "{word}");
        }
        assert_eq!(single.original(single.text().len()), text.len());
        assert_eq!(single.original(1), 2);
    }

    #[test]
    fn a_text_with_single_blanks_is_not_copied() {
        for text in ["", " ", "a b", " a  b"] {
            let single = SingleBlanks::of(text);
            assert_eq!(matches!(single.text, Cow::Borrowed(_)), text != " a  b");
            assert_eq!(single.original(single.text().len()), text.len());
        }
    }
}
