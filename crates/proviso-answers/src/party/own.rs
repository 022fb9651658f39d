//! Which of the names that were found are the contract's own parties.
//!
//! Contracts name many others: whom a party belongs to, its former name, who signs for it, competitors, a street. What tells the
//! parties is where a contract says what it calls them. Distances were chosen on CUAD's training contracts.

use std::sync::LazyLock;

use proviso_core::TextRange;
use regex::Regex;

use super::name::{OTHER_NAME, is_role, names_an_office};
use crate::{company::ends_as_company, pattern::pattern, words::before};

/// What is known of a name that was found.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    /// As the contract writes it.
    pub name: &'a str,
    /// Where it stands, in any of its spellings.
    pub places: Vec<TextRange>,
    /// Where the text says what it is called, if it does.
    pub given: Option<usize>,
}

/// Most bytes from one party's role to the next one's, behind the first two.
const GAP: usize = 400;
/// Bytes around the parties with roles in which one without may stand.
const AROUND: usize = 300;
/// Parties that say so much about where all stand.
const ENOUGH: usize = 2;

/// What stands before the former name of a party, or who it belongs to, or what kind of company it is.
static RELATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r#"(?:\b{OTHER_NAME}(?:\s+known\s+as)?|\b(?:subsidiary|affiliate|division|part|member|successor|partner|assignee|trustee|shareholder)\s+(?:of|to|in\s+interest\s+to)(?:\s+the)?|\ban?)\s*["“(,]*\s*$"#,
    ))
});

/// For each candidate whether it is a party of this contract.
pub(super) fn are_own(text: &str, candidates: &[Candidate<'_>]) -> Vec<bool> {
    let (roles, names): (Vec<usize>, Vec<usize>) =
        (0..candidates.len()).partition(|&at| is_role(candidates[at].name));
    let mut own = vec![false; candidates.len()];
    // In a form a role may be all that is known of a party. Any other is one of those that are named.
    for &at in roles.iter().take(ENOUGH.saturating_sub(names.len())) {
        own[at] = true;
    }
    for &at in &names {
        own[at] = may_be_party(text, &candidates[at]);
    }
    let introduced = introduced(names.into_iter().filter(|&at| own[at]), candidates);
    if introduced.len() < ENOUGH {
        return own;
    }
    let starts = introduced.iter().filter_map(|(_, at)| candidates[*at].places.iter().min());
    let from = starts.min().map_or(0, |place| place.start.saturating_sub(AROUND));
    let to = introduced.iter().map(|(given, _)| given + AROUND).max().unwrap_or(0);
    for (at, candidate) in candidates.iter().enumerate() {
        let is_among = || candidate.places.iter().any(|place| from <= place.start && place.end <= to);
        let is_introduced = introduced.iter().any(|(_, known)| *known == at);
        let is_beside = || candidate.given.is_none() && ends_as_company(candidate.name) && is_among();
        own[at] &= is_introduced || is_beside();
    }
    own
}

/// Where it is said what the parties are called that are introduced together, the first of all, and their numbers among the candidates.
fn introduced(names: impl Iterator<Item = usize>, candidates: &[Candidate<'_>]) -> Vec<(usize, usize)> {
    let mut introduced: Vec<(usize, usize)> =
        names.filter_map(|at| Some((candidates[at].given?, at))).collect();
    introduced.sort_unstable();
    let is_far = |pair: &[(usize, usize)]| pair[1].0 - pair[0].0 > GAP;
    let others = introduced.windows(2).skip(ENOUGH - 1).position(is_far);
    introduced.truncate(others.map_or(introduced.len(), |at| at + ENOUGH));
    introduced
}

/// Whether nothing speaks against a name by itself.
fn may_be_party(text: &str, candidate: &Candidate<'_>) -> bool {
    let is_related = || {
        let first = candidate.places.iter().min();
        first.is_some_and(|first| RELATED.is_match(before(text, first.start, 60)))
    };
    let signs = !ends_as_company(candidate.name) && names_an_office(candidate.name);
    !signs && (candidate.given.is_some() || !is_related())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of names in a text, those that are its parties; each with the role in quotation marks that follows it, if one is given.
    fn own<'a>(text: &str, names: &[(&'a str, &str)]) -> Vec<&'a str> {
        let candidate = |(name, role): &(&'a str, &str)| {
            let start = text.find(name).unwrap();
            let given = (!role.is_empty()).then(|| text.find(&format!("\"{role}\"")).unwrap());
            Candidate { name, places: vec![TextRange::new(start, start + name.len())], given }
        };
        let candidates: Vec<Candidate<'_>> = names.iter().map(candidate).collect();
        let own = are_own(text, &candidates);
        names.iter().zip(own).filter(|(_, own)| *own).map(|((name, _), _)| *name).collect()
    }

    const PARTIES: [(&str, &str); 2] = [("Acme Tools, Inc.", "Acme"), ("Bolt LLC", "Seller")];
    const TEXT: &str = "This is between Acme Tools, Inc., formerly Iron Inc., of Riverside (\"Acme\"), its guarantor Copper Ltd. and \
                        Bolt LLC, a subsidiary of Zinc Corp. (\"Seller\").";

    #[test]
    fn who_is_told_of_a_party_is_none() {
        let others = [("Iron Inc.", ""), ("Zinc Corp.", ""), ("Riverside", ""), ("Copper Ltd.", "")];
        let all: Vec<_> = PARTIES.into_iter().chain(others).collect();
        assert_eq!(own(TEXT, &all), ["Acme Tools, Inc.", "Bolt LLC", "Copper Ltd."]);
    }

    #[test]
    fn names_far_from_where_the_parties_are_introduced_are_others() {
        let far = " and on. ".repeat(AROUND);
        let text = format!("{TEXT}{far}Tin SA (\"Tin\") and Lead AG compete.");
        let all = [PARTIES[0], PARTIES[1], ("Tin SA", "Tin"), ("Lead AG", "")];
        assert_eq!(own(&text, &all), ["Acme Tools, Inc.", "Bolt LLC"]);
        // Too little is known of where the parties stand.
        assert_eq!(own(&text, &[PARTIES[0], ("Lead AG", "")]), ["Acme Tools, Inc.", "Lead AG"]);
        // Parties that sign long after the first are parties of a long list.
        let names = ["Acme Tools, Inc.", "Tin SA", "Lead AG"].map(|name| (name, ""));
        assert_eq!(own(&text, &names).len(), 3);
    }

    #[test]
    fn a_role_alone_is_a_party_where_little_else_is_known() {
        let text = "between Acme Tools, Inc. (\"Franchisor\") and You, the Franchisee, by Bolt LLC";
        let franchise = [("Acme Tools, Inc.", "Franchisor"), ("Franchisee", "")];
        assert_eq!(own(text, &franchise).len(), 2);
        assert_eq!(own(text, &[franchise[0], ("You", ""), franchise[1]]), ["Acme Tools, Inc.", "You"]);
        let all = [franchise[0], franchise[1], ("Bolt LLC", "")];
        assert_eq!(own(text, &all), ["Acme Tools, Inc.", "Bolt LLC"]);
    }

    #[test]
    fn who_holds_an_office_signs_and_is_no_party() {
        let text = "Acme AG, General Director Ada Lovelace; Bolt AG, Grace Hopper";
        let names = ["Acme AG", "General Director Ada Lovelace", "Bolt AG", "Grace Hopper"];
        assert_eq!(own(text, &names.map(|name| (name, ""))), ["Acme AG", "Bolt AG", "Grace Hopper"]);
    }
}
