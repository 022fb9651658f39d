//! Answers that a person wrote, read with the grammar that reads clauses: to compare them with ours.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Day, Period, Place, dates::dates, law::law_of_answer, pattern::pattern, period};

/// A year in CUAD's form with blanks for month and day (`[]/[]/2011`), or for the day (`07/[]/2013`).
static WITH_BLANKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\[\s*\]|(?P<month>\d{1,2}))\s*/\s*\[\s*\]\s*/\s*(?P<year>\d{4})\b"));

/// The days of an answer such as `11/6/16`.
pub fn days(answer: &str) -> Vec<Day> {
    let blank = WITH_BLANKS.captures(answer).and_then(|captures| {
        let month = captures.name("month").and_then(|month| month.as_str().parse().ok());
        Day::new(captures.name("year")?.as_str().parse().ok()?, month, None)
    });
    match blank {
        Some(day) => vec![day],
        None => dates(answer).into_iter().map(|found| found.day).collect(),
    }
}

/// The periods of an answer such as `successive 1 year`.
pub fn periods(answer: &str) -> Vec<Period> {
    period::periods(answer).into_iter().map(|found| found.period).collect()
}

/// The places of an answer such as `Ontario, Canada`; a country is left out where a part of it is named.
pub fn places(answer: &str) -> Vec<Place> {
    law_of_answer(answer)
}

/// The names of an answer such as `Acme Inc. ("Acme"); Bolt LLC`, without roles and without what only names parties together.
pub fn party_names(answer: &str) -> Vec<String> {
    crate::party::names_of_answer(answer)
}

/// A word of a name in small letters as companies' forms are compared: `limited` is `ltd`.
pub fn one_spelling(word: &str) -> &str {
    crate::party::one_spelling(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_annotators_write_them() {
        let day = |answer: &str| days(answer).iter().map(Day::to_string).collect::<Vec<_>>();
        assert_eq!(day("11/6/16"), ["2016-11-06"]);
        assert_eq!(day("07/[]/2013"), ["2013-07"]);
        assert_eq!(day("[]/[]/2011"), ["2011"]);
        assert_eq!(day("[]/[]/19[]"), [""; 0]);
        assert_eq!(periods("10 successive 1 year").len(), 1);
        assert_eq!(
            party_names("Acme Inc. (\"Acme\"); Acme and Bolt (“Party”, together the “Parties”); Bolt LLC"),
            ["Acme Inc.", "Bolt LLC"]
        );
        assert_eq!(["limited", "acme"].map(one_spelling), ["ltd", "acme"]);
    }
}
