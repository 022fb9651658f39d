//! Whatever a contract says, its answers are worked out without a panic, and quickly.

use proviso_answers::{Clause, answers, read};
use proviso_core::{Category, TextRange};

/// What the grammar looks for, in pieces and at its limits, with characters of several bytes between.
const PIECES: &[&str] = &[
    "May",
    "may",
    "31",
    "February",
    "29",
    "2023",
    "0000",
    "99999999999999999999",
    "year",
    "years",
    "(",
    ")",
    "three",
    "one hundred",
    "first",
    "thirty-first",
    "anniversary",
    "day of",
    "the Effective Date",
    "from",
    "until",
    "terminated",
    "in perpetuity",
    "renew",
    "successive",
    "notice",
    "prior to",
    "[ ]",
    "[***]",
    "____",
    "/",
    "-",
    ".",
    ",",
    "\"",
    "“",
    "”",
    "the laws of",
    "New York",
    "England and Wales",
    "PRC",
    "Inc.",
    "and",
    "<omitted>",
    "\n\n",
    "Ü",
    "漢字",
    "\u{301}",
    "\u{feff}",
    "😀",
    "'",
    "’",
    "half a",
    "(I)",
    "month to month",
    "Company",
    "collectively",
];

fn every_category(range: TextRange) -> Vec<Clause> {
    let clause = |category: Category| Clause { topic: category.into(), range, weight: 0.5, counts: true };
    Category::ALL.map(clause).to_vec()
}

#[test]
fn no_text_makes_the_answers_panic() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..1500 {
        let pieces = (0..random.usize(0..40)).map(|_| PIECES[random.usize(..PIECES.len())]);
        let pieces: Vec<&str> = pieces.collect();
        let text = pieces.join(if random.bool() { " " } else { "" });
        let mut clauses = every_category(TextRange::new(0, text.len()));
        // Parties in pieces, which overlap and lie between the bytes of a character.
        for _ in 0..6 {
            let (a, b) = (random.usize(0..=text.len()), random.usize(0..=text.len()));
            let range = TextRange::new(a.min(b), a.max(b));
            clauses.push(Clause {
                topic: Category::Parties.into(),
                range,
                weight: f32::NAN,
                counts: random.bool(),
            });
        }
        let answered = answers(&text, &clauses);
        assert_eq!(answered.of_clauses.len(), clauses.len());
        for answer in answered.of_clauses.iter().flatten().chain(answered.of_contract.values()) {
            assert!(!answer.to_string().contains('\n'), "{answer}");
        }
        read::days(&text);
        read::periods(&text);
        read::places(&text);
        read::party_names(&text);
    }
}

#[test]
fn clauses_that_lie_outside_of_the_text_say_nothing() {
    let answered = answers("short", &every_category(TextRange::new(3, 900)));
    assert_eq!(answered.of_contract.get(&Category::GoverningLaw), None);
    assert_eq!(answered.of_contract.get(&Category::Parties), None);
}

#[test]
fn long_clauses_are_answered_in_time_linear_in_them() {
    for piece in [
        "(((((",
        "\"\"\"\"",
        "May 1, 2020 ",
        "the laws of Ohio and ",
        "one (1) year ",
        "until ",
        "Acme Inc. (\"A\") ",
    ] {
        let text = piece.repeat(4000);
        answers(&text, &every_category(TextRange::new(0, text.len())));
    }
}

#[test]
fn days_outside_of_the_calendar_are_no_answers() {
    for text in [
        "31 February 2020",
        "for 99999 years from January 1, 2020",
        "0 years from January 1, 2020",
        "4294967295 days from January 1, 2020",
        "January 1, 0000",
        "32 May 2011",
    ] {
        let range = TextRange::new(0, text.len());
        for category in [Category::AgreementDate, Category::ExpirationDate] {
            let clause = Clause { topic: category.into(), range, weight: 1.0, counts: true };
            let answer = answers(text, &[clause]).of_contract.remove(&category);
            let told = answer.map(|answer| answer.to_string()).unwrap_or_default();
            assert!(told.is_empty() || told == "2020-01-01" || told == "2011-05", "{text}: {told}");
        }
    }
}
