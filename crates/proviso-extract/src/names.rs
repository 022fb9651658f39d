//! The whole name of a party around the part of it that a model marked, and what is no name.

use proviso_core::TextRange;

const QUOTES: [char; 3] = ['"', '“', '”'];
/// Forms of companies that close a name, without their full stops, in lower case.
const FORMS: [&str; 22] = [
    "inc",
    "ltd",
    "llc",
    "lp",
    "llp",
    "lllp",
    "corp",
    "co",
    "sa",
    "nv",
    "bv",
    "ag",
    "se",
    "plc",
    "gmbh",
    "limited",
    "corporation",
    "company",
    "incorporated",
    "kg",
    "spa",
    "pty",
];
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
const NO_NAME: [&str; 17] = [
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
];
/// Words that a name is grown by on either side at most.
const MOST_WORDS: usize = 8;

/// Grows the part of a party's name to the whole: a role in quotation marks takes them along and its article (`the "Buyer"`),
/// a name the capitalised words around it and the form of the company.
pub(crate) fn whole_name(text: &str, range: TextRange) -> TextRange {
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

/// Whether a passage names nobody.
pub(crate) fn is_no_name(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.is_empty() || NO_NAME.contains(&bare.as_str())
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

fn grown_right(text: &str, mut end: usize) -> usize {
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
    let bare: String = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let is_form = word.starts_with(char::is_uppercase) || word.starts_with("plc");
    (is_form && FORMS.contains(&bare.as_str())).then_some(end + gap + word.len())
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
    word.starts_with(char::is_uppercase) && !word.ends_with([':', ';']) && !NO_PART.contains(&bare.as_str())
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
        assert!(["Ltd.", "hereinafter", "\"", "PARTIES:"].into_iter().all(is_no_name));
        assert!(!["Acme Ltd.", "you", "Übersee"].into_iter().any(is_no_name));
    }
}
