//! For how long a contract is renewed, and how early one has to object.

use std::{fmt, sync::LazyLock};

use regex::Regex;

use crate::{
    Period,
    pattern::pattern,
    period::{PeriodFound, periods, rates},
    words::{after, before},
};

/// For how long a contract goes on after its first term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// For a period, once or again and again.
    For {
        /// How long each renewal is.
        period: Period,
        /// Whether one renewal follows another.
        is_successive: bool,
    },
    /// Until somebody ends it.
    Perpetual,
}

/// As CUAD writes it: `successive 1 year`, `2 years`, `perpetual`.
impl fmt::Display for Renewal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::For { period, is_successive: true } => write!(formatter, "successive {period}"),
            Self::For { period, is_successive: false } => write!(formatter, "{period}"),
            Self::Perpetual => formatter.write_str("perpetual"),
        }
    }
}

static RENEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:renew\w*|exten(?:d|sion)\w*|continu\w*|prolong\w*|roll(?:s|ing)?\s+over|thereafter|successor|option)\b",
    )
});
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:additional|successive|consecutive|further|subsequent|another|extra|new|renewal|extended)\b[^.;,]{0,40}|\b(?:terms?|periods?|extensions?|increments?|renewals?)(?:\s*\([^)]{0,40}\))?(?:\s+of|\s+each\s+of|\s+for)?(?:\s+up\s+to)?\s*|\bfor\s+(?:an?\s+|up\s+to\s+)?|\bby\s+)$",
    )
});
static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s-]*(?:each\s+)?(?:additional\s+|renewal\s+|extension\s+)?(?:terms?|periods?|increments?|extensions?|renewals?|each|duration)\b",
    )
});
static IS_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s'’s,]*(?:(?:advance|prior|previous|written|calendar)\b[\s']*)*(?:notice|notification|prior|before|in\s+advance|advance|preceding|after\s+(?:receipt|such|written|the\s+date))\b",
    )
});
static BEFORE_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:at\s+least|(?:no|not)\s+(?:less|fewer|later|more)\s+than|minimum\s+of|within(?:\s+a\s+period\s+of)?|upon|less\s+than)\s+(?:an?\s+|the\s+)?$",
    )
});
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:initial|original|first|primary)\s+(?:\w+\s+){0,3}(?:of\s+|for\s+|be\s+)*(?:a\s+period\s+of\s+)?$",
    )
});
static SUCCESSIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:successive(?:ly)?|consecutive|each|terms|periods|increments|renewals|extensions|subsequent|annually|anniversary|every|rolling)\b|year[\s-]+to[\s-]+year|month[\s-]+to[\s-]+month|\bany\s+renew",
    )
});
static PERPETUAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bperpet\w*|\bindefinite(?:ly)?\b|\bevergreen\b|\b(?:continu\w*|remain\w*|effect|force|renew\w*|extend\w*)\b[^.;]{0,80}\buntil\b[^.;]{0,60}?(?:terminat|cancel|notice|either\s+party)\w*",
    )
});
static THEREAFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bthereafter\b"));
static SAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:same|like|equal|similar|identical)\b[^.;]{0,30}\b(?:terms?|periods?|duration|length)\b|\brenew\w*",
    )
});

/// What a clause says about renewal.
pub(crate) fn renewal(clause: &str) -> Option<Renewal> {
    let counted = periods(clause);
    let renews = RENEWS.find(clause).map_or(0, |found| found.start());
    let score = |found: &PeriodFound| -> i32 {
        let (front, behind) = (before(clause, found.start, 70), after(clause, found.end, 60));
        let mut score = 0;
        score += 2 * i32::from(found.start >= renews);
        score += 2 * i32::from(LEADS.is_match(front));
        score += 2 * i32::from(FOLLOWS.is_match(behind));
        score -= 5 * i32::from(IS_NOTICE.is_match(behind));
        score -= 4 * i32::from(BEFORE_NOTICE.is_match(front));
        score -= 3 * i32::from(FIRST.is_match(front));
        score
    };
    let mut best: Option<(i32, PeriodFound)> = None;
    for found in counted.iter().filter(|found| found.period.count > 0) {
        let score = score(found);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, *found));
        }
    }
    let rate = rates(clause).into_iter().find(|rate| rate.start >= renews);
    // What goes on "thereafter until terminated" has no period behind that.
    let goes_on = THEREAFTER.find_iter(clause).last().map(|found| found.start());
    let is_before = |found: &PeriodFound| {
        goes_on.is_some_and(|at| found.start < at && rate.is_none() && PERPETUAL.is_match(&clause[at..]))
    };
    let enough = if rate.is_some() { 4 } else { 2 };
    if let Some((_, found)) = best.filter(|(score, found)| *score >= enough && !is_before(found)) {
        // "For a year; thereafter it shall renew": the first term again and again.
        let is_first = found.start < renews && THEREAFTER.is_match(&clause[found.end..]);
        let is_successive = is_first || is_successive(clause, &found);
        return Some(Renewal::For { period: found.period, is_successive });
    }
    if let Some(rate) = rate {
        return Some(Renewal::For { period: rate.period, is_successive: true });
    }
    if PERPETUAL.is_match(clause) {
        return Some(Renewal::Perpetual);
    }
    // The first term again, where it is told and no other is.
    let first = counted.first().filter(|first| !IS_NOTICE.is_match(after(clause, first.end, 60)))?;
    SAME.is_match(clause).then_some(Renewal::For { period: first.period, is_successive: true })
}

fn is_successive(clause: &str, found: &PeriodFound) -> bool {
    SUCCESSIVE.is_match(before(clause, found.start, 60))
        || SUCCESSIVE.is_match(&clause[found.range()])
        || SUCCESSIVE.is_match(after(clause, found.end, 40))
}

static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s'’s,]*(?:(?:advance|prior|previous|written|calendar|or\s+more|period|days?|of)\b[\s'’]*)*(?:notice|notification|prior|before|in\s+advance|advance|preceding|of\s+the\s+(?:conclusion|end|expir\w+)|from\s+the\s+(?:end|expir\w+))\b",
    )
});
static NOTICE_WORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:notice|notif\w+|terminat\w+|non-?\s?renew\w*|intention)\b"));

/// How early a clause wants notice that the contract is not to be renewed.
pub(crate) fn notice(clause: &str) -> Option<Period> {
    let score = |found: &PeriodFound| -> i32 {
        let (front, behind) = (before(clause, found.start, 70), after(clause, found.end, 70));
        4 * i32::from(NOTICE.is_match(behind))
            + 3 * i32::from(BEFORE_NOTICE.is_match(front))
            + i32::from(NOTICE_WORD.is_match(front))
            - 3 * i32::from(FIRST.is_match(front))
            - 2 * i32::from(FOLLOWS.is_match(behind))
    };
    let mut best: Option<(i32, PeriodFound)> = None;
    for found in periods(clause).into_iter().filter(|found| found.period.count > 0) {
        let score = score(&found);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, found));
        }
    }
    best.filter(|(score, _)| *score > 0).map(|(_, found)| found.period)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(clause: &str) -> String {
        renewal(clause).map(|renewal| renewal.to_string()).unwrap_or_default()
    }

    #[test]
    fn renewals_are_told_from_first_terms_and_notices() {
        for (clause, expected) in [
            (
                "shall automatically renew for successive periods of one (1) year, unless 60 days prior to the end",
                "successive 1 year",
            ),
            (
                "may be renewed for an additional period of seven (7) years at the option of Licensor",
                "7 years",
            ),
            (
                "renewed for successive two-year terms unless notice is given at least ninety (90) days prior",
                "successive 2 years",
            ),
            ("will renew from year to year unless cancelled 60 days before the end", "successive 1 year"),
            (
                "will extend automatically for monthly periods unless notified at least thirty (30) days before",
                "successive 1 month",
            ),
            ("extended for an additional period of half a year unless notified 60 days prior", "6 months"),
            (
                "for a term of one year; thereafter, the Agreement shall renew automatically under these same terms",
                "successive 1 year",
            ),
            (
                "Thereafter it shall continue in effect until either party gives six (6) months prior written notice",
                "perpetual",
            ),
            (
                "for an initial term of five (5) years, and will renew for additional periods of three (3) years unless one Party objects no less than 12 months prior",
                "successive 3 years",
            ),
            (
                "a term of one year; thereafter it shall continue until terminated by either party",
                "perpetual",
            ),
            (
                "for two years, and thereafter shall continue for successive annual periods",
                "successive 1 year",
            ),
            ("automatically extended for consecutive *** periods", ""),
            ("", ""),
        ] {
            assert_eq!(told(clause), expected, "{clause}");
        }
    }

    #[test]
    fn notices_are_told_from_terms() {
        for (clause, expected) in [
            (
                "renewed for another one (1) year unless notice is given at least thirty (30) days before the end",
                "30 days",
            ),
            ("at least 60 days prior to the end of the Initial Term of two (2) years", "60 days"),
            ("no later than six (6) months prior to the expiration", "6 months"),
            ("either party provides a thirty-day notice of termination", "30 days"),
            ("upon thirty (30) days' prior written notice", "30 days"),
            ("unless notice is sent one year before the expiry date", "1 year"),
            ("must notify within 5 days of the conclusion of the 12 month term", "5 days"),
        ] {
            assert_eq!(
                notice(clause).map(|period| period.to_string()).as_deref(),
                Some(expected),
                "{clause}"
            );
        }
        assert_eq!(notice("renews for one year"), None);
    }
}
