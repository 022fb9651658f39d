//! What a clause about a party says by itself: a name, what somebody is called, or the parties together.

use std::sync::LazyLock;

use proviso_core::TextRange;
use regex::Regex;

use super::name::{OTHER_NAME, is_role, key_words, names_nobody, without_signature};
use crate::{
    company::ends_as_company,
    pattern::pattern,
    words::{Word, after, before, one_line, words},
};

/// Words that stand for the parties together, or for any of them.
static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:collectively|individually|together|each\s+(?:an?|as|of|individually)|parties|may\s+be\s+referred)\b|^\W*(?:the\s+|each\s+|an?\s+)?part(?:y|ies)\W*$",
    )
});
/// Roles in quotation marks in a bracket or behind a comma.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["“”]\s*([^"“”]{1,60}?)[\s,.]*["“”]"#));

/// What another name of the same party begins with.
static ALIAS: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^\W*(?:{OTHER_NAME}|and\s+its|its\s+(?:affiliates|successors))\b")));

/// What a clause is.
pub(super) enum Kind {
    /// A name, with the roles that the clause itself gives.
    Name(String, Vec<String>),
    /// What a party is called, and where the text says so.
    Role(Vec<String>, usize),
    /// The parties together, another name of one, or nobody.
    Together,
}

/// What a clause says.
pub(super) fn kind(text: &str, clause: TextRange) -> Kind {
    let Some(words) = text.get(clause.start..clause.end) else { return Kind::Together };
    let line = one_line(words);
    if (TOGETHER.is_match(&line) && !ends_as_company(first_part(&line))) || ALIAS.is_match(&line) {
        return Kind::Together;
    }
    // "Company" and "Bank" end names, and are roles too.
    let is_company = ends_as_company(bare(&line)) && !is_role(&line);
    if line.starts_with(['"', '“', '”', '(', '\'']) && !is_company {
        let quoted = quoted(&line);
        let roles = if quoted.is_empty() { vec![role(&line)] } else { quoted };
        return Kind::Role(roles, clause.start);
    }
    let name = name(without_signature(first_part(&line)));
    if matches!(key(&name).as_str(), "" | "hereinafter" | "hereafter" | "hereby") {
        return Kind::Together;
    }
    let roles = quoted(&line);
    if !is_company && roles.is_empty() {
        if let Some(at) = definition(text, &role(&line)) {
            return Kind::Role(vec![role(&line)], at);
        }
        if is_role(&line) || is_few_words_with(&line, <[Word]>::last) {
            return Kind::Role(vec![role(&line)], clause.start);
        }
        if is_few_words_with(&line, <[Word]>::first) {
            return Kind::Together;
        }
    }
    if names_nobody(&name, is_company) {
        return if roles.is_empty() { Kind::Together } else { Kind::Role(roles, clause.start) };
    }
    Kind::Name(name, roles)
}

/// Whether one of two or three words, the first or the last, is what parties are called: "Sales Agent" is a role, "Company Import" a
/// role and the beginning of what it does.
fn is_few_words_with(line: &str, which: impl Fn(&[Word]) -> Option<&Word>) -> bool {
    let all = words(line);
    (2..=3).contains(&all.len()) && which(&all).is_some_and(|word| is_role(&word.folded))
}

/// Where the text first has a name in quotation marks.
fn definition(text: &str, name: &str) -> Option<usize> {
    let opens = |at: usize| {
        let before = before(text, at, 8).trim_end();
        let before = before.strip_suffix("the").unwrap_or(before).trim_end();
        before.ends_with(['"', '“', '”', '\'', '‘', '’'])
    };
    let closes = |at: usize| {
        after(text, at, 4).trim_start_matches([',', '.', ' ']).starts_with(['"', '”', '“', '\'', '’'])
    };
    let mut places = text.match_indices(name).map(|(at, _)| at);
    places.find(|&at| opens(at) && closes(at + name.len()))
}

/// What stands before a bracket with a quoted role, or before the quotation mark itself.
fn first_part(line: &str) -> &str {
    let Some(quote) = line.find(['"', '“', '”']).filter(|quote| *quote > 0) else { return line };
    let head = &line[..quote];
    // A bracket that is still open belongs to the role.
    match head.rfind('(').filter(|open| !head[*open..].contains(')')) {
        Some(open) if open > 0 => &head[..open],
        _ => head,
    }
}

/// The roles in quotation marks.
pub(super) fn quoted(line: &str) -> Vec<String> {
    let roles = QUOTED.captures_iter(line).filter_map(|captures| Some(role(captures.get(1)?.as_str())));
    let mut found: Vec<String> = Vec::new();
    // Between `"A" or "B"` there are quotation marks too.
    let joins = |role: &str| matches!(role.to_lowercase().as_str(), "or" | "and");
    for role in roles.filter(|role| !role.is_empty() && !joins(role) && !TOGETHER.is_match(role)) {
        if !found.contains(&role) {
            found.push(role);
        }
    }
    found
}

/// Without quotation marks, brackets and what stands outside of them.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '(' | ')' | ',' | ';' | ':')
    })
}

fn role(line: &str) -> String {
    let line = one_line(line);
    let role = bare(&line).trim_end_matches('.');
    let article = role.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    if article { role[4..].trim_start().to_owned() } else { role.to_owned() }
}

fn name(line: &str) -> String {
    let opened = line.matches('(').count() > line.matches(')').count();
    let marks = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '“' | '”');
    let line = if opened { line.rsplit_once('(').map_or(line, |(head, _)| head) } else { line };
    let line = line.trim_matches(marks);
    let closed = line.matches(')').count() > line.matches('(').count();
    if closed { line.trim_end_matches(')').trim_matches(marks).to_owned() } else { line.to_owned() }
}

/// The names of an answer that lists parties with their roles, without what only names them together.
pub(crate) fn names_of_answer(answer: &str) -> Vec<String> {
    let names = answer.split(';').map(one_line).filter_map(|part| {
        let name = name(first_part(part.trim_start_matches(['(', '"'])));
        // "Acme and Bolt (together the Parties)", "(Acme and Bolt, each a Party)" and "Party A, Party B (the Parties)" name nobody new,
        // "Acme Inc. (Acme) (together the Parties)" does.
        let is_phrase = part.starts_with('(') || (name.contains(" and ") && !name.contains(['.', ',']));
        let is_list = name.split(',').all(is_role);
        let is_together = TOGETHER.is_match(&name) || ((is_phrase || is_list) && TOGETHER.is_match(&part));
        (!is_together && !key(&name).is_empty()).then_some(name)
    });
    names.collect()
}

/// What two spellings of a name have in common: letters and digits in small letters, without an article, forms of companies in one
/// spelling.
pub(super) fn key(name: &str) -> String {
    key_words(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_each_party_once_and_not_all_together() {
        for (answer, expected) in [
            (
                r#"Acme, Inc. ("Acme"); Bolt LLC ("Bolt")("Party" or collectively "Parties")"#,
                &["Acme, Inc", "Bolt LLC"][..],
            ),
            (r#"Acme, Inc.; ("Acme" and "Bolt" individually referred to as "Party")"#, &["Acme, Inc."]),
            ("Acme Limited (“A”); (Acme and Bolt, a “Party” or together, the “Parties”)", &["Acme Limited"]),
            (r#"Acme AG; (each as "Party", together as "Parties")"#, &["Acme AG"]),
            (r#"Acme AG ("Party A"); Party A, Party B (individually a "Party")"#, &["Acme AG"]),
        ] {
            let names = names_of_answer(answer);
            let keys = |names: &[&str]| names.iter().map(|name| key(name)).collect::<Vec<_>>();
            assert_eq!(
                keys(&names.iter().map(String::as_str).collect::<Vec<_>>()),
                keys(expected),
                "{answer}"
            );
        }
    }
}
