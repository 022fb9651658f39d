//! Whether two answers are the same once both are normalised.
//!
//! What an annotator wrote is read with the grammar that reads clauses, so that `11/6/16` is 2016-11-06, `[]/[]/2011` the year
//! 2011, `Province of Ontario, Canada` Ontario and `12 months` a year. Whether renewals are successive is not compared: the
//! answers are a number and a unit. An answer with several parts is the same if the parts are, in whichever order.

use std::collections::BTreeSet;

use proviso_answers::{Answer, Period, Renewal, Value, read};
use proviso_core::Category;

/// What is compared of an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Words(String),
    Day(String),
    Perpetual,
    Length(bool, u64),
    Place(&'static str),
}

/// Whether the annotators' words are any answer to compare with.
pub(super) fn says_something(category: Category, gold: &str) -> bool {
    !parts_of_words(category, gold).is_empty()
}

/// Whether an answer is the one that the annotators wrote; no answer is the same as none.
pub fn is_same(category: Category, gold: &str, found: Option<&Answer>) -> bool {
    let gold = parts_of_words(category, gold);
    let found = found.map(|found| parts(&found.value)).unwrap_or_default();
    match category {
        Category::Parties => are_same_parties(&gold, &found),
        Category::DocumentName => gold.len() == found.len() && gold.iter().zip(&found).all(are_same_titles),
        _ => gold == found,
    }
}

fn length(period: Period) -> Part {
    let (in_months, length) = period.canonical();
    Part::Length(in_months, length)
}

fn parts(value: &Value) -> BTreeSet<Part> {
    match value {
        Value::Yes | Value::No => BTreeSet::new(),
        Value::Title(title) => BTreeSet::from([Part::Words(words(title))]),
        Value::Parties(parties) => parties.iter().map(|party| Part::Words(words(&party.name))).collect(),
        Value::Day(day) => BTreeSet::from([Part::Day(day.to_string())]),
        Value::Perpetual | Value::Renewal(Renewal::Perpetual) => BTreeSet::from([Part::Perpetual]),
        Value::Renewal(Renewal::For { period, .. }) | Value::Period(period) => {
            BTreeSet::from([length(*period)])
        }
        Value::Law(places) => places.iter().map(|place| Part::Place(place.code)).collect(),
    }
}

fn parts_of_words(category: Category, gold: &str) -> BTreeSet<Part> {
    match category {
        Category::DocumentName | Category::Parties if gold.trim().is_empty() => BTreeSet::new(),
        Category::DocumentName => BTreeSet::from([Part::Words(words(gold))]),
        Category::Parties => read::party_names(gold).iter().map(|name| Part::Words(words(name))).collect(),
        Category::GoverningLaw => read::places(gold).iter().map(|place| Part::Place(place.code)).collect(),
        _ => {
            let perpetual = gold.to_lowercase().contains("perpetual").then_some(Part::Perpetual);
            let days = read::days(gold).into_iter().map(|day| Part::Day(day.to_string()));
            let is_duration =
                matches!(category, Category::RenewalTerm | Category::NoticePeriodToTerminateRenewal);
            // Annotators leave brackets open: `60) days`.
            let closed = if gold.contains('(') { gold.to_owned() } else { gold.replace(')', "") };
            let lengths = is_duration.then(|| read::periods(&closed)).into_iter().flatten().map(length);
            perpetual.into_iter().chain(days.filter(|_| !is_duration)).chain(lengths).collect()
        }
    }
}

/// Letters and digits in small letters, word by word.
fn words(text: &str) -> String {
    let word = |word: &str| {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '&' | ','))
        .map(word)
        .filter(|word| !word.is_empty() && word != "and")
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether titles are the same but for one letter at the end: annotators leave the last one out, or take the first of what follows
/// along (`Agreemen`, `Agreement (“A`).
fn are_same_titles((gold, found): (&Part, &Part)) -> bool {
    let (Part::Words(gold), Part::Words(found)) = (gold, found) else { return gold == found };
    let (gold, found) = (gold.replace(' ', ""), found.replace(' ', ""));
    let rest = gold.strip_prefix(&found).or_else(|| found.strip_prefix(&gold));
    let is_letter = |rest: &str| rest.chars().count() == 1 && rest.chars().all(char::is_alphabetic);
    rest.is_some_and(|rest| rest.is_empty() || is_letter(rest))
}

/// Each name of one side is one of the other's. Annotators mistype names and leave out their ends (`Ginko`, `Inc`), so that two
/// names are the same if half of their words are, as two clauses are in CUAD's own measure; `Ltd` and `Limited` are one word.
fn are_same_parties(gold: &BTreeSet<Part>, found: &BTreeSet<Part>) -> bool {
    let all = |some: &BTreeSet<Part>, others: &BTreeSet<Part>| {
        some.iter().all(|name| others.iter().any(|other| is_same_name(name, other)))
    };
    all(gold, found) && all(found, gold)
}

fn is_same_name(a: &Part, b: &Part) -> bool {
    let (Part::Words(a), Part::Words(b)) = (a, b) else { return false };
    let spelt = |name: &str| -> BTreeSet<String> {
        name.split(' ').map(|word| read::one_spelling(word).to_owned()).collect()
    };
    let (a, b) = (spelt(a), spelt(b));
    2 * a.intersection(&b).count() >= a.union(&b).count()
}

#[cfg(test)]
mod tests {
    use proviso_answers::{Clause, answers};
    use proviso_core::TextRange;

    use super::*;

    fn answer(category: Category, text: &str) -> Option<Answer> {
        let clause = Clause {
            topic: category.into(),
            range: TextRange::new(0, text.len()),
            weight: 1.0,
            counts: true,
        };
        answers(text, &[clause]).of_contract.remove(&category)
    }

    #[test]
    fn both_sides_are_normalised() {
        for (category, gold, text) in [
            (Category::AgreementDate, "11/6/16", "the 6th day of November, 2016"),
            (Category::AgreementDate, "07/[]/2013", "July __, 2013"),
            (Category::AgreementDate, "[]/[]/2011", "____ day of ____, 2011"),
            (Category::AgreementDate, "", "the day of its signing"),
            (Category::ExpirationDate, "Perpetual", "continues until terminated by either party"),
            (
                Category::RenewalTerm,
                "successive 1 year",
                "renewed for additional terms of twelve months each",
            ),
            (Category::NoticePeriodToTerminateRenewal, "60) days", "sixty (60) days prior notice"),
            (Category::GoverningLaw, "Province of Ontario, Canada", "the laws of Ontario"),
            (Category::GoverningLaw, "England; Wales", "English law"),
            (Category::GoverningLaw, "China", "the laws of the PRC"),
            (Category::DocumentName, "SUPPLY  AGREEMENT", "Supply Agreement"),
            (Category::DocumentName, "Supply Agreemen", "Supply Agreement"),
            (Category::DocumentName, "Supply Agreement (“A", "Supply Agreement"),
        ] {
            assert!(is_same(category, gold, answer(category, text).as_ref()), "{gold}: {text}");
        }
        for (category, gold, text) in [
            (Category::AgreementDate, "11/6/16", "November 2016"),
            (Category::GoverningLaw, "Delaware", "the laws of Ohio"),
            (Category::RenewalTerm, "", "renewed for one year"),
            (Category::DocumentName, "Agreement", "Supply Agreement"),
            (Category::DocumentName, "Supply Agreement 2", "Supply Agreement"),
            (Category::DocumentName, "", "Supply Agreement"),
        ] {
            assert!(!is_same(category, gold, answer(category, text).as_ref()), "{gold}: {text}");
        }
    }

    #[test]
    fn all_parties_of_a_contract_are_wanted() {
        let text = "Ginkgo Works, Inc. (\"GW\") and Bolt LLC";
        let clause = |start, end| Clause {
            topic: Category::Parties.into(),
            range: TextRange::new(start, end),
            weight: 1.0,
            counts: true,
        };
        let both = answers(text, &[clause(0, 18), clause(30, 38)]).of_contract.remove(&Category::Parties);
        assert_eq!(both.as_ref().unwrap().to_string(), "Ginkgo Works, Inc. (\"GW\"); Bolt LLC");
        let is_same = |gold: &str| is_same(Category::Parties, gold, both.as_ref());
        assert!(is_same("Bolt, LLC; Ginko Works, Inc. (“GW”, each a “Party” and together the “Parties”)"));
        assert!(is_same("Bolt LLC; Ginkgo Incorporated"), "half of the words");
        assert!(!is_same("Bolt LLC"));
        assert!(!is_same("Bolt LLC; Ginkgo Works Inc; Third Corp."));
    }
}
