//! The whole title of a contract around the part of it that a model marked.

use proviso_core::TextRange;

/// What a title ends with.
const ENDS: [&str; 9] =
    ["agreement", "contract", "addendum", "amendment", "lease", "plan", "letter", "charter", "terms"];
/// Joins words of a title and is no part of one at its beginning.
const JOINS: [&str; 9] = ["and", "of", "for", "the", "or", "to", "in", "on", "&"];
/// Written large before a title and no part of it.
const NO_PART: [&str; 16] = [
    "exhibit",
    "ex",
    "schedule",
    "annex",
    "appendix",
    "page",
    "confidential",
    "execution",
    "version",
    "copy",
    "this",
    "between",
    "by",
    "dated",
    "draft",
    "agreement",
];
/// What changes another contract, which its title names behind it: "Amendment No. 2 to the Supply Agreement".
const CHANGES: [&str; 4] = ["amendment", "addendum", "supplement", "modification"];
/// Words that a title is grown by on either side at most.
const MOST_WORDS: usize = 10;

/// Grows the part of a title to the whole: to the left over words written as its own are, to the right only until it ends
/// as titles do. A line that is left empty ends it.
pub(crate) fn whole_title(text: &str, range: TextRange) -> TextRange {
    let range = TextRange::new(whole_word(text, range.start), range.end);
    let marked = &text[range.start..range.end];
    if !marked.starts_with(char::is_uppercase) {
        return range;
    }
    let all_large = !marked.contains(char::is_lowercase);
    TextRange::new(grown_left(text, range.start, all_large), grown_right(text, range.end, marked, all_large))
}

/// The start of a word with hyphens of which the title has only the end: `e-business`, `SUB-RESELLER`.
fn whole_word(text: &str, start: usize) -> usize {
    let before = &text[..start];
    if !before.ends_with('-') {
        return start;
    }
    let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-');
    let is_word = before[word.len()..].starts_with(char::is_alphabetic);
    if is_word { word.len() } else { start }
}

fn grown_left(text: &str, start: usize, all_large: bool) -> usize {
    let (mut grown, mut at) = (start, start);
    let mut numbered = false;
    for _ in 0..MOST_WORDS {
        let before = text[..at].trim_end_matches(char::is_whitespace);
        if is_torn(&text[before.len()..at]) {
            break;
        }
        let place = before.rfind(char::is_whitespace);
        let from = place.map_or(0, |place| place + before[place..].chars().next().map_or(0, char::len_utf8));
        let word = &before[from..];
        let folded = word.to_lowercase();
        if numbered && !CHANGES.contains(&folded.as_str()) && !is_number(&folded) {
            break;
        }
        if JOINS.contains(&folded.as_str()) {
            at = from;
        } else if is_number(&folded) {
            (numbered, at) = (true, from);
        } else if is_part(word, all_large) {
            (grown, at, numbered) = (from, from, false);
        } else {
            break;
        }
    }
    grown
}

fn grown_right(text: &str, end: usize, marked: &str, all_large: bool) -> usize {
    if marked.split_whitespace().any(is_end) {
        return end;
    }
    let mut at = end;
    for _ in 0..MOST_WORDS {
        let rest = text[at..].trim_start();
        let from = text.len() - rest.len();
        if is_torn(&text[at..from]) {
            break;
        }
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if is_end(bare) && bare.starts_with(char::is_uppercase) {
            return from + bare.len();
        }
        if !JOINS.contains(&word.to_lowercase().as_str()) && !is_part(word, all_large) {
            break;
        }
        at = from + word.len();
    }
    end
}

/// Whether it is part of a number, as amendments have: `#3`, `No. 2`.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('#').unwrap_or(word);
    word == "no." || word == "number" || (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

/// Whether between two words a line is left empty, or there is nothing.
fn is_torn(gap: &str) -> bool {
    gap.is_empty() || gap.matches('\n').count() > 1
}

fn is_end(word: &str) -> bool {
    ENDS.contains(&word.to_lowercase().trim_end_matches(|c: char| !c.is_alphanumeric()))
}

fn is_part(word: &str, all_large: bool) -> bool {
    let is_word = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '\'' | '’'));
    let is_large = if all_large { !word.contains(char::is_lowercase) } else { true };
    is_word
        && is_large
        && word.chars().count() > 1
        && word.starts_with(char::is_uppercase)
        && !NO_PART.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole<'a>(text: &'a str, part: &str) -> &'a str {
        let start = text.find(part).unwrap();
        let range = whole_title(text, TextRange::new(start, start + part.len()));
        &text[range.start..range.end]
    }

    #[test]
    fn a_title_is_grown_over_words_written_alike() {
        let text =
            "Exhibit 10.1\n\nNONEXCLUSIVE VALUE ADDED\n  DISTRIBUTOR AGREEMENT\n\nThis Distributor Agreement";
        assert_eq!(whole(text, "DISTRIBUTOR AGREEMENT"), "NONEXCLUSIVE VALUE ADDED\n  DISTRIBUTOR AGREEMENT");
        assert_eq!(
            whole("EXHIBIT A LICENSE AND DEVELOPMENT AGREEMENT", "DEVELOPMENT AGREEMENT"),
            "LICENSE AND DEVELOPMENT AGREEMENT"
        );
        assert_eq!(
            whole("this Domain Name and Content License Agreement is", "License Agreement"),
            "Domain Name and Content License Agreement"
        );
        assert_eq!(
            whole("the MAINTENANCE AND SUPPORT AGREEMENT,", "MAINTENANCE"),
            "MAINTENANCE AND SUPPORT AGREEMENT"
        );
        let text = "EXHIBIT 10.1 FORM OF SUB-RESELLER AGREEMENT";
        assert_eq!(whole(text, "RESELLER AGREEMENT"), "FORM OF SUB-RESELLER AGREEMENT");
        assert_eq!(whole("This e-business Hosting", "business Hosting"), "e-business Hosting");
        let amendment = "Amendment #3 to the Supply Agreement";
        assert_eq!(whole(&format!("deleted. {amendment} This"), "Supply Agreement"), amendment);
        let amendment = "AMENDMENT NO. 2 TO SUPPLY AGREEMENT";
        assert_eq!(whole(amendment, "SUPPLY AGREEMENT"), amendment);
    }

    #[test]
    fn what_stands_around_a_title_stays_outside() {
        assert_eq!(whole("CONFIDENTIAL SUPPLY AGREEMENT ACME FUNDS", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("B   TERMINATION AGREEMENT", "TERMINATION AGREEMENT"), "TERMINATION AGREEMENT");
        assert_eq!(whole("EXHIBIT 10 SUPPLY AGREEMENT", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("ORDER No. 7 SUPPLY AGREEMENT", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("OF SUPPLY AGREEMENT", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("ACME\n\nSUPPLY AGREEMENT", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("Sales of Acme Inc. Supply", "Supply"), "Supply");
        assert_eq!(whole("the form of Supply Agreement", "Supply"), "Supply Agreement");
        assert_eq!(whole("10-K --SUPPLY AGREEMENT", "SUPPLY AGREEMENT"), "SUPPLY AGREEMENT");
        assert_eq!(whole("the supply agreement", "supply agreement"), "supply agreement");
        assert_eq!(whole("Übersee-Vertrag ÄÖ SUPPLY", "SUPPLY"), "ÄÖ SUPPLY");
    }
}
