//! Lengths of time: a number of days, weeks, months or years.

use std::{fmt, ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::{
    number::{CARDINAL, cardinal},
    pattern::pattern,
};

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Days, of whichever kind.
    Day,
    /// Weeks.
    Week,
    /// Calendar months.
    Month,
    /// Years.
    Year,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Period {
    /// The same for all periods that are equally long: 12 months are a year, two weeks are 14 days.
    pub fn canonical(self) -> (bool, u64) {
        let count = u64::from(self.count);
        match self.unit {
            Unit::Day => (false, count),
            Unit::Week => (false, 7 * count),
            Unit::Month => (true, count),
            Unit::Year => (true, 12 * count),
        }
    }
}

/// `1 year`, `90 days`.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(formatter, "{} {unit}{plural}", self.count)
    }
}

/// A period that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PeriodFound {
    pub start: usize,
    pub end: usize,
    pub period: Period,
    /// Whether the unit stands in the plural, or the number is told: `each anniversary` is neither.
    pub is_counted: bool,
}

impl PeriodFound {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:\b(?P<words>{CARDINAL})|\b(?P<article>an?|another|additional|the|one further)\b)?(?P<mid>[\s\-–~]*(?:\(\s*(?P<digits>\d{{1,4}}|[il])\s*\)?|(?P<loose>\d{{1,4}})\s*\))?[\s\-–~'’]*(?:(?:additional|consecutive|successive|further|full|more|calendar|contract|business|working|fiscal|renewal|extra|complete)\b[\s\-]*){{0,3}})(?P<unit>day|week|month|quarter|year)(?P<plural>s?)\b"
    ))
});
static HALF: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:half\s+an?|one[\s-]half|0\.5)[\s-]+years?\b"));
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?P<year>year[\s-]+(?:to|by)[\s-]+year|annual(?:ly)?|yearly|each\s+anniversary|every\s+year|each\s+year)|(?P<month>month[\s-]+(?:to|by)[\s-]+month|monthly))\b",
    )
});

/// The periods of a text that tell how many, in their order.
pub(crate) fn periods(text: &str) -> Vec<PeriodFound> {
    let mut found: Vec<PeriodFound> = COUNTED.captures_iter(text).filter_map(|c| counted(&c)).collect();
    for half in HALF.find_iter(text) {
        let period = Period { count: 6, unit: Unit::Month };
        found.retain(|other| other.end <= half.start() || half.end() <= other.start);
        found.push(PeriodFound { start: half.start(), end: half.end(), period, is_counted: true });
    }
    found.sort_by_key(|found| found.start);
    found
}

fn counted(captures: &Captures<'_>) -> Option<PeriodFound> {
    let whole = captures.get(0)?;
    let group = |name| captures.name(name).map(|group| group.as_str());
    let number = |text: &str| if matches!(text, "i" | "I" | "l") { Some(1) } else { cardinal(text) };
    let count = match (group("digits").or_else(|| group("loose")), group("words"), group("article")) {
        (Some(digits), _, _) => number(digits)?,
        (None, Some(words), _) => number(words)?,
        // `the years` and `a day` in passing are no periods, `a year` and `another year` are.
        (None, None, Some(article))
            if group("plural") == Some("") && !article.eq_ignore_ascii_case("the") =>
        {
            1
        }
        _ => return None,
    };
    let (count, unit) = match group("unit")?.to_ascii_lowercase().as_str() {
        "day" => (count, Unit::Day),
        "week" => (count, Unit::Week),
        "month" => (count, Unit::Month),
        "quarter" => (count.checked_mul(3)?, Unit::Month),
        _ => (count, Unit::Year),
    };
    let is_counted = group("words").is_some() || group("digits").is_some() || group("loose").is_some();
    Some(PeriodFound { start: whole.start(), end: whole.end(), period: Period { count, unit }, is_counted })
}

/// Periods that are told as a rate: from year to year, monthly.
pub(crate) fn rates(text: &str) -> Vec<PeriodFound> {
    let found = RATE.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let unit = if captures.name("year").is_some() { Unit::Year } else { Unit::Month };
        let period = Period { count: 1, unit };
        Some(PeriodFound { start: whole.start(), end: whole.end(), period, is_counted: false })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        periods(text).iter().map(|found| found.period.to_string()).collect()
    }

    #[test]
    fn periods_are_read_with_their_numbers() {
        let cases: &[(&str, &[&str])] = &[
            ("for three (3) years", &["3 years"]),
            ("a two-year term", &["2 years"]),
            ("thirty (30) days' notice", &["30 days"]),
            ("one (I) year", &["1 year"]),
            ("3~year periods", &["3 years"]),
            ("successive five (5)-year terms", &["5 years"]),
            ("three calendar months", &["3 months"]),
            ("another year", &["1 year"]),
            ("an additional month of service", &["1 month"]),
            ("half a year", &["6 months"]),
            ("one hundred eighty (180) days", &["180 days"]),
            ("twenty-four (24) months, and then 2 additional one (1) year terms", &["24 months", "1 year"]),
            ("sixty 60) days", &["60 days"]),
            ("2 quarters", &["6 months"]),
            ("for a period of [***] years", &[]),
            ("in the years that follow", &[]),
            ("99999999999999999999 years", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), *expected, "{text}");
        }
    }

    #[test]
    fn rates_are_told_apart() {
        assert_eq!(rates("from year to year")[0].period.to_string(), "1 year");
        assert_eq!(rates("on a month-to-month basis")[0].period.to_string(), "1 month");
        assert!(rates("in the third year").is_empty());
    }

    #[test]
    fn equally_long_periods_are_equal() {
        let of = |count, unit| Period { count, unit }.canonical();
        assert_eq!(of(12, Unit::Month), of(1, Unit::Year));
        assert_eq!(of(2, Unit::Week), of(14, Unit::Day));
        assert_ne!(of(30, Unit::Day), of(1, Unit::Month));
    }
}
