//! The parties that are known so far, while names and roles are put together.

use std::{cmp::Reverse, sync::LazyLock};

use proviso_core::TextRange;
use regex::Regex;

use super::{
    Parties, Party,
    clause::{key, quoted},
    name::{is_part_of, is_role, is_row_of, key_words},
    own::{Candidate, are_own},
};
use crate::{
    company::ends_as_company,
    pattern::pattern,
    words::{Word, after, words},
};

/// Words in quotation marks that name a thing: the contract itself, a day, a place.
static THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:the\s+|this\s+)?(?:[\w-]+\s+){0,3}(?:agreement|contract|amendment|addendum|lease|date|term|territory|exhibit|schedule)\W*$",
    )
});
/// A party that was found so far.
struct Named {
    party: Party,
    key: String,
    /// Where the text has its name, in their order.
    places: Vec<TextRange>,
    /// Where the text gave it its first role, be it that of another: the other spelling of a name is merged in the end.
    given: Option<usize>,
}

/// Names with their roles, and which clause is about whom.
pub(super) struct Found<'a> {
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

impl<'a> Found<'a> {
    /// Nobody yet of `count` clauses.
    pub(super) fn new(text: &'a str, count: usize) -> Self {
        Self { text, named: Vec::new(), of_clauses: vec![None; count] }
    }

    /// Adds a name, or one more place of one that is known, with the roles that clause `number` gives it itself.
    pub(super) fn name(&mut self, number: usize, place: TextRange, name: &str, roles: &[String]) {
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
    pub(super) fn give_roles_behind_names(&mut self) {
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
    pub(super) fn role(&mut self, number: usize, at: usize, roles: &[String]) {
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
    pub(super) fn finish(mut self) -> Parties {
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
