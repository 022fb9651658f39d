//! Dates in a text, in the forms that contracts use.
//!
//! A grammar of our own: the parsers of crates.io (`dateparser`, `interim`, `dtparse` were looked at) want a string that is a
//! date and nothing else, or search one in a text and fill what is missing from today's date; none knows "this 5th day of
//! May, 2011", a blank for the day, or that "may" is mostly no month. The calendar itself is jiff's.

use std::{ops::Range, sync::LazyLock};

use proviso_core::TextRange;
use regex::{Captures, Regex};

use crate::{
    Day,
    number::{ORDINAL_WORD, ordinal},
    pattern::pattern,
};

/// A date that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DateFound {
    pub start: usize,
    pub end: usize,
    pub day: Day,
    /// The other day that the same numbers are where the day comes first: 4/3/2020 is 3 April in London.
    pub otherwise: Option<Day>,
}

const MONTH: &str = r"(?P<month>jan(?:uary)?|feb(?:ruary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember|emeber)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?";
/// Blanks, commas and lines to write on.
const GAP: &str =
    r"(?:\s|,|\.|_|:|<omitted>|-{2,}|\[[\s•●·_\*]*\]|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)*";
/// A year of four digits, or of two behind an apostrophe. Scanned contracts have blanks between digits.
const YEAR: &str = r"(?:(?P<year>(?:1[89]|20|21)\d{2})\b|['’](?P<short>\d{2})\b)";
const NUMBERED: &str = r"(?P<day>\d{1,2})(?:\s?(?:s\s?t|n\s?d|r\s?d|t\s?h)\b)?";

static FORMS: LazyLock<[Regex; 7]> = LazyLock::new(|| {
    let day_words = format!(r"(?:{NUMBERED}|\b(?P<ordinal>{ORDINAL_WORD}))");
    [
        // March 20th, 2020
        pattern(&format!(
            r"\b{MONTH}\s*(?:the\s+)?{day_words}\b{GAP}(?:of\s+|in\s+the\s+year\s+(?:of\s+)?)?{YEAR}"
        )),
        // 20th day of March, 2020; 20 March day of 1998
        pattern(&format!(
            r"\b{day_words}(?:\s*\(\s*\d{{1,2}}\s*(?:st|nd|rd|th)?\s*\))?{GAP}(?:-\s*)?(?:day\b{GAP})?(?:of\b{GAP}(?:the\s+month\s+of\s+)?)?{MONTH}{GAP}(?:-\s*)?(?:day\s+of\s+)?(?:(?:of|in)\s+(?:the\s+year\s+(?:of\s+)?)?)?{YEAR}"
        )),
        // March 2020; March __, 2020
        pattern(&format!(r"\b{MONTH}{GAP}(?:day{GAP})?(?:(?:of|in)\s+(?:the\s+year\s+)?)?{YEAR}")),
        // 2020-03-20
        pattern(r"\b(?P<year>(?:19|20)\d{2})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
        // 3/20/2020, 03-20-20
        pattern(
            r"\b(?P<first>\d{1,2})\s?[-/]\s?(?P<second>\d{1,2})\s?[-/]\s?(?:(?P<year>(?:19|20)\d{2})|(?P<short>\d{2}))\b",
        ),
        // 20.3.2020: points stand where the day comes first
        pattern(r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d{2})\b"),
        // 20-Mar-20
        pattern(&format!(r"\b{NUMBERED}-{MONTH}-(?:(?P<year>(?:19|20)\d{{2}})|(?P<short>\d{{2}}))\b")),
    ]
});
/// The year of a date whose day and month are left open.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:day\s+of|\[[\s•●·_\*]*\]|_{{2,}}|^)(?:{GAP}|of\b|day\b|in\b|the\b|year\b|\(|\))*(?P<year>(?:19|20)\d{{2}})\b"
    ))
});

/// The dates of a text, in their order.
pub(crate) fn dates(text: &str) -> Vec<DateFound> {
    let mut found: Vec<DateFound> = Vec::new();
    // Of a day that does not exist, such as 31 February, month and year are no date either.
    let mut taken: Vec<Range<usize>> = Vec::new();
    for form in FORMS.iter() {
        for captures in form.captures_iter(text).filter(|captures| !is_verb(text, captures)) {
            let Some(whole) = captures.get(0).map(|whole| whole.range()) else { continue };
            if taken.iter().all(|other| whole.end <= other.start || other.end <= whole.start) {
                found.extend(read(&captures));
                taken.push(whole);
            }
        }
    }
    found.sort_by_key(|date| date.start);
    found
}

/// Where the dates of a text stand, in their order.
pub fn dates_in(text: &str) -> Vec<TextRange> {
    dates(text).into_iter().map(|date| TextRange::new(date.start, date.end)).collect()
}

/// A date of which only the year is told, its day and month being blanks.
pub(crate) fn open_date(text: &str) -> Option<DateFound> {
    let captures = OPEN.captures(text)?;
    let whole = captures.get(0)?;
    let day = Day::new(captures.name("year")?.as_str().parse().ok()?, None, None)?;
    Some(DateFound { start: whole.start(), end: whole.end(), day, otherwise: None })
}

fn read(captures: &Captures<'_>) -> Option<DateFound> {
    let whole = captures.get(0)?;
    let number = |name| captures.name(name).and_then(|digits| digits.as_str().parse::<i8>().ok());
    let short = || number("short").map(|short| i16::from(short) + if short < 70 { 2000 } else { 1900 });
    let year = captures.name("year").map_or_else(short, |year| year.as_str().parse().ok())?;
    let (day, otherwise) = if let (Some(first), Some(second)) = (number("first"), number("second")) {
        // The United States write the month first.
        let american = Day::new(year, Some(first), Some(second));
        let european = Day::new(year, Some(second), Some(first));
        (american.or(european)?, american.and(european).filter(|_| first != second))
    } else {
        let month = match captures.name("month") {
            Some(month) => month_number(month.as_str())?,
            None => number("number")?,
        };
        let spelled = captures.name("ordinal").and_then(|word| ordinal(word.as_str()));
        let day = number("day").or_else(|| spelled.and_then(|day| i8::try_from(day).ok()));
        (Day::new(year, Some(month), day)?, None)
    };
    Some(DateFound { start: whole.start(), end: whole.end(), day, otherwise })
}

fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().zip(1..).find_map(|(month, number)| (*month == start).then_some(number))
}

/// "may" with a small letter is the verb, but behind "day of".
fn is_verb(text: &str, captures: &Captures<'_>) -> bool {
    captures.name("month").is_some_and(|month| {
        month.as_str() == "may" && !text[..month.start()].trim_end().to_lowercase().ends_with("of")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        dates(text).iter().map(|found| found.day.to_string()).collect()
    }

    #[test]
    fn whole_dates_are_read() {
        let cases = [
            ("28th day of March 2006", "2006-03-28"),
            ("this 5th day of May, 2011", "2011-05-05"),
            ("this fifth day of may, 2011", "2011-05-05"),
            ("the twenty-first day of June, 1999", "1999-06-21"),
            ("August 21, 2018", "2018-08-21"),
            ("SEPTEMBER 13TH, 2019", "2019-09-13"),
            ("1 October 2019", "2019-10-01"),
            ("20 March day of 1998", "1998-03-20"),
            ("1s t day of October 2008", "2008-10-01"),
            ("14t h day of April, 2015", "2015-04-14"),
            ("Oct. 11, 1996", "1996-10-11"),
            ("April. 1st 2019", "2019-04-01"),
            ("31 December,<omitted>1996", "1996-12-31"),
            ("1st day of      --- November, 2003", "2003-11-01"),
            ("July 11 , 2006", "2006-07-11"),
            ("June 1,1999", "1999-06-01"),
            ("19 Jan. 1998", "1998-01-19"),
            ("16-Nov-02", "2002-11-16"),
            ("2016-11-06", "2016-11-06"),
            ("1.4.2011", "2011-04-01"),
            ("the 3rd day of November in the year 2005", "2005-11-03"),
            ("the 1st (first) of May '98", "1998-05"),
        ];
        for (text, iso) in cases {
            assert_eq!(told(text), [iso], "{text}");
        }
    }

    #[test]
    fn numbers_are_read_with_the_month_first_and_doubt_is_told() {
        for (text, iso, otherwise) in [
            ("03/24/06", "2006-03-24", None),
            ("18/9/2008", "2008-09-18", None),
            ("4/3/2020", "2020-04-03", Some("2020-03-04")),
            ("5/5/99", "1999-05-05", None),
            ("04-01-06", "2006-04-01", Some("2006-01-04")),
        ] {
            let found = dates(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].day.to_string(), iso);
            assert_eq!(found[0].otherwise.map(|day| day.to_string()).as_deref(), otherwise, "{text}");
        }
    }

    #[test]
    fn blanks_leave_open_what_is_not_told() {
        for text in
            ["May __, 2011", "May      , 2011", "this ___ day of May, 2011", "May [ ], 2011", "May 2011"]
        {
            assert_eq!(told(text), ["2011-05"], "{text}");
        }
        for text in
            ["this ____ day of ________, 2013", "[ ] day of [ ], 2013", ", 2013", "the     day of 2013"]
        {
            assert_eq!(told(text), [""; 0], "{text}");
            assert_eq!(open_date(text).unwrap().day.to_string(), "2013", "{text}");
        }
        assert_eq!(open_date("this day of , 19"), None);
        assert_eq!(open_date("a total of 2013 units"), None);
    }

    #[test]
    fn the_verb_may_is_no_month() {
        for text in
            ["Licensee may 30 days thereafter", "Buyer may, 2011 notwithstanding", "it may 5, 2011 times"]
        {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        for text in
            ["31 February 2020", "February 30, 2021", "13/13/2020", "0/0/00", "January 0, 2020", "0000-00-00"]
        {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
