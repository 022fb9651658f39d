//! The whole date around the part of it that a model marked, and what is no date.

use proviso_answers::dates_in;
use proviso_core::TextRange;

/// Bytes on either side of a passage in which its date may begin or end.
const AROUND: usize = 60;
/// Passages longer than this are clauses about a day, and stay as they are.
const LONGEST: usize = 60;
/// What is written where a day is left open.
const BLANKS: [char; 6] = ['_', '[', ']', '●', '•', '*'];
/// A passage with fewer letters and digits than this, and no blanks, is no date.
const LEAST: usize = 4;

/// Grows part of a date to the whole of it.
pub(crate) fn whole_date(text: &str, range: TextRange) -> TextRange {
    if range.end - range.start > LONGEST {
        return range;
    }
    let from = text.floor_char_boundary(range.start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((range.end + AROUND).min(text.len()));
    let dates = dates_in(&text[from..to]).into_iter();
    dates
        .map(|date| TextRange::new(from + date.start, from + date.end))
        .filter(|date| date.start < range.end && range.start < date.end)
        .fold(range, |whole, date| TextRange::new(whole.start.min(date.start), whole.end.max(date.end)))
}

/// Whether a passage can be no date: a comma, a "7" that stands in none.
pub(crate) fn is_no_date(text: &str, range: TextRange) -> bool {
    let text = &text[range.start..range.end];
    !text.contains(BLANKS) && text.chars().filter(|c| c.is_alphanumeric()).count() < LEAST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole<'a>(text: &'a str, part: &str) -> &'a str {
        let start = text.find(part).unwrap();
        let range = whole_date(text, TextRange::new(start, start + part.len()));
        &text[range.start..range.end]
    }

    #[test]
    fn part_of_a_date_is_grown_to_it() {
        assert_eq!(
            whole("made this 26th day of March 2020, between", "March 2020"),
            "26th day of March 2020"
        );
        assert_eq!(whole("Date: 7/1/98 Übersee", "7"), "7/1/98");
        assert_eq!(whole("§ 9 dated 29/3/18 by", "29/"), "29/3/18");
        assert_eq!(whole("on June 29, 2009 and June 30, 2009", "29, 2009"), "June 29, 2009");
    }

    #[test]
    fn a_clause_and_what_is_no_date_stay() {
        let clause = "This Agreement takes effect on the later of the two days, June 29, 2009 among them,";
        assert_eq!(whole(clause, clause), clause);
        assert_eq!(whole("the 13 parties", "13"), "13");
        let is_none = |text: &&str| is_no_date(text, TextRange::new(0, text.len()));
        assert!(["7", ",", "of", "\"", "13"].iter().all(is_none));
        assert!(!["June 1", "[●]", "__", "2012", "Closing Date"].iter().any(is_none));
    }
}
