//! The dates of a contract, of which one is counted from another.

use std::sync::LazyLock;

use proviso_core::TextRange;
use regex::Regex;

use crate::{
    Answer, Basis, Day, Period, Unit, Value,
    dates::{DateFound, dates, open_date},
    pattern::pattern,
    term::{Ending, From, ending, says_end},
    words::before,
};

/// A day that other dates are counted from, and the clause that tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Anchor {
    pub day: Day,
    pub clause: TextRange,
}

/// What other dates are counted from, as far as the contract tells it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Anchors {
    pub agreement: Option<Anchor>,
    pub effective: Option<Anchor>,
}

static DATE_OF_CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bdate\s+hereof|\bdate\s+(?:and\s+year\s+)?(?:first|last)?\s*(?:above|written|set\s+forth|mentioned|stated)|\bfirst\s+(?:above|written)|\bdate\s+of\s+(?:this|the|its)\s+(?:\w+\s+)?(?:agreement|execution)|\bsigning\s+date|\bdate\s+of\s+(?:execution|signing|signature|the\s+agreement)|\bupon\s+(?:its\s+)?(?:execution|signing|signature)",
    )
});

static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\beffective\s*(?:date)?(?:\s+(?:as\s+of|on|from|is|means|shall\s+mean))?\W*(?:the\s+)?$")
});

/// The day that a clause tells: a whole one before one with blanks.
pub(crate) fn day_of(clause: &str, place: TextRange) -> Option<Answer> {
    let dates = dates(clause);
    let date = dates.iter().find(|date| date.day.is_whole()).or(dates.first()).copied();
    Some(told(date.or_else(|| open_date(clause))?, place))
}

/// As [`day_of`], and where the clause refers to the contract's own date, that one.
pub(crate) fn effective_day(clause: &str, place: TextRange, anchors: &Anchors) -> Option<Answer> {
    let dates = dates(clause);
    let begins: Vec<&DateFound> = dates.iter().filter(|date| !says_end(clause, date)).collect();
    let is_named = |date: &&&DateFound| EFFECTIVE.is_match(before(clause, date.start, 40));
    if let Some(date) = begins.iter().find(is_named) {
        return Some(told(**date, place));
    }
    if (dates.is_empty() || !begins.is_empty())
        && let Some(answer) = day_of(clause, place)
    {
        return Some(answer);
    }
    let anchor = anchors.agreement.filter(|_| DATE_OF_CONTRACT.is_match(clause))?;
    let basis = Basis {
        sentence: format!("The clause refers to the Agreement Date, {}.", anchor.day),
        period: None,
        from: Some(anchor.day),
        sources: vec![anchor.clause, place],
        is_assumed: false,
    };
    Some(Answer { value: Value::Day(anchor.day), basis: Some(basis) })
}

/// When the contract ends, by a clause.
pub(crate) fn end_day(clause: &str, place: TextRange, anchors: &Anchors) -> Option<Answer> {
    match ending(clause)? {
        Ending::On(date) => Some(told(date, place)),
        Ending::Never => Some(Answer::plain(Value::Perpetual)),
        Ending::EndOfYear => {
            let anchor = anchors.effective.or(anchors.agreement)?;
            let day = anchor.day.end_of_year()?;
            let sentence = format!("The end of the calendar year of {}.", anchor.day);
            let sources = vec![anchor.clause, place];
            let basis = Basis { sentence, period: None, from: Some(anchor.day), sources, is_assumed: false };
            Some(Answer { value: Value::Day(day), basis: Some(basis) })
        }
        Ending::After { period, from, at_end_of } => counted(period, &from, at_end_of, place, anchors),
    }
}

fn counted(
    period: Period,
    from: &From,
    at_end_of: Option<Unit>,
    place: TextRange,
    anchors: &Anchors,
) -> Option<Answer> {
    let effective = anchors.effective.map(|anchor| (anchor, "the Effective Date"));
    let agreement = anchors.agreement.map(|anchor| (anchor, "the Agreement Date"));
    let (anchor, name) = match from {
        From::Day(date) => (Anchor { day: date.day, clause: place }, ""),
        From::AgreementDate => agreement.or(effective)?,
        From::EffectiveDate | From::Event(_) => effective.or(agreement)?,
    };
    let end = anchor.day.after(period)?;
    let end = match at_end_of {
        None => end,
        Some(Unit::Month) => end.end_of_month()?,
        Some(_) => end.end_of_year()?,
    };
    let named = if name.is_empty() { String::new() } else { format!(", {name}") };
    let rounded = match at_end_of {
        None => "",
        Some(Unit::Month) => ", to the end of that month",
        Some(_) => ", to the end of that year",
    };
    let sentence = match from {
        From::Event(event) => format!(
            "{period} from {event}, of which no day is told; counted from {}{named}{rounded}.",
            anchor.day
        ),
        _ => format!("{period} from {}{named}{rounded}.", anchor.day),
    };
    let mut sources = vec![anchor.clause, place];
    sources.dedup();
    let is_assumed = matches!(from, From::Event(_));
    let basis = Basis { sentence, period: Some(period), from: Some(anchor.day), sources, is_assumed };
    Some(Answer { value: Value::Day(end), basis: Some(basis) })
}

/// A day that stands in a clause; where its numbers could be read otherwise, that is told.
fn told(date: DateFound, place: TextRange) -> Answer {
    let basis = date.otherwise.map(|otherwise| Basis {
        sentence: format!(
            "Read with the month first, as in the United States; with the day first it is {otherwise}."
        ),
        period: None,
        from: None,
        sources: vec![place],
        is_assumed: true,
    });
    Answer { value: Value::Day(date.day), basis }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors() -> Anchors {
        let at = |year, month, day, start| {
            let day = Day::new(year, Some(month), Some(day)).unwrap();
            Some(Anchor { day, clause: TextRange::new(start, start + 5) })
        };
        Anchors { agreement: at(2016, 11, 1, 10), effective: at(2016, 11, 6, 20) }
    }

    const PLACE: TextRange = TextRange { start: 100, end: 200 };

    #[test]
    fn counted_days_show_how() {
        let answer =
            end_day("for a period of seven (7) years from the Effective Date", PLACE, &anchors()).unwrap();
        assert_eq!(answer.to_string(), "2023-11-06");
        let basis = answer.basis.unwrap();
        assert_eq!(basis.sentence, "7 years from 2016-11-06, the Effective Date.");
        assert_eq!(basis.sources, [TextRange::new(20, 25), PLACE]);
        assert!(!basis.is_assumed);

        let answer = end_day("one (1) year following the Launch Date", PLACE, &anchors()).unwrap();
        let basis = answer.basis.unwrap();
        assert!(
            basis.is_assumed && basis.sentence.contains("the Launch Date, of which no day is told"),
            "{basis:?}"
        );

        let answer =
            end_day("commencing on June 1, 2020 and continuing for 12 months", PLACE, &anchors()).unwrap();
        assert_eq!(answer.to_string(), "2021-06-01");
        assert_eq!(answer.basis.unwrap().sources, [PLACE]);

        let at_end = "at midnight on the last day of the month fifteen (15) years from the Effective Date";
        assert_eq!(end_day(at_end, PLACE, &anchors()).unwrap().to_string(), "2031-11-30");
        assert_eq!(end_day("for two years from the Effective Date", PLACE, &Anchors::default()), None);
    }

    #[test]
    fn an_effective_date_may_be_the_contracts() {
        let answer =
            effective_day("effective as of the date first above written", PLACE, &anchors()).unwrap();
        assert_eq!(answer.to_string(), "2016-11-01");
        assert_eq!(effective_day("effective upon the Closing", PLACE, &anchors()), None);
        let answer = effective_day("effective July 1, 2018", PLACE, &anchors()).unwrap();
        assert_eq!((answer.to_string().as_str(), answer.basis), ("2018-07-01", None));
        let both = "executed on the 5th day of December, 2007, to be effective January 1, 2008";
        assert_eq!(effective_day(both, PLACE, &anchors()).unwrap().to_string(), "2008-01-01");
        let until = "begins on the date hereof and shall end as of December 31, 2020";
        assert_eq!(effective_day(until, PLACE, &anchors()).unwrap().to_string(), "2016-11-01");
    }

    #[test]
    fn numbers_that_can_be_read_twice_are_told() {
        let answer = day_of("04/03/2020", PLACE).unwrap();
        assert_eq!(answer.to_string(), "2020-04-03");
        assert!(answer.basis.unwrap().sentence.ends_with("with the day first it is 2020-03-04."));
        assert_eq!(day_of("04/23/2020", PLACE).unwrap().basis, None);
    }
}
