//! What names a party, and when two names are of the same one.

use std::sync::LazyLock;

use regex::Regex;

use crate::{company::ends_as_company, pattern::pattern, place::places, words::words};

/// Forms of companies that are written in two ways.
const FORMS: [(&str, &str); 5] = [
    ("limited", "ltd"),
    ("incorporated", "inc"),
    ("corporation", "corp"),
    ("company", "co"),
    ("companies", "cos"),
];

/// Words that say what kind of company something is, and not which.
const GENERIC: [&str; 24] = [
    "a",
    "an",
    "the",
    "and",
    "of",
    "inc",
    "ltd",
    "llc",
    "corp",
    "co",
    "lp",
    "llp",
    "plc",
    "limited",
    "liability",
    "partnership",
    "company",
    "corporation",
    "private",
    "public",
    "general",
    "profit",
    "not",
    "for",
];

/// A pattern of what stands before another name of the same party.
pub(super) const OTHER_NAME: &str =
    r"(?:formerly|[fda]/[kb]/a|dba|doing\s+business\s+as|trading\s+as|also\s+known\s+as)";
/// What a party is called where it has no name yet: blanks of a form.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:the\s+)?(?:franchis(?:ee|or)|licens(?:ee|or)|less(?:ee|or)|purchaser|buyer|seller|supplier|distributor|agent|company|bank|customer|client|consultant|contractor|owner|operator|party\s+[a-d]|we|us|you|your|our|executive|employee|investor|developer|manufacturer|provider|vendor|service\s+provider|borrower|lender|sponsor|advis[eo]r|trust|fund|affiliate|publisher|reseller|promoter|recipient|professional|celebrity|member|shareholder|issuer|underwriter|manager|servicer|transporter|shipper)\W*$",
    )
});
/// Offices of those who sign for a company.
static OFFICE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:director|officer|president|representative|secretary|chairman|chief)\b"));
/// Words of addresses.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:street|road|avenue|boulevard|blvd|plaza|suite|floor|lane|highway|parkway|building|p\.?\s?o\.?\s+box|zip)\b",
    )
});
/// What stands behind a name where it is signed with or described.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\s*,?\s*(?:\b(?:by|title|name|attn)\s*:|/s/|\bits\s+(?:general|managing)\s+partner\b|\blegal\s+representative\b).*$|,\s*(?-i:an?\s+\p{Ll}).*$",
    )
});
/// What stands before a name where it is signed with: whom it acts for, the office of who signed above.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^.*\b(?:behalf\s+of|execution\s+version|title\s*:.*\b(?:president|director|secretary|manager)|officer|representative|vice\s+president|president\s+and\s+ceo|esq)\b[\s.,:]*",
    )
});
/// Words of sentences and letters.
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:hereto|hereof|herein|hereinafter|hereafter|hereby|dear|ladies|whereas|attached|(?-i:is|are|was|shall|will|who|which))\b|^(?:c/o\b|/|affiliates$|(?:schedule|exhibit)\s+[a-z\d]{1,2}\b)|@",
    )
});

/// Whether it is what a party is called and no name: `the Licensee`.
pub(super) fn is_role(line: &str) -> bool {
    ROLE.is_match(line)
}

/// Whether words tell somebody's office.
pub(super) fn names_an_office(name: &str) -> bool {
    OFFICE.is_match(name)
}

/// A name without what signatures and descriptions have around it.
pub(super) fn without_signature(name: &str) -> &str {
    let head = BEHIND.find(name).map_or(name, |behind| &name[..behind.start()]);
    let name = if head.trim().is_empty() { name } else { head };
    let tail = BEFORE.find(name).map_or(name, |before| &name[before.end()..]);
    if ends_as_company(tail) && words(tail).len() > 1 { tail } else { name }
}

/// Whether words are of an address: a street, a floor, a post office box.
#[must_use]
pub fn is_address(words: &str) -> bool {
    ADDRESS.is_match(words)
}

/// Letters and digits of each word in small letters, without an article; forms of companies in one spelling.
pub(super) fn key_words(name: &str) -> Vec<String> {
    let folded = words(name).into_iter().map(|word| word.folded.replace('\'', ""));
    folded.skip_while(|word| *word == "the").map(|word| one_spelling(&word).to_owned()).collect()
}

/// The short spelling of a company's form, any other word as it is; both in small letters.
pub(crate) fn one_spelling(word: &str) -> &str {
    FORMS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

/// Whether it names nobody: a place, an address, the end of a name, words of a sentence, or a kind of company. `is_company` of what ends
/// as companies' names do.
pub(super) fn names_nobody(name: &str, is_company: bool) -> bool {
    let all = words(name);
    let is_tail = name.find(')').is_some_and(|close| !name[..close].contains('('));
    let is_prose = name.starts_with("a ") || name.starts_with("an ") || PROSE.is_match(name);
    let has_name = name.contains(char::is_uppercase) || name.contains(char::is_numeric);
    let is_spaced = all.len() > 4 && all.iter().all(|word| word.folded.chars().count() == 1);
    let is_address = !is_company && is_address(name);
    is_tail || is_prose || !has_name || is_spaced || is_address || is_of_a_kind(name)
}

/// Whether nothing stands there but places and kinds of companies.
fn is_of_a_kind(name: &str) -> bool {
    let places = places(name);
    let in_place = |at: usize| places.iter().any(|place| (place.start..place.end).contains(&at));
    words(name).iter().all(|word| in_place(word.start) || GENERIC.contains(&word.folded.as_str()))
}

/// Whether a name is a piece of another one: its end, its first word alone, or all but the last of a company's forms.
pub(super) fn is_part_of(part: &[String], whole: &[String]) -> bool {
    let is_end = part.len() > 1 && whole.ends_with(part);
    let is_first = part.len() == 1 && whole.starts_with(part) && part[0].chars().count() > 2;
    let is_form = |word: &String| FORMS.iter().any(|(_, short)| short == word);
    let lacks_form = || part.len() > 1 && whole.starts_with(part) && whole[part.len()..].iter().all(is_form);
    part.len() < whole.len() && (is_end || is_first || lacks_form())
}

/// Whether it is two of the names one behind the other, as a text has signatures that stand side by side.
pub(super) fn is_row_of(name: &[String], names: &[Vec<String>]) -> bool {
    let is_rest = |rest: &[String]| rest.len() > 1 && names.iter().any(|other| other == rest);
    let starts = names.iter().filter(|first| first.len() > 1);
    starts.filter_map(|first| name.strip_prefix(first.as_slice())).any(is_rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_nobody_is_told_from_names() {
        for nobody in [
            "United Kingdom",
            "People's Republic of China",
            "UK) Ltd.",
            "Longwater Avenue, Green Park",
            "affiliates",
            "W I T N E S S E T H",
            "Dear Ladies and Gentlemen",
            "USA Limited Liability Company",
            "a Delaware corporation",
            "not-for-profit corporation",
            "Schedule A attached hereto",
            "c/o Acme Management",
            "who is the manager of Acme",
            "/or assigns",
            "legal@acme.example",
            "bank",
        ] {
            assert!(names_nobody(nobody, nobody.ends_with("ompany") || nobody.ends_with("Ltd.")), "{nobody}");
        }
        for (name, is_company) in [
            ("Acme", false),
            ("iVillage, Inc.", true),
            ("Avenue Foods, Inc.", true),
            ("China Online Housing (Hong Kong) Co., Ltd.", true),
            ("Nordwind Energy (UK) Ltd.", true),
            ("B & C General Warehouse Corporation LLC", true),
            ("Delaware Trust Company", true),
            ("IS Exhibit Arts, Inc.", true),
            ("Will Smith", false),
            ("3M", false),
            ("J. Walter Thompson", false),
        ] {
            assert!(!names_nobody(name, is_company), "{name}");
        }
    }

    #[test]
    fn a_name_is_taken_out_of_its_signature() {
        for (signed, name) in [
            ("Ada Lovelace Chief Financial Officer ACME HOLDING CORPORATION", "ACME HOLDING CORPORATION"),
            ("For and on behalf of Bolt Ltd.", "Bolt Ltd."),
            ("Acme Manager L.L.C., its general partner By: /s/ Ada", "Acme Manager L.L.C."),
            ("Bolt A/S, a company registered in Denmark", "Bolt A/S"),
            ("Coalition for a better World, Inc.", "Coalition for a better World, Inc."),
            ("Officer Supplies", "Officer Supplies"),
            ("By: Acme", "By: Acme"),
        ] {
            assert_eq!(without_signature(signed), name);
        }
    }

    #[test]
    fn pieces_of_a_name_are_known() {
        let is_part = |part: &str, whole: &str| is_part_of(&key_words(part), &key_words(whole));
        assert!(is_part("Technology Co., Ltd.", "Netcom Science and Technology Co. Limited"));
        assert!(is_part("Bioeq", "BIOEQ IP AG"));
        assert!(is_part("Acme Service Co.", "ACME Service Company, Limited"));
        assert!(!is_part("Integrity Funds", "The Integrity Funds Distributor, LLC"));
        assert!(!is_part("Acme Ltd", "Acme Limited"), "it is the same");
        assert!(!is_part("Inc.", "Acme Inc."));
    }

    #[test]
    fn two_names_in_a_row_are_known() {
        let names = ["Acme Tools, Inc.", "Bolt Partners LLC", "Tools", "Acme Tools"].map(key_words);
        let is_row = |name: &str| is_row_of(&key_words(name), &names);
        assert!(is_row("ACME TOOLS INC. BOLT PARTNERS LLC") && is_row("Bolt Partners LLC Acme Tools"));
        assert!(
            !is_row("Acme Tools, Inc.") && !is_row("Bolt Partners LLC Tools") && !is_row("Acme Tools Bolt")
        );
    }
}
