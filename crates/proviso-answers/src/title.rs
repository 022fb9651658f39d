//! What a contract is called.

use proviso_core::TextRange;

use crate::words::{Word, before, one_line, words};

/// What titles end with.
const KINDS: [&str; 7] = ["agreement", "contract", "lease", "license", "amendment", "addendum", "plan"];

/// Words that a title has in small letters.
const JOINS: [&str; 8] = ["and", "of", "for", "the", "or", "to", "in", "on"];

/// Written large before a title and no part of it.
const NO_PART: [&str; 8] =
    ["exhibit", "exhibits", "schedule", "annex", "appendix", "copy", "version", "confidential"];

/// A title in one line, without quotation marks, brackets and commas around it.
pub(crate) fn title(clause: &str) -> String {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | ',' | ';' | ':' | '_' | '*')
    };
    let line = one_line(clause);
    let mut line = line.trim_matches(marks);
    loop {
        let opened = line.matches('(').count() > line.matches(')').count();
        let closed = line.matches(')').count() > line.matches('(').count();
        let shorter = match (opened, closed) {
            (true, _) => line.strip_suffix('(').or_else(|| line.strip_prefix('(')),
            (_, true) => line.strip_suffix(')').or_else(|| line.strip_prefix(')')),
            _ => None,
        };
        let Some(shorter) = shorter else { return said_once(without_party(line)).to_owned() };
        line = shorter.trim_matches(marks);
    }
}

/// A title without the name of a party above it: "ACME TOOLS, INC. SUPPLY AGREEMENT".
fn without_party(line: &str) -> &str {
    // Others are words of titles too: "Limited License Agreement", "Company Lease".
    const FORMS: [&str; 6] = ["inc", "incorporated", "corp", "corporation", "llc", "ltd"];
    let all = words(line);
    let form = all.iter().rposition(|word| FORMS.contains(&word.folded.as_str()));
    let Some(next) = form.and_then(|form| all.get(form + 1)) else { return line };
    let rest = &line[next.start..];
    if next.is_capital && words(rest).len() > 1 && kind(rest).is_some() { rest } else { line }
}

/// A title without its repetition, as where the first sentence follows the heading: "SUPPLY AGREEMENT SUPPLY AGREEMENT, dated", "SUPPLY
/// AGREEMENT ACME FUNDS Agreement, made", "SUPPLY AGREEMENT AGREEMENT NUMBER: 7".
fn said_once(line: &str) -> &str {
    let all = words(line);
    let folded: Vec<&str> = all.iter().map(|word| word.folded.as_str()).collect();
    let until = |count: usize| line[..all[count - 1].end].trim_end();
    let half = folded.len() / 2;
    if half > 0 && folded[..half] == folded[half..] {
        return until(half);
    }
    let Some((last, before)) = folded.split_last().filter(|(last, _)| KINDS.contains(last)) else {
        return line;
    };
    let Some(first) = before.iter().position(|word| word == last).filter(|first| *first > 0) else {
        return line;
    };
    let is_small = |at: usize| line[all[at].start..all[at].end].contains(char::is_lowercase);
    let is_next = first + 1 == before.len();
    let is_of_sentence = is_small(folded.len() - 1) && !(0..before.len()).any(is_small);
    if is_next || is_of_sentence { until(first + 1) } else { line }
}

/// A title that is marked in parts is put together from those that stand near each other: "Amendment No. 2", "Lease". The first
/// of the clauses is surely one.
pub(crate) fn whole_title(text: &str, clauses: &[TextRange]) -> Option<String> {
    const NEAR: usize = 120;
    let (first, others) = clauses.split_first()?;
    let (mut start, mut end) = (first.start, first.end);
    let mut parts = vec![*first];
    let mut others = others.to_vec();
    let is_near = |other: &TextRange, start: usize, end: usize| {
        (other.start >= end && other.start - end <= NEAR) || (other.end <= start && start - other.end <= NEAR)
    };
    while let Some(at) = others.iter().position(|other| is_near(other, start, end)) {
        let other = others.remove(at);
        (start, end) = (start.min(other.start), end.max(other.end));
        parts.push(other);
    }
    parts.sort();
    let surest = kind(&title(text.get(first.start..first.end)?));
    let mut titles: Vec<String> = Vec::new();
    for part in parts {
        let title = title(text.get(part.start..part.end)?);
        if part != *first && surest.is_some() && kind(&title) == surest {
            // Another name of the same thing.
            continue;
        }
        let is_new = titles.iter().all(|known| !known.to_lowercase().contains(&title.to_lowercase()));
        if is_new && !title.is_empty() {
            titles.push(title);
        }
    }
    if let [only] = &mut titles[..]
        && let Some(longer) = heading(text, first.start).filter(|heading| continues(heading, only))
    {
        *only = longer;
    }
    Some(titles.join(" ")).filter(|title| !title.is_empty())
}

/// The heading above the sentence that begins with a title at `start`: "This Distributor Agreement".
fn heading(text: &str, start: usize) -> Option<String> {
    const LONGEST: usize = 200;
    let no_word = |c: char| !c.is_alphanumeric();
    let above = before(text, start, LONGEST).trim_end_matches(no_word);
    let above = above.strip_suffix("This").or_else(|| above.strip_suffix("THIS"))?.trim_end_matches(no_word);
    let line = above.rsplit(['\n', '.', ')', ':', ']']).next()?;
    let joins = |word: &Word| JOINS.contains(&word.folded.as_str());
    let is_outside = |word: &Word| {
        let is_letter = word.folded.chars().nth(1).is_none();
        let is_numbered = word.folded.contains(|c: char| c.is_ascii_digit());
        is_letter
            || is_numbered
            || !(word.is_capital || joins(word))
            || NO_PART.contains(&word.folded.as_str())
    };
    let all = words(line);
    let outside = all.iter().rposition(is_outside).map_or(0, |last| last + 1);
    let first = all[outside..].iter().find(|word| !joins(word))?;
    Some(title(&line[first.start..]))
}

/// Whether a title is another one with some words before it.
fn continues(longer: &str, shorter: &str) -> bool {
    const MOST_MORE: usize = 4;
    let (longer, shorter) = (words(longer), words(shorter));
    (shorter.len() + 1..=shorter.len() + MOST_MORE).contains(&longer.len())
        && longer.iter().rev().zip(shorter.iter().rev()).all(|(one, other)| one.folded == other.folded)
}

/// What kind of document a title ends with; none where it says more behind that.
fn kind(title: &str) -> Option<&'static str> {
    let last = words(title).pop()?;
    KINDS.into_iter().find(|kind| *kind == last.folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_in_one_line_without_marks() {
        for (clause, expected) in [
            ("  CONTENT  LICENSING\n AGREEMENT", "CONTENT LICENSING AGREEMENT"),
            ("“Supply Agreement”", "Supply Agreement"),
            ("DEVELOPMENT AGREEMENT (“", "DEVELOPMENT AGREEMENT"),
            ("Agreement (Form of)", "Agreement (Form of)"),
            ("AMENDMENT NO. 2 <omitted> LEASE", "AMENDMENT NO. 2 LEASE"),
            ("SERVICES AGREEMENT SERVICES AGREEMENT,", "SERVICES AGREEMENT"),
            ("RESELLER AGREEMENT\n\nAGREEMENT", "RESELLER AGREEMENT"),
            ("SERVICING AGREEMENT ÜBERSEE MUTUAL FUNDS Agreement", "SERVICING AGREEMENT"),
            ("ACME TOOLS, INC. SUPPLY AGREEMENT", "SUPPLY AGREEMENT"),
            ("Agreement with Acme, Inc. for a License", "Agreement with Acme, Inc. for a License"),
            ("License Agreement and Supply Agreement", "License Agreement and Supply Agreement"),
            ("LICENSE AGREEMENT AND SUPPLY AGREEMENT", "LICENSE AGREEMENT AND SUPPLY AGREEMENT"),
            ("Agreement", "Agreement"),
            ("\"\"", ""),
        ] {
            assert_eq!(title(clause), expected);
        }
    }

    #[test]
    fn parts_are_put_together_but_no_second_name() {
        let whole = |text: &str, parts: &[&str]| {
            let range = |part: &&str| {
                let start = text.rfind(*part).unwrap();
                TextRange::new(start, start + part.len())
            };
            whole_title(text, &parts.iter().map(range).collect::<Vec<_>>()).unwrap()
        };
        let text = "AMENDMENT NO. 2\nto the Lease";
        assert_eq!(whole(text, &["Lease", "AMENDMENT NO. 2"]), "AMENDMENT NO. 2 Lease");
        let text = "STRATEGIC ALLIANCE AGREEMENT. This Strategic Collaboration Agreement is made";
        let names = ["STRATEGIC ALLIANCE AGREEMENT", "Strategic Collaboration Agreement"];
        assert_eq!(whole(text, &names), "STRATEGIC ALLIANCE AGREEMENT");
        for (text, expected) in [
            (
                "by omission.\nCONFIDENTIAL EXCLUSIVE DISTRIBUTOR AGREEMENT\n\nThis Distributor Agreement",
                "EXCLUSIVE DISTRIBUTOR AGREEMENT",
            ),
            ("EXHIBIT B\nSALES AGREEMENT\n\nTHIS Distributor Agreement", "Distributor Agreement"),
            ("Exhibit 10 B DISTRIBUTOR AGREEMENT\nThis Distributor Agreement", "Distributor Agreement"),
            ("the EXCLUSIVE DISTRIBUTOR AGREEMENT. The Distributor Agreement", "Distributor Agreement"),
            (
                "FILED IF IT CAUSES HARM WHEN PUBLIC DISTRIBUTOR AGREEMENT This Distributor Agreement",
                "Distributor Agreement",
            ),
        ] {
            assert_eq!(whole(text, &["Distributor Agreement"]), expected);
        }
        assert_eq!(
            whole("RESELLER AGREEMENT AGREEMENT", &["RESELLER AGREEMENT", "AGREEMENT"]),
            "RESELLER AGREEMENT"
        );
    }
}
