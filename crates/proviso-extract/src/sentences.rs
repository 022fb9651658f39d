//! Where sentences end.
//!
//! Unicode's own rules (UAX 29) end a sentence at every end of a line and behind every "Inc.", of which contracts are full.

use proviso_core::TextRange;

/// Most bytes by which a passage is grown on either side: a table is no sentence.
const REACH: usize = 700;
/// Sentences shorter than this stay with their neighbours: headings and numbers.
const SHORTEST: usize = 40;
/// Words whose full stop ends no sentence, without it.
const ABBREVIATIONS: [&str; 9] = ["inc", "no", "co", "corp", "ltd", "sec", "u.s", "e.g", "i.e"];
const CLOSING: [char; 3] = ['"', '”', ')'];

/// What stands between two sentences.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// Where the first one ends.
    end: usize,
    /// Where the next one begins.
    next: usize,
}

/// The sentences of a text. A line that is left empty ends one too.
#[derive(Debug, Clone)]
pub(crate) struct Sentences(Vec<Gap>);

impl Sentences {
    pub(crate) fn of(text: &str) -> Self {
        let mut gaps: Vec<Gap> = Vec::new();
        for (at, _) in text.match_indices(['.', '\n']) {
            if gaps.last().is_some_and(|gap| at < gap.next) {
                continue;
            }
            gaps.extend(if text[at..].starts_with('.') {
                behind_stop(text, at)
            } else {
                empty_line(text, at)
            });
        }
        Self(gaps)
    }

    /// Grows a passage to the whole of the sentences in which it begins and ends.
    pub(crate) fn whole(&self, text: &str, range: TextRange) -> TextRange {
        let TextRange { mut start, mut end } = range;
        if !text[start..end].trim_end_matches(CLOSING).ends_with('.') {
            let next = self.0.partition_point(|gap| gap.end < end);
            end = self.0.get(next).map(|gap| gap.end).filter(|to| to - end < REACH).unwrap_or(end);
        }
        let before = self.0[..self.0.partition_point(|gap| gap.next <= start)].last();
        start = before.map(|gap| gap.next).filter(|from| start - from < REACH).unwrap_or(start);
        TextRange::new(start, end)
    }

    /// The sentences of a passage; only the passage where it is one.
    pub(crate) fn parts(&self, range: TextRange) -> Vec<TextRange> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let from = self.0.partition_point(|gap| gap.end <= range.start);
        for gap in self.0[from..].iter().take_while(|gap| gap.end < range.end) {
            if gap.end >= start + SHORTEST && range.end >= gap.next + SHORTEST {
                parts.push(TextRange::new(start, gap.end));
                start = gap.next;
            }
        }
        parts.push(TextRange::new(start, range.end));
        parts
    }
}

/// The gap behind a full stop, if it ends a sentence: what follows begins like one.
fn behind_stop(text: &str, stop: usize) -> Option<Gap> {
    let behind = text[stop + 1..].trim_start_matches(CLOSING);
    let (end, rest) = (text.len() - behind.len(), behind.trim_start());
    let gap = Gap { end, next: text.len() - rest.len() };
    let white = &text[end..gap.next];
    let begins = rest.strip_prefix(['"', '“']).unwrap_or(rest);
    let is_begun = begins.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
    let ends = rest.is_empty() || white.contains('\n') || (!white.is_empty() && is_begun);
    (ends && !is_abbreviation(&text[..stop])).then_some(gap)
}

/// The gap at the end of a line behind which a line is empty.
fn empty_line(text: &str, at: usize) -> Option<Gap> {
    let is_empty = text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    let next = text.len() - text[at..].trim_start().len();
    is_empty.then(|| Gap { end: text[..at].trim_end().len(), next })
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "7. TERM\n\nThe term begins on the date\nof this Agreement with Übersee Inc. and lasts two years. It is \
                        renewed for one year at a time (\"Renewal.\") Either party may prevent that, see No. 9";

    fn place(part: &str) -> TextRange {
        let start = TEXT.find(part).unwrap();
        TextRange::new(start, start + part.len())
    }

    fn whole(part: &str) -> &'static str {
        let range = Sentences::of(TEXT).whole(TEXT, place(part));
        &TEXT[range.start..range.end]
    }

    #[test]
    fn a_passage_is_grown_to_whole_sentences() {
        let first = "The term begins on the date\nof this Agreement with Übersee Inc. and lasts two years.";
        assert_eq!(whole("begins on the date"), first);
        assert_eq!(whole("Inc. and lasts two years"), first);
        assert_eq!(whole("lasts two years."), first);
        assert_eq!(whole("one year"), "It is renewed for one year at a time (\"Renewal.\")");
        let lettered = "Notices. (a) The Buyer shall pay. (b) Rent";
        assert_eq!(Sentences::of(lettered).whole(lettered, TextRange::new(13, 20)), TextRange::new(9, 33));
        assert_eq!(whole("TERM"), "TERM", "a heading, behind its number");
        assert_eq!(whole("prevent"), "Either party may prevent", "nothing ends it");
    }

    #[test]
    fn a_passage_has_its_sentences_as_parts() {
        let sentences = Sentences::of(TEXT);
        let parts = |part: &str| -> Vec<&str> {
            sentences.parts(place(part)).iter().map(|range| &TEXT[range.start..range.end]).collect()
        };
        let from = TEXT.find("The term").unwrap();
        let all = &TEXT[from..];
        assert_eq!(parts(all).len(), 3);
        assert_eq!(parts(all)[1], "It is renewed for one year at a time (\"Renewal.\")");
        assert_eq!(parts("two years. It is renewed").len(), 1, "too short to be parted");
        assert_eq!(parts("one year"), ["one year"]);
    }

    #[test]
    fn a_text_without_sentences_stays_as_it_is() {
        let table = "word ".repeat(1000);
        let range = TextRange::new(2000, 2004);
        assert_eq!(Sentences::of(&table).whole(&table, range), range);
        assert_eq!(Sentences::of("").parts(TextRange::new(0, 0)).len(), 1);
        let far = format!("A. {table}B. C");
        assert_eq!(Sentences::of(&far).whole(&far, range), range);
    }
}
