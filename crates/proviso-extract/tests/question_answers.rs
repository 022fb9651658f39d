//! Answers compared with those of transformers' SQuAD script, on the very same logits.

use std::path::{Path, PathBuf};

use proviso_core::{TextRange, Topic};
use proviso_encoder::{Cancelled, EncoderError, Logits, PassReader, Passes, Token, Tokens};
use proviso_extract::{Asking, PreparedQuestion, QuestionSettings, ask};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    max_length: usize,
    advance: usize,
    max_answer_length: usize,
    n_best_size: usize,
    pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    context: String,
    windows: Vec<ReadWindow>,
    n_best: Vec<ExpectedAnswer>,
    null_score: f64,
}

#[derive(Deserialize)]
struct ReadWindow {
    input_ids: Vec<u32>,
    offsets: Vec<(usize, usize)>,
    context: (usize, usize),
    first_context_token: usize,
    start_logits: Vec<f32>,
    end_logits: Vec<f32>,
}

#[derive(Deserialize)]
struct ExpectedAnswer {
    text: String,
    start: usize,
    end: usize,
    start_logit: f64,
    end_logit: f64,
    probability: f64,
}

impl Pair {
    /// The context's tokens, put together from its windows. It is ASCII, so that characters are bytes.
    fn tokens(&self) -> Tokens {
        let mut tokens = Vec::new();
        for window in &self.windows {
            let (begin, end) = window.context;
            let known = tokens.len() - window.first_context_token;
            tokens.extend((begin + known..end).map(|place| {
                let (start, end) = window.offsets[place];
                Token { id: window.input_ids[place], range: TextRange::new(start, end) }
            }));
        }
        tokens.into_iter().collect()
    }

    /// The question's tokens, which stand between the first special one and those before the context.
    fn question(&self, special_tokens: usize) -> PreparedQuestion {
        let window = &self.windows[0];
        let tokens = window.input_ids[1..window.context.0 - (special_tokens - 2)].to_vec();
        PreparedQuestion { topic: Topic::named("Question"), tokens }
    }
}

/// Gives each window the logits that it had, and checks that it is the same window.
struct Replay<'a> {
    pair: &'a Pair,
    n_best: usize,
}

impl PassReader for Replay<'_> {
    fn outputs(&self) -> usize {
        2
    }

    fn read(
        &self,
        passes: &dyn Passes,
        _: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        assert_eq!(passes.len(), self.pair.windows.len());
        for (index, window) in self.pair.windows.iter().enumerate() {
            let (begin, end) = window.context;
            let pass = passes.get(index);
            assert_eq!(pass.window, &window.input_ids[begin..end], "window {index}");
            assert_eq!(pass.question, &window.input_ids[1..1 + pass.question.len()]);
            let starts = as_the_script_ranks(&window.start_logits, self.n_best);
            let ends = as_the_script_ranks(&window.end_logits, self.n_best);
            let rows = std::iter::once(0).chain(begin..end).flat_map(|place| [starts[place], ends[place]]);
            on_logits(index, &Logits::new(2, rows.collect()));
        }
        Ok(Ok(()))
    }
}

/// The script takes a window's best places also among the question's tokens, whose logits the port does not hand over; models
/// that were trained never choose them, and these were not. What the script passes over for them is hidden here. The first
/// token stays: it says that there is no answer.
fn as_the_script_ranks(logits: &[f32], n_best: usize) -> Vec<f32> {
    let mut ranked: Vec<usize> = (0..logits.len()).collect();
    ranked.sort_by(|&a, &b| logits[b].total_cmp(&logits[a]));
    let mut seen = logits.to_vec();
    for place in ranked.into_iter().skip(n_best).filter(|place| *place > 0) {
        seen[place] = f32::NEG_INFINITY;
    }
    seen
}

fn folders() -> Vec<PathBuf> {
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proviso-encoder/tests/questions");
    let entries = std::fs::read_dir(questions)
        .expect("the models' folder")
        .map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.join("expected.json").exists()).collect()
}

fn check(pair: &Pair, expected: &Expected, special_tokens: usize, name: &str) {
    let tokens = pair.tokens();
    let questions = [pair.question(special_tokens)];
    let settings = QuestionSettings {
        most_answer_tokens: expected.max_answer_length,
        n_best: expected.n_best_size,
        ..QuestionSettings::new(expected.max_length, special_tokens, expected.advance)
    };
    let asking = Asking {
        questions: &questions,
        text: &pair.context,
        tokens: &tokens,
        settings,
        screen: None,
        kept: None,
    };
    let reader = Replay { pair, n_best: expected.n_best_size };
    let asked = ask(&reader, &asking, &|_| {}, &|| false).expect("replayed").expect("not cancelled");
    let list = &asked.n_best[0];
    let texts: Vec<_> = list.iter().map(|answer| answer.text(&pair.context)).collect();
    assert_eq!(texts, pair.n_best.iter().map(|answer| answer.text.as_str()).collect::<Vec<_>>(), "{name}");
    for (answer, expected) in list.iter().zip(&pair.n_best) {
        assert_eq!((answer.range.start, answer.range.end), (expected.start, expected.end), "{name}");
        assert!((answer.probability - expected.probability).abs() < 1e-5, "{name}: {answer:?}");
        assert!((f64::from(answer.start_logit) - expected.start_logit).abs() < 1e-5, "{name}: {answer:?}");
        assert!((f64::from(answer.end_logit) - expected.end_logit).abs() < 1e-5, "{name}: {answer:?}");
    }
    let none = list.iter().find(|answer| answer.is_none()).expect("always listed");
    assert!((f64::from(none.start_logit + none.end_logit) - pair.null_score).abs() < 1e-5, "{name}");
}

#[test]
fn answers_are_those_of_the_squad_script() {
    let mut pairs = 0;
    for folder in folders() {
        let name = folder.display().to_string();
        let json = std::fs::read(folder.join("expected.json")).unwrap();
        let expected: Expected = serde_json::from_slice(&json).unwrap();
        let special_tokens = if name.contains("roberta-bin") { 4 } else { 3 };
        for pair in &expected.pairs {
            check(pair, &expected, special_tokens, &name);
            pairs += 1;
        }
    }
    assert_eq!(pairs, 14);
}
