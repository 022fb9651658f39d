//! When a contract ends: a day that is told, a day that has to be counted, or never.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Period, Unit,
    dates::{DateFound, dates},
    number::{ORDINAL_WORD, ordinal},
    pattern::pattern,
    period::{PeriodFound, periods},
    words::{after, before, one_line},
};

/// What a clause says about the end of the contract.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ending {
    /// On a day that is told.
    On(DateFound),
    /// Some time from something.
    After { period: Period, from: From, at_end_of: Option<Unit> },
    /// At the end of the year in which the contract begins.
    EndOfYear,
    /// Not by itself.
    Never,
}

/// From when a period is counted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum From {
    /// A day that the clause tells.
    Day(DateFound),
    /// The Effective Date, or nothing that is named.
    EffectiveDate,
    /// The day of the contract or of its signing.
    AgreementDate,
    /// Something of which no day is told, in the clause's words.
    Event(String),
}

static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:through|thru|until|till|(?:expir\w*|end(?:s|ing|ed)?|terminat\w*|conclud\w*)(?:\s+as\s+of\b)?|up\s+to|to|later\s+than|before)\b|[–—-]\s*$",
    )
});
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:commenc\w*|begin\w*|start\w*|tak(?:e|es|ing)\s+effect|effective|from|as\s+of|since|dated|executed|date\s+hereof|entered\s+into|made)\b",
    )
});
static ANNIVERSARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?:(?P<word>{ORDINAL_WORD})|(?P<digits>\d{{1,3}})\s?(?:s\s?t|n\s?d|r\s?d|t\s?h))(?:\s*\(\s*\d+\s*(?:s\s?t|n\s?d|r\s?d|t\s?h)?\s*\))?[\s-]+(?:year\s+)?anniversary\b"
    ))
});
/// Behind a period that is a notice and not a term.
static IS_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s'’s,]*(?:(?:advance|prior|previous|written|or\s+more|calendar)\b[\s']*)*(?:notice|notification|prior\s+to|prior\s+written|before|in\s+advance|advance\s+written|to\s+cure|after\s+(?:receipt|receiving|such\s+notice|written|notice|the\s+other))\b",
    )
});
/// Before a period that is a renewal and not the first term.
static IS_RENEWAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:renew\w*|exten(?:d|sion)\w*|additional|successive|consecutive|subsequent|thereafter|notice|within|every|each)\b[^.;]{0,60}$",
    )
});
/// Before a period that is the first term, whatever else stands there.
static IS_TERM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:initial|original|first|primary|term\s+of|period\s+of|continue|remain|for|be)\b[^.;,]{0,30}$",
    )
});
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^.;]{0,40}?\b(?:from|after|following|commenc\w*(?:\s+(?:on|upon|with|from|as\s+of|at))?|beginning(?:\s+(?:on|upon|with|from|as\s+of|at))?|starting(?:\s+(?:on|upon|with|from|as\s+of|at))?|subsequent\s+to|of|as\s+of|with)\s+(?P<what>(?:and\s+including\s+)?(?:the\s+|such\s+|its\s+|this\s+)?[^.;,\(]{0,80})",
    )
});
static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\beffective\s+(?:date|as\s+of)|\bcommencement\s+of\s+(?:this|the)\s+(?:agreement|term)|\bthereof\b|\bthereafter\b|\bsuch\s+date",
    )
});
static AGREEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bdate\s+hereof|\bhereof\b|date\s+of\s+(?:this|the|its)\s+(?:\w+\s+)?agreement|\bdate\s+(?:and\s+year\s+)?first|first\s+(?:above|written|set|stated|mentioned)|\b(?:date\s+of\s+(?:its\s+)?)?(?:execution|signing|signature)\b|\bdate\s+(?:it|this\s+agreement)\s+is\s+(?:signed|executed)|\bdated?\s+above|\bdate\s+of\s+(?:this|the)\s+\w+$|above\s+date",
    )
});
/// Things that happen on a day of their own, and are not the day of the contract.
static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:date|launch|commencement|closing|delivery|acceptance|approval|completion|opening|installation|sale|expir\w*|terminat\w*|live|operation|season|payment)\b",
    )
});
static NEVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bperpet\w*|\bindefinite(?:ly)?\b|\bunlimited\s+(?:period|time|term|duration)|\bno\s+(?:fixed|expiration|termination|end)\b[^.;]{0,12}\b(?:date|term)?|\bevergreen\b|\bmay\s+(?:be\s+)?terminate\w*\s+(?:this|the|at|by|upon|on)|\bmay\s+be\s+terminated\b|\bterminable\b|\buntil\s+(?:either|any|one)\s+party\b|\bend\w*\s+when\s+terminated\b|\bterminate:?\s*\(?a?[.)]?\s*(?:at|by)\s+(?:the\s+)?(?:option|either|any)\b",
    )
});
/// Going on until somebody ends it; what the words between say tells whether something else ends it before.
static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\buntil\b(?P<between>[^.;]{0,80}?)\b(?:terminat|cancel|revok|withdr)\w*"));
static ELSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:expir\w*|complet\w*|end|date|acceptance|period|duration|terms?\s+of|unless|performance|earlie(?:st|r\s+(?:of|to))|later)\b",
    )
});
static END_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:last\s+day|end)\s+of\s+(?:the|such|that)\s+(?:calendar\s+)?(?P<unit>month|year)\b[^.;]{0,40}$",
    )
});
static END_OF_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\bend\s+of\s+the\s+(?:current|then[\s-]current|first|same)?\s*calendar\s+year\b")
});

/// What a clause says about the contract's end; none where it says nothing that could be told from it.
pub(crate) fn ending(clause: &str) -> Option<Ending> {
    let dates = dates(clause);
    if let Some(date) = dates.iter().find(|date| says_end(clause, date)) {
        return Some(Ending::On(*date));
    }
    let begins = dates.iter().find(|date| says_begin(clause, date)).copied();
    // Which stands first: what follows are exceptions and renewals.
    let terms = [anniversary(clause), first_term(clause)];
    if let Some(term) = terms.into_iter().flatten().min_by_key(|term| term.start) {
        return Some(counted(clause, term.period, term.start, term.end, begins));
    }
    if let [only] = dates.as_slice()
        && (clause.len() < 60 || begins.is_none())
    {
        return Some(Ending::On(*only));
    }
    if END_OF_YEAR.is_match(clause) {
        return Some(Ending::EndOfYear);
    }
    let until = |captures: regex::Captures<'_>| {
        captures.name("between").is_some_and(|between| !ELSE.is_match(between.as_str()))
    };
    (NEVER.is_match(clause) || UNTIL.captures_iter(clause).any(until)).then_some(Ending::Never)
}

fn last(pattern: &Regex, text: &str) -> Option<usize> {
    pattern.find_iter(text).last().map(|found| found.end())
}

/// Whether the words before a date make it the end of something.
pub(crate) fn says_end(clause: &str, date: &DateFound) -> bool {
    let before = before(clause, date.start, 70);
    // What stands nearest tells; a sentence before it tells nothing.
    let before = before.rsplit(['.', ';']).next().unwrap_or(before);
    last(&ENDS, before).is_some_and(|end| last(&BEGINS, before).is_none_or(|begin| begin <= end))
}

fn says_begin(clause: &str, date: &DateFound) -> bool {
    let before = before(clause, date.start, 70);
    last(&BEGINS, before).is_some_and(|begin| last(&ENDS, before).is_none_or(|end| end < begin))
}

fn anniversary(clause: &str) -> Option<PeriodFound> {
    let captures = ANNIVERSARY.captures(clause)?;
    let word = captures.name("word").and_then(|word| ordinal(word.as_str()));
    let count = word.or_else(|| captures.name("digits")?.as_str().parse().ok())?;
    let whole = captures.get(0)?;
    let period = Period { count, unit: Unit::Year };
    Some(PeriodFound { start: whole.start(), end: whole.end(), period, is_counted: true })
}

/// The first period that is neither a notice nor a renewal.
fn first_term(clause: &str) -> Option<PeriodFound> {
    periods(clause).into_iter().find(|found| {
        let (front, behind) = (before(clause, found.start, 90), after(clause, found.end, 50));
        let is_renewal = IS_RENEWAL.is_match(front) && !IS_TERM.is_match(front);
        !IS_NOTICE.is_match(behind) && !is_renewal && found.period.count > 0
    })
}

/// A period from what the words behind it name, or else from the day on which the clause begins.
fn counted(clause: &str, period: Period, start: usize, end: usize, begins: Option<DateFound>) -> Ending {
    let at_end_of = END_OF.captures(before(clause, start, 70)).and_then(|captures| {
        let unit = captures.name("unit")?.as_str().to_ascii_lowercase();
        Some(if unit == "month" { Unit::Month } else { Unit::Year })
    });
    let behind = after(clause, end, 140);
    let what = FROM.captures(behind).and_then(|captures| captures.name("what")).map(|what| what.as_str());
    let dated =
        dates(behind).first().map(|date| DateFound { start: date.start + end, end: date.end + end, ..*date });
    let from = match (what, dated, begins) {
        (Some(what), _, _) if EFFECTIVE.is_match(what) => From::EffectiveDate,
        (Some(what), _, _) if AGREEMENT.is_match(what) => From::AgreementDate,
        (Some(_), Some(date), _) if date.start - end < 80 => From::Day(date),
        (Some(what), _, None) if EVENT.is_match(what) => From::Event(one_line(what)),
        (_, _, Some(date)) => From::Day(date),
        _ if AGREEMENT.is_match(clause) && !EFFECTIVE.is_match(clause) => From::AgreementDate,
        _ => From::EffectiveDate,
    };
    Ending::After { period, from, at_end_of }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(clause: &str) -> String {
        match ending(clause) {
            Some(Ending::On(date)) => date.day.to_string(),
            other => format!("{other:?}"),
        }
    }

    fn after_what(clause: &str) -> String {
        match ending(clause) {
            Some(Ending::After { period, from: From::Day(date), .. }) => {
                format!("{period} from {}", date.day)
            }
            Some(Ending::After { period, from, .. }) => format!("{period} from {from:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn days_that_are_told_are_taken() {
        for (clause, day) in [
            ("shall continue in effect through December 31, 2021 unless terminated earlier", "2021-12-31"),
            ("shall commence on May 1, 2020 and ends at April 30, 2029", "2029-04-30"),
            (
                "for a term of twelve months beginning March 1, 2005 and ending February 28, 2006",
                "2006-02-28",
            ),
            ("up to and including 28 February 2000", "2000-02-28"),
            ("April 15, 2000 through October 15, 2000 (6 Months from the Effective Date)", "2000-10-15"),
            ("Contract end: 04-01-08", "2008-04-01"),
            ("1 April 2009", "2009-04-01"),
            ("The Term shall expire on 31 July 2013.", "2013-07-31"),
        ] {
            assert_eq!(on(clause), day, "{clause}");
        }
    }

    #[test]
    fn periods_are_counted_from_what_the_clause_names() {
        for (clause, told) in [
            ("for a period of two (2) years (the \"Term\")", "2 years from EffectiveDate"),
            ("three (3) years from the Effective Date", "3 years from EffectiveDate"),
            ("five (5) years from the date first set forth above", "5 years from AgreementDate"),
            ("shall terminate on the third anniversary of the Effective Date", "3 years from EffectiveDate"),
            ("the tenth (10th) anniversary of the date hereof", "10 years from AgreementDate"),
            // As a reader of PDFs parts small letters that are set higher.
            ("the fifth (5t h) anniversary of the Effective Date", "5 years from EffectiveDate"),
            (
                "shall commence on September 10, 2015 and shall continue for One (1) Year",
                "1 year from 2015-09-10",
            ),
            ("12 months from June 1, 2020", "12 months from 2020-06-01"),
            (
                "one (1) year following the Launch Date, unless terminated",
                "1 year from Event(\"the Launch Date\")",
            ),
            (
                "for three years, renewed for additional one (1) year periods unless 30 days prior notice is given",
                "3 years from EffectiveDate",
            ),
        ] {
            assert_eq!(after_what(clause), told, "{clause}");
        }
    }

    #[test]
    fn what_has_no_end_is_perpetual() {
        for clause in [
            "shall continue in perpetuity",
            "until terminated by either party upon thirty (30) days' prior written notice",
            "continues indefinitely",
            "until either Party informs the other of its termination",
            "will end when terminated by either party",
            "for an unlimited period of time",
            "may be terminated by either party giving at least 12 months' notice",
        ] {
            assert_eq!(ending(clause), Some(Ending::Never), "{clause}");
        }
        assert_eq!(ending("for a period of [***] from the Launch"), None);
        assert_eq!(ending(""), None);
    }
}
