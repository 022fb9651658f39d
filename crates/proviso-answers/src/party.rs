//! Who the parties are, and what a contract calls them.

use std::{cmp::Reverse, fmt, sync::LazyLock};

use proviso_core::TextRange;
use regex::Regex;

use crate::{
    company::ends_as_company,
    own_parties::{Candidate, are_own},
    party_name::{is_part_of, is_role, is_row_of, key_words, names_nobody, without_signature},
    pattern::pattern,
    words::{Word, after, before, one_line, words},
};

/// A party with the names that the contract gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name, as the contract writes it.
    pub name: String,
    /// What it is called from there on, such as `Licensor`; several where the contract gives several.
    pub roles: Vec<String>,
}

/// As CUAD writes it: `Acme Corporation ("Acme", "Seller")`.
impl fmt::Display for Party {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        if !self.roles.is_empty() {
            let roles: Vec<String> = self.roles.iter().map(|role| format!("\"{role}\"")).collect();
            write!(formatter, " ({})", roles.join(", "))?;
        }
        Ok(())
    }
}

/// The parties among some clauses of that kind, and for each clause the number of the party that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parties {
    pub parties: Vec<Party>,
    /// In the order of the clauses; none for `Party` and `Parties`, which say nothing of who they are.
    pub of_clauses: Vec<Option<usize>>,
}

/// Words that stand for the parties together, or for any of them.
static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:collectively|individually|together|each\s+(?:an?|as|of|individually)|parties|may\s+be\s+referred)\b|^\W*(?:the\s+|each\s+|an?\s+)?part(?:y|ies)\W*$",
    )
});
/// Words in quotation marks that name a thing: the contract itself, a day, a place.
static THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:the\s+|this\s+)?(?:[\w-]+\s+){0,3}(?:agreement|contract|amendment|addendum|lease|date|term|territory|exhibit|schedule)\W*$",
    )
});
/// Roles in quotation marks in a bracket or behind a comma.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["“”]\s*([^"“”]{1,60}?)[\s,.]*["“”]"#));

/// What another name of the same party begins with.
static ALIAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:formerly|f/k/a|d/b/a|a/k/a|dba|doing\s+business|trading\s+as|also\s+known|and\s+its|its\s+(?:affiliates|successors))\b",
    )
});

/// The parties, in the order in which the text names them first. `clauses` are names, roles and phrases as a model finds them
/// or a person marks them, one beside the other, at any place where they stand.
pub(crate) fn parties(text: &str, clauses: &[TextRange]) -> Parties {
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    order.sort_by_key(|&number| clauses[number]);
    let mut found = Found { text, named: Vec::new(), of_clauses: vec![None; clauses.len()] };
    let kinds: Vec<Kind> = clauses.iter().map(|clause| kind(text, *clause)).collect();
    for &number in &order {
        if let Kind::Name(name, roles) = &kinds[number] {
            found.name(number, clauses[number], name, roles);
        }
    }
    found.give_roles_behind_names();
    // Roles where the text gives them, first ones first.
    let mut given: Vec<(usize, usize)> = order
        .iter()
        .filter_map(|&number| match &kinds[number] {
            Kind::Role(_, at) => Some((*at, number)),
            _ => None,
        })
        .collect();
    given.sort_unstable();
    for (at, number) in given {
        if let Kind::Role(roles, _) = &kinds[number] {
            found.role(number, at, roles);
        }
    }
    found.finish()
}

/// What a clause is.
enum Kind {
    /// A name, with the roles that the clause itself gives.
    Name(String, Vec<String>),
    /// What a party is called, and where the text says so.
    Role(Vec<String>, usize),
    /// The parties together, another name of one, or nobody.
    Together,
}

fn kind(text: &str, clause: TextRange) -> Kind {
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

fn quoted(line: &str) -> Vec<String> {
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

/// A party that was found so far.
struct Named {
    party: Party,
    key: String,
    /// Where the text has its name, in their order.
    places: Vec<TextRange>,
    /// Where the text gave it its first role, be it that of another: the other spelling of a name is merged in the end.
    given: Option<usize>,
}

struct Found<'a> {
    text: &'a str,
    named: Vec<Named>,
    of_clauses: Vec<Option<usize>>,
}

/// Most bytes between a name and its role.
const REACH: usize = 700;
/// Most places of a name that are looked at.
const PLACES: usize = 50;

/// Whether a word is before the next party.
fn begins_another(word: &Word) -> bool {
    matches!(word.folded.as_str(), "and" | "between")
}

impl Found<'_> {
    fn name(&mut self, number: usize, place: TextRange, name: &str, roles: &[String]) {
        let key = key(name);
        let known = self.named.iter().position(|known| known.key == key);
        let at = known.unwrap_or_else(|| {
            let party = Party { name: name.to_owned(), roles: Vec::new() };
            let all =
                self.text.match_indices(name).map(|(start, _)| TextRange::new(start, start + name.len()));
            self.named.push(Named { party, key, places: all.take(PLACES).collect(), given: None });
            self.named.len() - 1
        });
        self.named[at].places.push(place);
        self.give(at, roles, place.end);
        self.of_clauses[number] = Some(at);
    }

    /// Gives each party without a role the one behind the first of its names that has any, however they are spelt.
    fn give_roles_behind_names(&mut self) {
        for at in 0..self.named.len() {
            let named = &mut self.named[at];
            named.places.sort();
            named.places.dedup();
            let behind = |place: &TextRange| Some((place.end, roles_behind(self.text, place.end)?));
            if let Some((end, roles)) =
                named.places.iter().find_map(behind).filter(|_| named.party.roles.is_empty())
            {
                self.give(at, &roles, end);
            }
        }
    }

    /// Gives a role to the party whose name stands last before it. If that one had its role already and another party begins
    /// behind that, the role is all that is known of the other: the blank of a form.
    fn role(&mut self, number: usize, at: usize, roles: &[String]) {
        let has_it = |named: &Named| {
            let known = || named.party.roles.iter().map(|role| key(role)).chain([named.key.clone()]);
            roles.iter().any(|role| known().any(|known| known == key(role)))
        };
        if let Some(known) = self.named.iter().position(has_it) {
            self.give(known, roles, at);
            self.of_clauses[number] = Some(known);
            return;
        }
        let nearest = self.named_before(at);
        let is_other = nearest.is_some_and(|near| {
            let given = self.named[near].given.filter(|given| *given < at);
            given.is_some_and(|given| {
                let between = words(self.text.get(given..at).unwrap_or_default());
                between.iter().any(begins_another)
            })
        });
        let generic = roles.iter().any(|role| is_role(role));
        let party = match nearest {
            Some(near) if !is_other => Some(near),
            Some(_) if generic => {
                let party = Party { name: roles.join(" "), roles: Vec::new() };
                let place = TextRange::new(at, at);
                self.named.push(Named {
                    party,
                    key: key(&roles.join(" ")),
                    places: vec![place],
                    given: Some(at),
                });
                Some(self.named.len() - 1)
            }
            _ => None,
        };
        if let Some(party) = party {
            self.give(party, roles, at);
        }
        self.of_clauses[number] = party;
    }

    /// Whose a role is: the name's that stands nearest before it, but a company's where its address or who leads it stands between.
    fn named_before(&self, at: usize) -> Option<usize> {
        let last = |named: &Named| {
            named.places.iter().filter(|place| place.end <= at && at - place.end < REACH).max().copied()
        };
        let near = self.named.iter().enumerate().filter_map(|(number, named)| Some((last(named)?, number)));
        let mut near: Vec<(TextRange, usize)> = near.collect();
        near.sort_unstable_by_key(|found| Reverse(*found));
        let (close, nearest) = *near.first()?;
        let Some(&(far, company)) = near.get(1) else { return Some(nearest) };
        let between = self.text.get(far.end..close.start).unwrap_or(";");
        let is_its = !between.contains([';', '"', '“'])
            && !words(between).iter().any(begins_another)
            && !ends_as_company(&self.named[nearest].party.name)
            && ends_as_company(&self.named[company].party.name)
            && self.named[company].party.roles.is_empty();
        Some(if is_its { company } else { nearest })
    }

    fn give(&mut self, party: usize, roles: &[String], at: usize) {
        for role in roles {
            let known = |named: &Named| {
                named.key == key(role) || named.party.roles.iter().any(|known| key(known) == key(role))
            };
            let is_own = self.named[party].party.name == *role;
            if role.is_empty() || is_own {
                continue;
            }
            if !self.named.iter().any(known) {
                self.named[party].party.roles.push(role.clone());
            }
            self.named[party].given.get_or_insert(at);
        }
    }

    /// A party with what is known of its other spellings and pieces.
    fn candidate(&self, at: usize, targets: &[Option<usize>]) -> Candidate<'_> {
        let spellings = || {
            self.named.iter().zip(targets).filter(|(_, target)| **target == Some(at)).map(|(named, _)| named)
        };
        let party = &self.named[at].party;
        let given = spellings().filter_map(|named| named.given).min();
        Candidate {
            name: &party.name,
            places: spellings().flat_map(|named| named.places.iter().copied()).collect(),
            given: given.filter(|_| !party.roles.is_empty()),
        }
    }

    /// A name that is only another party's role, or a piece of its name, is that party; two names in a row are nobody's.
    fn finish(mut self) -> Parties {
        let spelt: Vec<Vec<String>> = self.named.iter().map(|named| key_words(&named.party.name)).collect();
        let target = |at: usize| {
            let key = &self.named[at].key;
            let is_role_of = |other: &Named| other.party.roles.iter().any(|role| self::key(role) == *key);
            let is_whole = |other: &Vec<String>| is_part_of(&spelt[at], other) && !is_row_of(other, &spelt);
            let of_role = self.named.iter().position(|other| is_role_of(other) && other.key != *key);
            let target = of_role.or_else(|| spelt.iter().position(is_whole)).unwrap_or(at);
            (!is_row_of(&spelt[at], &spelt)).then_some(target)
        };
        let mut targets: Vec<Option<usize>> = (0..self.named.len()).map(target).collect();
        for at in 0..targets.len() {
            // The piece of a piece.
            targets[at] = targets[at].and_then(|target| targets[target]);
        }
        for (at, target) in targets.iter().enumerate() {
            let Some(target) = target.filter(|target| *target != at) else { continue };
            if self.named[target].party.roles.is_empty() {
                self.named[target].party.roles = std::mem::take(&mut self.named[at].party.roles);
            }
        }
        let whole: Vec<usize> = (0..self.named.len()).filter(|&at| targets[at] == Some(at)).collect();
        let candidates: Vec<Candidate<'_>> = whole.iter().map(|&at| self.candidate(at, &targets)).collect();
        let own = are_own(self.text, &candidates);
        let kept: Vec<usize> = whole.into_iter().zip(own).filter_map(|(at, own)| own.then_some(at)).collect();
        let number = |at: usize| kept.iter().position(|&kept| Some(kept) == targets[at]);
        Parties {
            of_clauses: self.of_clauses.iter().map(|at| at.and_then(number)).collect(),
            parties: kept.iter().map(|&at| self.named[at].party.clone()).collect(),
        }
    }
}

/// The roles in the first bracket with any behind a name: `, a Delaware corporation ("Seller")`. It must come before the
/// sentence names another party.
fn roles_behind(text: &str, end: usize) -> Option<Vec<String>> {
    let behind = after(text, end, 400);
    behind.match_indices('(').take(3).find_map(|(open, _)| {
        let between = &behind[..open];
        let is_near = !between.contains([';', '"', '“']) && !BETWEEN.is_match(between);
        let bracket = &behind[open..];
        let bracket = bracket.find(')').map_or(bracket, |close| &bracket[..close]);
        let roles: Vec<String> = quoted(bracket).into_iter().filter(|role| !THING.is_match(role)).collect();
        Some(roles).filter(|roles| is_near && !roles.is_empty())
    })
}

/// Where another party begins.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r",\s+and\s|\)\s*,?\s*and\s|\b(?:inc|llc|ltd|corp)\b\.?,?\s+and\s"));

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
pub(crate) fn key(name: &str) -> String {
    key_words(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, clauses: &[&str]) -> Vec<String> {
        let range = |clause: &&str| {
            let start = text.find(*clause).unwrap();
            TextRange::new(start, start + clause.len())
        };
        let ranges: Vec<TextRange> = clauses.iter().map(range).collect();
        parties(text, &ranges).parties.iter().map(Party::to_string).collect()
    }

    const TEXT: &str = "This Agreement is made between Nordwind Energy (UK) Ltd., an English company (\"NORDWIND\"), and \
                        Acme Tools, Inc., a Delaware corporation (the \"Distributor\"). Nordwind and the Distributor are \
                        each a \"Party\" and collectively the \"Parties\".";

    #[test]
    fn names_get_the_roles_that_follow_them() {
        let expected = ["Nordwind Energy (UK) Ltd. (\"NORDWIND\")", "Acme Tools, Inc. (\"Distributor\")"];
        let names = ["Acme Tools, Inc.", "Nordwind Energy (UK) Ltd."];
        assert_eq!(told(TEXT, &names), expected);
        assert_eq!(
            told(TEXT, &[&names[..], &["NORDWIND", "Distributor", "each a \"Party\""]].concat()),
            expected
        );
        // Found in one piece, or with a comma too many.
        assert_eq!(told(TEXT, &["Nordwind Energy (UK) Ltd., an English", "Acme Tools, Inc.,"]).len(), 2);
        assert_eq!(
            told("x \"Acme\" y Acme Inc (\"Buyer\")", &["Acme Inc (\"Buyer\")"]),
            ["Acme Inc (\"Buyer\")"]
        );
    }

    #[test]
    fn the_contract_and_its_dates_are_nobodys_role() {
        let text = "Calder & Finch Outsourcing, Inc. and its clients agree (this \"Agreement\"), with Bolt LLC (\"Bolt\", the \"Term\").";
        let clauses = ["Calder & Finch Outsourcing, Inc.", "Bolt LLC"];
        assert_eq!(told(text, &clauses), ["Calder & Finch Outsourcing, Inc.", "Bolt LLC (\"Bolt\")"]);
    }

    #[test]
    fn each_clause_knows_its_party() {
        let range = |clause: &str| {
            let start = TEXT.find(clause).unwrap();
            TextRange::new(start, start + clause.len())
        };
        let clauses = [
            range("Distributor"),
            range("Nordwind Energy (UK) Ltd."),
            range("Acme Tools, Inc."),
            range("Parties"),
        ];
        let found = parties(TEXT, &clauses);
        assert_eq!(found.of_clauses, [Some(1), Some(0), Some(1), None]);
    }

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

    #[test]
    fn what_is_no_party_and_pieces_of_names_add_nobody() {
        let text = "Dialog Semiconductor (UK) Ltd., Longwater Avenue, Reading, United Kingdom (\"DIALOG\") and BIOEQ IP AG; \
                    Bioeq shall pay. SIGNED: BIOEQ IP AG";
        let clauses = [
            "Dialog Semiconductor",
            "UK) Ltd.",
            "Longwater Avenue",
            "United Kingdom",
            "BIOEQ IP AG",
            "Bioeq",
        ];
        assert_eq!(told(text, &clauses), ["Dialog Semiconductor (\"DIALOG\")", "BIOEQ IP AG"]);
    }

    #[test]
    fn words_around_a_role_make_no_name_of_it() {
        let text = "Acme Tools, Inc., as Sales Agent, and Bolt LLC (\"Company\"). Company Import goods";
        let clauses = ["Acme Tools, Inc.", "Sales Agent", "Bolt LLC", "Company Import"];
        assert_eq!(told(text, &clauses), ["Acme Tools, Inc. (\"Sales Agent\")", "Bolt LLC (\"Company\")"]);
    }

    #[test]
    fn signatures_in_columns_name_nobody_new() {
        let text = "Acme Tools, Inc. (\"Licensor\") and Bolt Partners LLC (\"Distributor\"). ACME TOOLS, INC. BOLT PARTNERS LLC";
        let clauses = ["Acme Tools, Inc.", "Bolt Partners LLC", "ACME TOOLS, INC. BOLT PARTNERS LLC"];
        let expected = ["Acme Tools, Inc. (\"Licensor\")", "Bolt Partners LLC (\"Distributor\")"];
        assert_eq!(told(text, &clauses), expected);
    }

    #[test]
    fn the_role_is_the_first_that_any_spelling_of_the_name_has() {
        let text =
            "ACME, INC. Franchises. By Acme, Inc. (\"Franchisor\"). A lease of ACME, INC. (\"Lessor\").";
        assert_eq!(told(text, &["ACME, INC.", "Acme, Inc."]), ["ACME, INC. (\"Franchisor\")"]);
    }

    #[test]
    fn a_party_that_is_named_twice_is_one() {
        let text = "ACME, INC. (\"Acme\") and Bolt LLC. Signed: Acme, Inc. Bolt LLC";
        let again = TextRange::new(text.rfind("Acme, Inc.").unwrap(), text.rfind("Acme, Inc.").unwrap() + 10);
        let first = TextRange::new(0, 10);
        let found = parties(text, &[again, first]);
        assert_eq!(found.parties.len(), 1);
        assert_eq!(found.parties[0].to_string(), "ACME, INC. (\"Acme\")");
    }
}
