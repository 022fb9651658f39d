//! Questions put to models that need no weights.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use proviso_core::{Category, TextRange, Topic};
use proviso_encoder::{Encoder, Logits, OnProcessor, Pass, Schedule, Token};

use super::*;
use crate::{AnswerCache, answer_findings, evidence::in_tens};

/// Answers question `n` with the words `n..n + 3`, and counts its passes.
#[derive(Default)]
struct Finder {
    passes: AtomicUsize,
    longest: AtomicUsize,
}

impl Encoder for Finder {
    fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
        self.passes.fetch_add(1, Ordering::Relaxed);
        self.longest.fetch_max(pass.len(), Ordering::Relaxed);
        let wanted = pass.question[0];
        let words = pass.window;
        let whole = words.contains(&wanted) && words.contains(&(wanted + 2));
        let logit = |yes: bool| if yes { 6.0 } else { -12.0 };
        let none = if whole { [0.0; 2] } else { [6.0; 2] };
        let rows =
            words.iter().flat_map(|&id| [logit(whole && id == wanted), logit(whole && id == wanted + 2)]);
        Ok(Logits::new(2, none.into_iter().chain(rows).collect()))
    }

    fn outputs(&self) -> usize {
        2
    }
}

/// Words of nine letters, each a token with its number.
fn words(numbers: impl Iterator<Item = u32>) -> (String, Tokens) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for number in numbers {
        let start = text.len();
        text += &format!("word{number:05} ");
        tokens.push(Token { id: number, range: TextRange::new(start, text.len() - 1) });
    }
    (text, tokens.into_iter().collect())
}

fn question(topic: impl Into<Topic>, number: u32, tokens: usize) -> PreparedQuestion {
    PreparedQuestion { topic: topic.into(), tokens: vec![number; tokens] }
}

const SETTINGS: QuestionSettings = QuestionSettings {
    length: 30,
    special_tokens: 3,
    stride: 10,
    longest_question: 7,
    most_answer_tokens: 512,
    n_best: 20,
};

fn asked(model: &Finder, asking: &Asking<'_>) -> Asked {
    let reader = OnProcessor { encoder: model, schedule: Schedule { workers: 2, stand_back: false } };
    let done = RefCell::new(Vec::new());
    let asked =
        ask(&reader, asking, &|progress| done.borrow_mut().push(progress), &|| false).unwrap().unwrap();
    let total = asked.passes.made;
    assert_eq!(*done.borrow(), (1..=total).map(|done| PassesDone { done, total }).collect::<Vec<_>>());
    assert_eq!(asked.passes.all, total + asked.passes.screened_out + asked.passes.cached);
    asked
}

fn found(asked: &Asked, text: &str) -> Vec<(String, String)> {
    let finding = |f: &Finding| (f.topic.to_string(), text[f.range.start..f.range.end].to_owned());
    asked.findings.iter().map(finding).collect()
}

#[test]
fn every_question_is_answered_wherever_its_answer_stands() {
    let (text, tokens) = words(0..101);
    for (length, stride) in [(30, 10), (30, 17), (20, 99), (200, 200)] {
        let questions = [
            question(Topic::named("Rent"), 98, 2),
            question(Category::Insurance, 19, 1),
            question(Category::Parties, 500, 90),
        ];
        let settings = QuestionSettings { length, stride, ..SETTINGS };
        let asking = Asking {
            questions: &questions,
            text: &text,
            tokens: &tokens,
            settings,
            screen: None,
            kept: None,
        };
        let model = Finder::default();
        let asked = asked(&model, &asking);
        // No answer is longer than three words, so only windows that do not overlap may miss one.
        if stride < 20 {
            let expected =
                [("Insurance", "word00019 word00020 word00021"), ("Rent", "word00098 word00099 word00100")];
            assert_eq!(found(&asked, &text), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
            assert!(asked.findings.iter().all(|finding| finding.confidence > 0.99));
            let mut answered = asked.findings.clone();
            answer_findings(&text, &mut answered, |_| true);
            assert_eq!(answered[0].answer.as_deref(), Some("Yes"));
            assert_eq!(asked.n_best[1][0].text(&text), expected[0].1);
        }
        assert!(asked.n_best[2][0].is_none() && asked.n_best[2][0].probability > 0.99);
        assert_eq!(asked.passes.made, asked.passes.all);
        assert_eq!(model.passes.into_inner(), asked.passes.made);
        // Whole passes, and of the long question only its beginning.
        assert_eq!(model.longest.into_inner(), (length - 3).min(101 + 7));
    }
}

#[test]
fn the_same_passage_is_read_once_and_found_everywhere() {
    let (text, tokens) = words((0..40).map(|place| place % 10));
    let settings = QuestionSettings { length: 14, stride: 10, ..SETTINGS };
    let questions = [question(Category::Insurance, 3, 1)];
    let asking =
        Asking { questions: &questions, text: &text, tokens: &tokens, settings, screen: None, kept: None };
    let asked = asked(&Finder::default(), &asking);
    assert_eq!(asked.passes, PassesReport { all: 4, made: 1, screened_out: 0, cached: 3 });
    let starts: Vec<_> = asked.findings.iter().map(|finding| finding.range.start).collect();
    assert_eq!(starts, [30, 130, 230, 330]);
    let texts: BTreeSet<_> = asked.n_best[0].iter().map(|answer| answer.text(&text)).collect();
    assert_eq!(texts.len(), asked.n_best[0].len(), "equal words are listed once");
}

#[test]
fn another_question_costs_only_its_own_passes() {
    let (text, tokens) = words(0..101);
    let cache = AnswerCache::default();
    let model = Finder::default();
    let ask_of = |questions: &[PreparedQuestion], name: &str| {
        let kept = Some(KeptAnswers { cache: &cache, model: name });
        let asking =
            Asking { questions, text: &text, tokens: &tokens, settings: SETTINGS, screen: None, kept };
        asked(&model, &asking)
    };
    let questions = [question(Category::Insurance, 19, 1), question(Topic::named("Rent"), 60, 2)];
    let first = ask_of(&questions[..1], "one");
    assert_eq!((first.passes.made, first.passes.cached), (first.passes.all, 0));
    let both = ask_of(&questions, "one");
    assert_eq!(both.passes.cached, first.passes.all);
    assert_eq!(both.findings[0], first.findings[0]);
    assert_eq!(both.n_best[0], first.n_best[0]);
    assert_eq!(both.findings.len(), 2);
    let again = ask_of(&questions, "one");
    assert_eq!((again.passes.made, &again.findings), (0, &both.findings));
    assert_eq!(cache.len(), both.passes.all);
    assert_eq!(ask_of(&questions, "another").passes.cached, 0);
}

#[test]
fn a_cancelled_asking_goes_on_where_it_stopped() {
    let (text, tokens) = words(0..101);
    let cache = AnswerCache::default();
    let kept = Some(KeptAnswers { cache: &cache, model: "one" });
    let questions = [question(Category::Insurance, 19, 1)];
    let asking = Asking {
        questions: &questions,
        text: &text,
        tokens: &tokens,
        settings: SETTINGS,
        screen: None,
        kept,
    };
    let model = Finder::default();
    let reader = OnProcessor { encoder: &model, schedule: Schedule { workers: 1, stand_back: false } };
    let seen = Mutex::new(0);
    let outcome =
        ask(&reader, &asking, &|_| *seen.lock().unwrap() += 1, &|| *seen.lock().unwrap() >= 2).unwrap();
    assert!(outcome.is_err());
    let done = cache.len();
    assert!(done >= 2);
    let whole = asked(&model, &asking);
    assert_eq!(whole.passes.cached, done);
    assert_eq!(found(&whole, &text).len(), 1);
}

#[test]
fn what_the_screen_leaves_out_is_not_asked_but_for_ones_own_questions() {
    let (text, tokens) = words(0..100);
    let mut strengths = [0.001; 100];
    strengths[20] = 0.4;
    let evidence = in_tens(&[(Category::Insurance, &strengths)]);
    let screen = Screen::of(evidence, 0.1);
    let questions = [
        question(Category::Insurance, 19, 1),
        question(Category::Insurance, 60, 1),
        question(Topic::named("Rent"), 60, 2),
        question(Category::Parties, 60, 3),
    ];
    let asking = Asking {
        questions: &questions,
        text: &text,
        tokens: &tokens,
        settings: SETTINGS,
        screen: Some(&screen),
        kept: None,
    };
    let asked = asked(&Finder::default(), &asking);
    // Windows of 26 words begin at every tenth; word 20 is in three of nine, and one of them is read for it.
    assert_eq!(asked.passes, PassesReport { all: 36, made: 20, screened_out: 16, cached: 0 });
    // The start is judged in the best window that was read.
    let expected = [
        ("Parties", "word00060 word00061 word00062"),
        ("Insurance", "word00019 word00020 word00021"),
        ("Rent", "word00060 word00061 word00062"),
    ];
    assert_eq!(found(&asked, &text), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn an_empty_text_has_no_answers() {
    let tokens = Tokens::default();
    let questions = [question(Category::Insurance, 1, 1)];
    let asking = Asking {
        questions: &questions,
        text: "",
        tokens: &tokens,
        settings: SETTINGS,
        screen: None,
        kept: None,
    };
    let asked = asked(&Finder::default(), &asking);
    assert_eq!(asked.passes, PassesReport::default());
    assert!(asked.findings.is_empty());
    assert!(asked.n_best[0].len() == 1 && asked.n_best[0][0].is_none());
}
