//! Who the parties are, and what a contract calls them.

use std::fmt;

use proviso_core::TextRange;

mod clause;
mod found;
mod name;
mod own;

pub(crate) use clause::names_of_answer;
use clause::{Kind, kind};
use found::Found;
pub use name::is_address;
pub(crate) use name::one_spelling;

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

/// The parties, in the order in which the text names them first. `clauses` are names, roles and phrases as a model finds them
/// or a person marks them, one beside the other, at any place where they stand.
pub(crate) fn parties(text: &str, clauses: &[TextRange]) -> Parties {
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    order.sort_by_key(|&number| clauses[number]);
    let mut found = Found::new(text, clauses.len());
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
