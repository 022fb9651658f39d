//! The whole name of a party around the part of it that a model marked, and what is no name.

use proviso_answers::{is_address, is_company_form};
use proviso_core::TextRange;

/// What stands around roles.
pub(crate) const QUOTES: [char; 3] = ['"', '“', '”'];
/// Words that are written large at the beginning of a sentence or a line, and are no part of a name.
const NO_PART: [&str; 37] = [
    "and",
    "by",
    "between",
    "among",
    "this",
    "agreement",
    "the",
    "whereas",
    "dated",
    "date",
    "to",
    "with",
    "for",
    "in",
    "on",
    "a",
    "an",
    "each",
    "party",
    "parties",
    "or",
    "is",
    "as",
    "made",
    "entered",
    "into",
    "effective",
    "from",
    "its",
    "if",
    "when",
    "attn",
    "address",
    "name",
    "title",
    "hereinafter",
    "witnesseth",
];
/// What is no name when it stands alone.
const NO_NAME: [&str; 19] = [
    "hereinafter",
    "referred to",
    "whereas",
    "witnesseth",
    "parties",
    "party",
    "ltd",
    "llc",
    "inc",
    "pty",
    "ag",
    "corporation",
    "company",
    "each",
    "schedule",
    "signature",
    "limited",
    // Registers of companies, before a number.
    "acn",
    "abn",
];
/// Before somebody who acts for a party.
const ACTS_FOR: [&str; 4] =
    ["represented by", "represented herein by", "represented by its", "represented by mr."];
/// Bytes before a passage that are looked at.
const AROUND: usize = 60;
/// Words that a name is grown by on either side at most.
const MOST_WORDS: usize = 8;

/// Grows the part of a party's name to the whole: a role in quotation marks takes them along and its article (`the "Buyer"`),
/// a name the capitalised words around it and the form of the company.
pub(crate) fn whole_name(text: &str, range: TextRange) -> TextRange {
    let range = behind_another(text, range);
    let quoted = with_quotes(text, range);
    if text[quoted.start..].starts_with(QUOTES) {
        let before = &text[..quoted.start];
        let has_article = before.len() >= 4
            && before.is_char_boundary(before.len() - 4)
            && before[before.len() - 4..].eq_ignore_ascii_case("the ");
        return TextRange::new(quoted.start - if has_article { 4 } else { 0 }, quoted.end);
    }
    if !text[range.start..].starts_with(char::is_uppercase) {
        return range;
    }
    TextRange::new(grown_left(text, range.start), grown_right(text, range.end))
}

/// Whether a passage names nobody, or a place of an address, or somebody who only acts for a party, or says what kind of company a party is
/// ("a registered Broker Dealer").
pub(crate) fn is_no_name(text: &str, range: TextRange) -> bool {
    let bare = text[range.start..range.end].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() || (is_address(&bare) && !is_company(&bare)) || NO_NAME.contains(&bare.as_str()) {
        return true;
    }
    let from = text.floor_char_boundary(range.start.saturating_sub(AROUND));
    let before: Vec<&str> = text[from..range.start].split_whitespace().collect();
    let acts = before.join(" ").to_lowercase();
    let is_article = |word: &&str| matches!(*word, "a" | "an");
    let is_described = match before.as_slice() {
        [.., article, word] => {
            is_article(word) || (is_article(article) && word.chars().all(char::is_lowercase))
        }
        _ => false,
    };
    ACTS_FOR.iter().any(|words| acts.ends_with(words)) || (is_described && !is_company(&bare))
}

/// Whether a name ends as companies' names do.
fn is_company(name: &str) -> bool {
    name.rsplit([' ', ',']).next().is_some_and(is_company_form)
}

/// Where the end of one party was marked together with the next, as in `Acme"), Bolt LLC`, the next.
fn behind_another(text: &str, range: TextRange) -> TextRange {
    let marked = &text[range.start..range.end];
    let closed = marked.rmatch_indices(')').map(|(at, _)| at).find(|at| marked[..*at].ends_with(QUOTES));
    let next = closed.filter(|at| !marked[..*at].contains('(')).and_then(|at| {
        let joins = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—');
        let next = marked[at + 1..].trim_start_matches(joins);
        let next = next.strip_prefix("and ").unwrap_or(next).trim_start_matches(joins);
        Some(next).filter(|next| next.starts_with(char::is_uppercase))
    });
    next.map_or(range, |next| TextRange::new(range.end - next.len(), range.end))
}

/// The quotation marks around a range that has none or one of them.
fn with_quotes(text: &str, range: TextRange) -> TextRange {
    let part = &text[range.start..range.end];
    let (opens, closes) = (part.starts_with(QUOTES), part.ends_with(QUOTES));
    let before = text[..range.start].chars().next_back().filter(|c| QUOTES.contains(c));
    let behind = text[range.end..].chars().next().filter(|c| QUOTES.contains(c));
    match (before, behind) {
        (Some(before), Some(behind)) if !opens && !closes => {
            TextRange::new(range.start - before.len_utf8(), range.end + behind.len_utf8())
        }
        (Some(before), _) if !opens && closes => TextRange::new(range.start - before.len_utf8(), range.end),
        (_, Some(behind)) if opens && !closes => TextRange::new(range.start, range.end + behind.len_utf8()),
        _ => range,
    }
}

fn grown_right(text: &str, end: usize) -> usize {
    let rest = leading(&text[end..], |c| c.is_alphanumeric() || c == '.');
    let mut end = end + rest.trim_end_matches('.').len();
    for _ in 0..MOST_WORDS {
        match form_behind(text, end).or_else(|| word_behind(text, end)) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// Behind `, Inc.` and the like.
fn form_behind(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let gap = [", ", ",", " "].into_iter().find(|gap| rest.starts_with(gap))?.len();
    let word = leading(&rest[gap..], |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/'));
    let is_written_so = word.starts_with(char::is_uppercase) || word.starts_with("plc");
    (is_written_so && is_company_form(word)).then_some(end + gap + word.len())
}

/// Behind one more capitalised word, which `&` or `of` may join.
fn word_behind(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let gap = [" & ", " of ", " "].into_iter().find(|gap| rest.starts_with(gap))?.len();
    let word = leading(&rest[gap..], |c| c.is_alphanumeric() || matches!(c, '&' | '\'' | '’' | '-'));
    is_part(word).then_some(end + gap + word.len())
}

fn grown_left(text: &str, start: usize) -> usize {
    let mut grown = start;
    let mut at = start;
    for _ in 0..MOST_WORDS {
        let Some(before) = text[..at].strip_suffix(' ') else { break };
        let word_at = before
            .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“'))
            .map_or(0, |place| place + before[place..].chars().next().map_or(0, char::len_utf8));
        let word = &before[word_at..];
        if is_part(word) {
            grown = word_at;
        } else if !matches!(word, "&" | "of") {
            break;
        }
        at = word_at;
    }
    grown
}

fn is_part(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_closed = word.ends_with([':', ';']) || word.contains(QUOTES);
    word.starts_with(char::is_uppercase) && !is_closed && !NO_PART.contains(&bare.as_str())
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c: char| !belongs(c)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole<'a>(text: &'a str, part: &str) -> &'a str {
        let start = text.find(part).unwrap();
        let range = whole_name(text, TextRange::new(start, start + part.len()));
        &text[range.start..range.end]
    }

    #[test]
    fn a_name_is_grown_to_its_first_word_and_its_form() {
        let text = "This Agreement is between Shanghai Leju Information Technology Co., Ltd. and Bank of Übersee AG (the \"Bank\").";
        assert_eq!(whole(text, "Information"), "Shanghai Leju Information Technology Co., Ltd.");
        assert_eq!(whole(text, "Ltd."), "Shanghai Leju Information Technology Co., Ltd.");
        assert_eq!(whole(text, "Übersee"), "Bank of Übersee AG");
    }

    #[test]
    fn words_around_a_name_stay_outside() {
        let text = "WHEREAS: Between Acme Corporation And Other Parties, The Buyer";
        assert_eq!(whole(text, "Acme"), "Acme Corporation");
        assert_eq!(whole("the company Acme shall", "company"), "company");
    }

    #[test]
    fn a_role_takes_its_quotation_marks_and_its_article_along() {
        let text = "Acme Inc. (the “Buyer”) and Bolt LLC (\"Seller\")";
        assert_eq!(whole(text, "Buyer"), "the “Buyer”");
        assert_eq!(whole(text, "Seller\""), "\"Seller\"");
    }

    #[test]
    fn a_form_or_a_heading_alone_names_nobody() {
        let alone = |name: &&str| is_no_name(name, TextRange::new(0, name.len()));
        assert!(["Ltd.", "hereinafter", "\"", "PARTIES:", "ACN", "Main Blvd."].iter().all(alone));
        assert!(!["Acme Ltd.", "you", "Übersee"].iter().any(alone));
    }

    #[test]
    fn who_acts_for_a_party_and_what_kind_it_is_names_nobody() {
        let names_nobody = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            is_no_name(text, TextRange::new(start, start + part.len()))
        };
        let text =
            "Bolt B.V., represented by Ada Übersee, and Acme Inc., a registered Broker Dealer, a/k/a Acme";
        assert!(names_nobody(text, "Ada Übersee") && names_nobody(text, "Broker Dealer"));
        assert!(!names_nobody(text, "Bolt B.V.") && !names_nobody(text, "Acme"));
        assert!(!names_nobody("with a subsidiary Bolt Ltd.", "Bolt Ltd."));
        assert!(!names_nobody("A Seminole Company", "Seminole Company"));
    }

    #[test]
    fn a_name_is_parted_from_the_end_of_another() {
        let text = "(\"ACME\"), and BOLT TOOLS, Inc. (the \"Buyer\") and Copper LLC";
        assert_eq!(whole(text, "ACME\"), and BOLT TOOLS"), "BOLT TOOLS, Inc.");
        assert_eq!(whole("(“ACME”), Bolt LLC", "ACME”), Bolt"), "Bolt LLC");
        assert_eq!(whole("(“ACME”); Bolt LLC", "”); Bolt"), "Bolt LLC");
        assert_eq!(
            whole("(\"ACME\", or \"Party\") - and - BOLT.COM INC.", "ACME\", or \"Party\") - and - BOLT"),
            "BOLT.COM INC."
        );
        assert_eq!(whole("the “Buyer”) (each", "“Buyer”) (each"), "the “Buyer”) (each");
        assert_eq!(whole("Bolt (\"B\") and Copper", "Bolt (\"B\") and Copper"), "Bolt (\"B\") and Copper");
    }
}
