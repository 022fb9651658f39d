//! A whole text read by a span tagger.

use proviso_core::{Category, Finding, TextRange, Topic};
use proviso_encoder::{Cancelled, EncoderError, PassReader, TextWindows, Tokens, cut_windows};

use crate::{
    Evidence,
    days::{is_no_date, whole_date},
    decode::{Span, decode},
    merge::WindowMerger,
    names::{is_no_name, whole_name},
    roles::lift_names,
    sentences::Sentences,
    snap::snap,
    titles::whole_title,
};

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSettings {
    /// Tokens of text in a window, without the special ones.
    pub window: usize,
    /// Tokens from the beginning of one window to that of the next: the smaller, the more often each passage is read.
    pub stride: usize,
}

/// How far a reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowsRead {
    /// Windows read so far.
    pub done: usize,
    /// Windows of the text.
    pub total: usize,
}

/// What a span tagger makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedText {
    /// Everything that the model proposes, by category and then by place. Confidences go down to nearly nothing; thresholds are
    /// the caller's, and so are answers, which rest on several findings.
    pub findings: Vec<Finding>,
    /// What speaks for each category at every token.
    pub evidence: Evidence,
}

/// Reads a text.
///
/// `labels` names the categories in the order of the model's outputs. `on_progress` is called on this thread.
///
/// # Errors
/// If the reader fails.
///
/// # Panics
/// If the reader gives other logits than three for each label.
pub fn read_tokens(
    reader: &dyn PassReader,
    labels: &[Category],
    text: &str,
    tokens: &Tokens,
    settings: ReadSettings,
    on_progress: &dyn Fn(WindowsRead),
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Result<TaggedText, Cancelled>, EncoderError> {
    assert_eq!(3 * labels.len(), reader.outputs(), "the labels are those of another model");
    let windows = cut_windows(tokens.len(), settings.window, settings.stride);
    let mut merger = WindowMerger::new(labels.len(), settings.window.div_ceil(4));
    let mut done = 0;
    let passes = TextWindows { ids: tokens.ids(), windows: &windows };
    let outcome = reader.read(&passes, is_cancelled, &mut |index, logits| {
        merger.add(windows[index], logits);
        done += 1;
        on_progress(WindowsRead { done, total: windows.len() });
    })?;
    if let Err(cancelled) = outcome {
        return Ok(Err(cancelled));
    }
    let mut findings = Vec::new();
    let mut evidence = Evidence::new(tokens.ranges());
    let sentences = Sentences::of(text);
    for (&category, scores) in labels.iter().zip(merger.finish()) {
        let topic = Topic::from(category);
        for (range, score) in passages(text, &sentences, tokens, category, &decode(&scores)) {
            findings.push(Finding { topic: topic.clone(), range, confidence: score, answer: None });
        }
        evidence.add(category, scores.evidence);
    }
    findings.sort_by(|a, b| a.place().cmp(&b.place()));
    Ok(Ok(TaggedText { findings, evidence }))
}

/// The spans of a category as passages with their scores, brought to the boundaries that a reader would draw. `spans` are the best
/// first.
fn passages(
    text: &str,
    sentences: &Sentences,
    tokens: &Tokens,
    category: Category,
    spans: &[Span],
) -> Vec<(TextRange, f32)> {
    let topic = Topic::from(category);
    let snapped = spans.iter().map(|span| {
        let (first, last) = (tokens.ranges()[span.first], tokens.ranges()[span.last]);
        (snap(text, TextRange::new(first.start, last.end), &topic), span.score)
    });
    let mut grown: Vec<(TextRange, f32)> = Vec::new();
    let is_free =
        |grown: &[(TextRange, f32)], range: TextRange| grown.iter().all(|(other, _)| !other.overlaps(&range));
    let Some((whole, is_none)) = growing(category) else {
        // A clause is whole sentences, as far as no better one stands in them.
        for (range, score) in snapped {
            let whole = sentences.whole(text, range);
            let free = [whole, range].into_iter().find(|range| is_free(&grown, *range));
            grown.extend(free.map(|range| (range, score)));
        }
        return grown;
    };
    // Parts of one name, title or date grow to the same: the best of them stands for it.
    for (range, score) in snapped {
        let range = whole(text, range);
        if is_free(&grown, range) && !is_none(text, range) {
            grown.push((range, score));
        }
    }
    if category == Category::Parties {
        lift_names(text, &mut grown);
    }
    grown
}

/// Of a category of names or days, what makes a part of one whole, and what is none.
type Growing = (fn(&str, TextRange) -> TextRange, fn(&str, TextRange) -> bool);

fn growing(category: Category) -> Option<Growing> {
    match category {
        Category::Parties => Some((whole_name, is_no_name)),
        Category::DocumentName => Some((whole_title, |_, _| false)),
        Category::AgreementDate | Category::EffectiveDate => Some((whole_date, is_no_date)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proviso_encoder::{Encoder, Logits, OnProcessor, Pass, Schedule, Token};

    use super::*;

    /// Marks the words that it was told, by their ids.
    struct Marker {
        first: u32,
        last: u32,
    }

    impl Encoder for Marker {
        fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
            let logit = |yes: bool| if yes { 4.0 } else { -9.0 };
            let rows = pass.window.iter().flat_map(|&id| {
                let inside = (self.first..=self.last).contains(&id);
                // Two categories; the second is never found.
                [id == self.first, false, id == self.last, false, inside, false].map(logit)
            });
            Ok(Logits::new(6, rows.collect()))
        }

        fn outputs(&self) -> usize {
            6
        }
    }

    /// Each word of the text as a token, numbered.
    fn words(text: &str) -> Tokens {
        let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        text.split(' ')
            .zip(0..)
            .map(|(word, id)| Token {
                id,
                range: TextRange::new(start_of(word), start_of(word) + word.len()),
            })
            .collect()
    }

    #[test]
    fn a_clause_is_found_whole_whichever_windows_it_lies_in() {
        let text: Vec<String> = (0..100).map(|n| format!("word{n}")).collect();
        let text = text.join(" ");
        let tokens = words(&text);
        let labels = [Category::Insurance, Category::Parties];
        for (window, stride) in [(100, 100), (40, 20), (30, 10)] {
            let settings = ReadSettings { window, stride };
            let schedule = Schedule { workers: 2, stand_back: false };
            let reader = OnProcessor { encoder: &Marker { first: 33, last: 47 }, schedule };
            let read =
                read_tokens(&reader, &labels, &text, &tokens, settings, &|_| {}, &|| false).unwrap().unwrap();
            let findings = read.findings;
            assert_eq!(findings.len(), 1, "{window}/{stride}");
            let found = &text[findings[0].range.start..findings[0].range.end];
            assert!(found.starts_with("word33 ") && found.ends_with(" word47"), "{found}");
            assert_eq!(findings[0].topic, Category::Insurance.into());
            assert!(findings[0].confidence > 0.9);
            let of = |category, range| read.evidence.of(category, range).unwrap();
            assert!(of(Category::Insurance, findings[0].range) > 0.9);
            assert!(of(Category::Insurance, TextRange::new(0, findings[0].range.start)) < 0.01);
            assert!(of(Category::Parties, findings[0].range) < 0.01);
            assert_eq!(read.evidence.of(Category::GoverningLaw, findings[0].range), None);
        }
    }
}
