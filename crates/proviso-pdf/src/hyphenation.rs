//! Words cut at a line end: joined only where the document itself shows that they are one word, or that
//! the halves are none.

use std::collections::HashMap;

use crate::layout::TextLine;

const SOFT_HYPHEN: char = '\u{AD}';

/// Beginnings that are written with a hyphen before a word; after one of them a cut says nothing.
const PREFIXES: [&str; 20] = [
    "all", "anti", "co", "counter", "cross", "ex", "half", "inter", "mid", "multi", "non", "post", "pre",
    "quasi", "re", "self", "semi", "sub", "vice", "well",
];

/// How often the document writes which word within a line.
pub struct Hyphens {
    words: HashMap<String, u32>,
    /// Whether plain hyphens occur besides soft ones, so that a soft hyphen means what it should.
    soft_are_soft: bool,
}

/// What becomes of a line's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// The hyphen and the break go: the word continues.
    Joined,
    /// Both stay.
    Kept,
}

impl Hyphens {
    /// Counts the words of the lines; those cut at a line end do not count.
    pub fn of_lines<'l>(lines: impl Iterator<Item = &'l TextLine>) -> Self {
        let mut words: HashMap<String, u32> = HashMap::new();
        let mut plain = false;
        let mut follows_cut = false;
        for line in lines {
            let text = line.text();
            let mut parts: Vec<&str> = text.split_whitespace().collect();
            plain |= text.contains('-');
            let is_cut = parts.last().is_some_and(|word| ends_in_hyphen(word));
            if is_cut {
                parts.pop();
            }
            for part in parts.into_iter().skip(usize::from(follows_cut)) {
                let word = core(part);
                if !word.is_empty() {
                    *words.entry(word).or_default() += 1;
                }
            }
            follows_cut = is_cut;
        }
        Self { words, soft_are_soft: plain }
    }

    /// Decides about a line end, given the texts of its line and of the next one.
    pub fn decide(&self, line: &str, next: &str) -> LineEnd {
        let (Some(head), Some(tail)) = (line.split_whitespace().last(), next.split_whitespace().next())
        else {
            return LineEnd::Kept;
        };
        let stem = &head[..head.len() - head.chars().last().map_or(0, char::len_utf8)];
        let goes_on = ends_in_hyphen(head)
            && stem.chars().last().is_some_and(char::is_alphabetic)
            && tail.chars().next().is_some_and(char::is_lowercase);
        if !goes_on {
            return LineEnd::Kept;
        }
        if head.ends_with(SOFT_HYPHEN) && self.soft_are_soft {
            return LineEnd::Joined;
        }
        let (stem, tail) = (core(stem), core(tail));
        let joined = self.count(&format!("{stem}{tail}"));
        let hyphenated = self.count(&format!("{stem}-{tail}"));
        if joined > hyphenated || (hyphenated == 0 && self.are_fragments(&stem, &tail)) {
            LineEnd::Joined
        } else {
            LineEnd::Kept
        }
    }

    /// Whether both halves are nothing by themselves in the whole document, as "gov" and "erned" are not: then the
    /// hyphen is no part of the word. Of "third-party" the document knows at least one half.
    fn are_fragments(&self, stem: &str, tail: &str) -> bool {
        !stem.contains('-')
            && !PREFIXES.contains(&stem)
            && stem.chars().chain(tail.chars()).all(char::is_alphabetic)
            && self.count(stem) == 0
            && self.count(tail) == 0
    }

    fn count(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(0)
    }
}

fn ends_in_hyphen(word: &str) -> bool {
    word.chars().count() > 1 && word.ends_with(['-', '\u{2010}', SOFT_HYPHEN])
}

/// A word in lower case without what stands around it.
fn core(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace(['\u{2010}', SOFT_HYPHEN], "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::TextChar;

    fn hyphens(lines: &[&str]) -> Hyphens {
        let lines: Vec<TextLine> = lines
            .iter()
            .map(|text| TextLine {
                chars: text
                    .chars()
                    .map(|character| TextChar { character, rect: proviso_core::PdfRect::default() })
                    .collect(),
                starts_block: false,
                from_top: 0.0,
                from_bottom: 0.0,
                size: 10.0,
                is_main: true,
            })
            .collect();
        Hyphens::of_lines(lines.iter())
    }

    #[test]
    fn a_word_that_the_document_knows_whole_is_joined() {
        let known = hyphens(&["the Agreement is", "under this agree-", "ment."]);
        assert_eq!(known.decide("under this agree-", "ment."), LineEnd::Joined);
    }

    #[test]
    fn without_evidence_the_hyphen_stays() {
        let known = hyphens(&["a covenant of non-", "compete is"]);
        assert_eq!(known.decide("a covenant of non-", "compete is"), LineEnd::Kept);
    }

    #[test]
    fn halves_that_are_no_words_of_the_document_are_joined() {
        let lines = ["shall be gov-", "erned by a third-", "party as third persons do, pre-", "sented"];
        let known = hyphens(&lines);
        assert_eq!(known.decide(lines[0], lines[1]), LineEnd::Joined);
        assert_eq!(known.decide(lines[1], lines[2]), LineEnd::Kept, "\"third\" is a word of its own");
        assert_eq!(known.decide(lines[2], lines[3]), LineEnd::Kept, "\"pre-\" may be meant");
    }

    #[test]
    fn a_word_that_is_mostly_hyphenated_keeps_its_hyphen() {
        let known = hyphens(&["a non-compete and a non-compete, not a noncompete"]);
        assert_eq!(known.decide("the non-", "compete"), LineEnd::Kept);
    }

    #[test]
    fn names_and_numbers_are_never_joined() {
        let known = hyphens(&["CocaCola 1020"]);
        assert_eq!(known.decide("Coca-", "Cola"), LineEnd::Kept);
        assert_eq!(known.decide("10-", "20"), LineEnd::Kept);
    }

    #[test]
    fn soft_hyphens_are_joined_where_they_differ_from_plain_ones() {
        assert_eq!(hyphens(&["well-known"]).decide("ob\u{AD}", "tain"), LineEnd::Joined);
        assert_eq!(hyphens(&["nothing"]).decide("non\u{AD}", "compete"), LineEnd::Kept);
    }
}
