//! The best answers to a question as a list, as transformers' SQuAD v2 script writes it and CUAD's scorer reads it.

use std::collections::HashSet;

use proviso_core::TextRange;
use proviso_encoder::Tokens;
use serde::Serialize;

use super::spans::{AnswerSpan, ReadWindow};

/// An answer to a question, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Answer {
    /// Where it stands, without white space around it; empty if it says that the text has no answer.
    pub range: TextRange,
    /// Its share among the answers of the list, which add up to 1. Of several good answers none can be probable; use
    /// findings to see whether a passage is one.
    pub probability: f64,
    /// The logit of its first token.
    pub start_logit: f32,
    /// The logit of its last token.
    pub end_logit: f32,
}

impl Answer {
    /// Its words in the text that was asked about; none if it says that there is no answer.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.start..self.range.end]
    }

    /// Whether it says that the text has no answer.
    pub fn is_none(&self) -> bool {
        self.range.is_empty()
    }

    fn score(&self) -> f64 {
        f64::from(self.start_logit) + f64::from(self.end_logit)
    }
}

/// The `count` best answers of different words, best first. That there is none is one of them, with the logits of the window
/// that is least of this opinion; it is added where it is not among the best. In the list of a text without windows it stands
/// alone. (Where there is nothing else the script adds an answer `empty`, which means nothing.)
pub(super) fn n_best(
    text: &str,
    tokens: &Tokens,
    read: &[ReadWindow],
    spans: &[AnswerSpan],
    count: usize,
) -> Vec<Answer> {
    let none = no_answer(read);
    let place = |span: &AnswerSpan| Answer {
        range: trimmed(text, tokens, span),
        probability: 0.0,
        start_logit: span.start_logit,
        end_logit: span.end_logit,
    };
    // A span of white space alone would look like no answer.
    let mut found: Vec<Answer> = spans.iter().map(place).filter(|answer| !answer.is_none()).collect();
    found.push(none);
    // Stable, so that of equals the one that was proposed first stays first.
    found.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let mut seen = HashSet::new();
    found.retain(|answer| seen.len() < count && seen.insert(answer.text(text)));
    if !seen.contains("") {
        found.push(none);
    }
    let most = found.iter().map(Answer::score).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = found.iter().map(|answer| (answer.score() - most).exp()).sum();
    for answer in &mut found {
        answer.probability = (answer.score() - most).exp() / sum;
    }
    found
}

fn no_answer(read: &[ReadWindow]) -> Answer {
    let of_windows = read.iter().map(|(_, peaks)| peaks.no_answer);
    let (start_logit, end_logit) = of_windows
        .min_by(|a, b| (f64::from(a.0) + f64::from(a.1)).total_cmp(&(f64::from(b.0) + f64::from(b.1))))
        .unwrap_or_default();
    Answer { range: TextRange::new(0, 0), probability: 0.0, start_logit, end_logit }
}

/// The span's bytes. SentencePiece counts the space before a word to the word's first token; it is left out.
fn trimmed(text: &str, tokens: &Tokens, span: &AnswerSpan) -> TextRange {
    let (start, end) = (tokens.ranges()[span.first].start, tokens.ranges()[span.last].end);
    let found = &text[start..end];
    let start = start + (found.len() - found.trim_start().len());
    TextRange::new(start, start + found.trim().len())
}

#[cfg(test)]
mod tests {
    use proviso_encoder::Token;

    use super::*;

    fn span(first: usize, last: usize, logit: f32) -> AnswerSpan {
        AnswerSpan { first, last, start_logit: logit, end_logit: logit, no_answer: 0.0 }
    }

    fn listed(spans: &[AnswerSpan], count: usize) -> Vec<(String, f64)> {
        let text = "to be  to go";
        let ranges = [(0, 2), (2, 5), (5, 7), (7, 9), (9, 12)];
        let tokens: Tokens = ranges
            .map(|(start, end)| Token { id: 0, range: TextRange::new(start, end) })
            .into_iter()
            .collect();
        let list = n_best(text, &tokens, &[], spans, count);
        list.iter().map(|answer| (answer.text(text).to_owned(), answer.probability)).collect()
    }

    #[test]
    fn equal_words_and_white_space_are_left_out() {
        let list = listed(&[span(3, 3, 0.5), span(0, 0, 1.0), span(2, 2, 9.0), span(0, 1, -1.0)], 20);
        let expected = [("to", 2.0_f64), ("", 0.0), ("to be", -2.0)];
        let sum: f64 = expected.iter().map(|(_, score)| score.exp()).sum();
        assert_eq!(list.len(), 3);
        for ((text, probability), (words, score)) in list.iter().zip(expected) {
            assert_eq!(text, words);
            assert!((probability - score.exp() / sum).abs() < 1e-12);
        }
    }

    #[test]
    fn that_there_is_none_is_always_listed() {
        let spans = [span(0, 0, 3.0), span(1, 1, 2.0), span(4, 4, 1.0)];
        let words: Vec<_> = listed(&spans, 2).into_iter().map(|(text, _)| text).collect();
        assert_eq!(words, ["to", "be", ""]);
        assert_eq!(listed(&[], 20), [(String::new(), 1.0)]);
    }
}
