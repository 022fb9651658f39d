//! The text of a stranger's PDF, with clauses anywhere in it: decoded from logits, grown to whole names and dates, and answered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use proviso_answers::{Clause, answers};
use proviso_core::{Category, Finding, TextRange, Topic};
use proviso_encoder::{Encoder, EncoderError, Logits, OnProcessor, Pass, Schedule, Token, Tokens};
use proviso_extract::{ReadSettings, TaggedText, answer_findings, read_tokens};

/// Starts, ends and insides of every category.
const OUTPUTS: usize = 3 * Category::ALL.len();

/// A model that finds some clauses, which ones depends on the seed.
struct Dice(u64);

impl Encoder for Dice {
    fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
        let logits = pass.window.iter().flat_map(|token| {
            let mut dice = fastrand::Rng::with_seed(self.0 ^ u64::from(*token));
            let mut values = vec![-12.0_f32; OUTPUTS];
            (0..6).for_each(|_| values[dice.usize(..OUTPUTS)] = 8.0 * dice.f32() - 3.0);
            values
        });
        Ok(Logits::new(OUTPUTS, logits.collect()))
    }

    fn outputs(&self) -> usize {
        OUTPUTS
    }
}

/// Words, marks and signs, each a token of its own.
fn tokens(text: &str) -> Tokens {
    let mut tokens: Vec<Token> = Vec::new();
    let mut is_word_before = false;
    for (start, character) in text.char_indices() {
        let (end, is_word) = (start + character.len_utf8(), character.is_alphanumeric());
        match tokens.last_mut() {
            Some(last) if is_word && is_word_before => last.range = TextRange::new(last.range.start, end),
            _ if character.is_whitespace() => {}
            _ => tokens.push(Token { id: tokens.len() as u32, range: TextRange::new(start, end) }),
        }
        is_word_before = is_word;
    }
    tokens.into_iter().collect()
}

fn found(text: &str, seed: u64) -> TaggedText {
    let (encoder, schedule) = (Dice(seed), Schedule { workers: 1, stand_back: false });
    let reader = OnProcessor { encoder: &encoder, schedule };
    let settings = ReadSettings { window: 64, stride: 32 };
    read_tokens(&reader, &Category::ALL, text, &tokens(text), settings, &|_| {}, &|| false)
        .expect("no model that fails")
        .expect("nobody cancels")
}

/// Clauses that end anywhere, also within a character or outside of the text.
fn anywhere(text: &str, seed: u64) -> Vec<Clause> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let mut clause = |category: Category| {
        let start = dice.usize(..text.len() + 2);
        let range = TextRange::new(start, start + dice.usize(..300));
        Clause { topic: Topic::from(category), range, weight: dice.f32(), counts: dice.bool() }
    };
    Category::ALL.into_iter().chain(Category::ALL).map(&mut clause).collect()
}

fuzz_target!(|data: &[u8]| {
    let Some((seed, text)) = data.split_first_chunk() else { return };
    let (seed, text) = (u64::from_le_bytes(*seed), String::from_utf8_lossy(text));
    let mut findings: Vec<Finding> = found(&text, seed).findings;
    let is_sound = |finding: &Finding| text.get(finding.range.start..finding.range.end).is_some();
    assert!(findings.iter().all(is_sound));
    answer_findings(&text, &mut findings, |finding| finding.confidence > 0.3);
    answers(&text, &anywhere(&text, seed));
});
