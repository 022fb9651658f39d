//! Whatever numbers a model gives, or none, there are findings within the text with confidences between 0 and 1.
#![allow(missing_docs, clippy::unwrap_used)]

use proviso_core::{Category, Finding, TextRange, Topic};
use proviso_encoder::{Encoder, EncoderError, Logits, OnProcessor, Pass, Schedule, Token, Tokens};
use proviso_extract::{
    Asked, Asking, PreparedQuestion, QuestionSettings, ReadSettings, TaggedText, ask, read_tokens,
};
use proviso_hostile::seeds;

const LABELS: [Category; 3] = [Category::Insurance, Category::Parties, Category::AgreementDate];

/// Numbers at the edge of what a logit can be.
const EDGES: [f32; 10] = [
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN,
    f32::MIN_POSITIVE,
    0.0,
    -0.0,
    88.8,
    -104.0,
];

/// A model that gives every token the logits that `logit` says: of the pass's first token, the row and the place in it.
struct Giving<F> {
    outputs: usize,
    logit: F,
}

impl<F: Fn(u32, usize, usize) -> f32 + Send + Sync> Encoder for Giving<F> {
    fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
        let rows = pass.window.len() + usize::from(!pass.question.is_empty());
        let first = pass.window.first().copied().unwrap_or(0);
        let places = (0..rows).flat_map(|row| (0..self.outputs).map(move |place| (row, place)));
        let values = places.map(|(row, place)| (self.logit)(first, row, place)).collect();
        Ok(Logits::new(self.outputs, values))
    }

    fn outputs(&self) -> usize {
        self.outputs
    }
}

/// Words of several bytes, blanks of several kinds and punctuation; each word is a token.
fn text(words: usize) -> (String, Tokens) {
    const WORDS: [&str; 7] = ["This", "Über\u{a0}eins", "漢字", "Inc.", "\u{301}e", "\n\n", "(the"];
    let mut text = String::new();
    let mut tokens = Vec::new();
    for number in 0..words {
        let start = text.len();
        text.push_str(WORDS[number % WORDS.len()]);
        tokens.push(Token { id: number as u32, range: TextRange::new(start, text.len()) });
        text.push(' ');
    }
    (text, tokens.into_iter().collect())
}

fn assert_sound(text: &str, findings: &[Finding]) {
    for finding in findings {
        assert!(text.get(finding.range.start..finding.range.end).is_some(), "{finding:?}");
        assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
    }
}

fn tagged(words: usize, logit: impl Fn(u32, usize, usize) -> f32 + Send + Sync) -> TaggedText {
    let (text, tokens) = text(words);
    let encoder = Giving { outputs: 3 * LABELS.len(), logit };
    let reader = OnProcessor { encoder: &encoder, schedule: Schedule { workers: 1, stand_back: false } };
    let settings = ReadSettings { window: 20, stride: 10 };
    let read = read_tokens(&reader, &LABELS, &text, &tokens, settings, &|_| {}, &|| false);
    let read = read.unwrap().unwrap();
    assert_sound(&text, &read.findings);
    for category in LABELS {
        let evidence = read.evidence.of(category, TextRange::new(0, text.len())).unwrap();
        assert!((0.0..=1.0).contains(&evidence));
    }
    read
}

fn asked(words: usize, logit: impl Fn(u32, usize, usize) -> f32 + Send + Sync) -> Asked {
    let (text, tokens) = text(words);
    let encoder = Giving { outputs: 2, logit };
    let reader = OnProcessor { encoder: &encoder, schedule: Schedule { workers: 1, stand_back: false } };
    let questions = [PreparedQuestion { topic: Topic::named("Insurance"), tokens: vec![900, 901] }];
    let asking = Asking {
        questions: &questions,
        text: &text,
        tokens: &tokens,
        settings: QuestionSettings::new(24, 3, 10),
        screen: None,
        kept: None,
    };
    let asked = ask(&reader, &asking, &|_| {}, &|| false).unwrap().unwrap();
    assert_sound(&text, &asked.findings);
    for answer in asked.n_best.iter().flatten() {
        assert!(text.get(answer.range.start..answer.range.end).is_some(), "{answer:?}");
        assert!((0.0..=1.0).contains(&answer.probability), "{answer:?}");
    }
    asked
}

#[test]
fn the_same_number_everywhere_is_read() {
    for value in EDGES {
        for words in [0, 1, 19, 120] {
            tagged(words, |_, _, _| value);
            asked(words, |_, _, _| value);
        }
    }
}

#[test]
fn a_token_that_has_no_numbers_costs_no_other_its_clause() {
    // Tokens 60 to 62 begin, go on with and end a clause; token 7 of the text has no numbers.
    let logit = |spoilt: Option<usize>| {
        move |first: u32, row: usize, place: usize| {
            let (token, kind, category) = (first as usize + row, place / LABELS.len(), place % LABELS.len());
            let yes = category == 0 && [token == 60, token == 62, (60..=62).contains(&token)][kind];
            if spoilt == Some(token) {
                f32::NAN
            } else if yes {
                6.0
            } else {
                -9.0
            }
        }
    };
    let whole = tagged(120, logit(None));
    assert_eq!(whole.findings.len(), 1);
    assert_eq!(tagged(120, logit(Some(7))).findings, whole.findings);
}

#[test]
fn numbers_at_the_edges_in_any_order_are_read() {
    for seed in seeds("logits", 40) {
        let logit = move |first: u32, row: usize, place: usize| {
            let mut random =
                fastrand::Rng::with_seed(seed ^ (u64::from(first) << 40 | (row as u64) << 8 | place as u64));
            match random.u8(..4) {
                0 => EDGES[random.usize(..EDGES.len())],
                1 => f32::from_bits(random.u32(..)),
                _ => 20.0 * random.f32() - 10.0,
            }
        };
        tagged(90, logit);
        asked(90, logit);
    }
}
