//! What names of companies end with.

/// Forms of companies in small letters, without their full stops.
const FORMS: [&str; 35] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "lp",
    "llp",
    "lllp",
    "plc",
    "pty",
    "pte",
    "na",
    // Of Europe and Japan.
    "a/s",
    "ab",
    "ag",
    "aps",
    "bv",
    "gmbh",
    "kg",
    "kk",
    "nv",
    "oy",
    "oyj",
    "rl",
    "sa",
    "sas",
    "sarl",
    "se",
    "spa",
    "srl",
    "ug",
];
/// Other words that such names end with.
const INSTITUTIONS: [&str; 5] = ["trust", "bank", "university", "association", "fund"];

/// Whether a word is the form of a company, with or without full stops.
#[must_use]
pub fn is_company_form(word: &str) -> bool {
    FORMS.contains(&bare(word).as_str())
}

/// Whether a name ends as companies' names do.
pub(crate) fn ends_as_company(name: &str) -> bool {
    let last = name.trim_end_matches([',', ')', ' ']).rsplit([' ', ',']).next().unwrap_or_default();
    is_company_form(last) || INSTITUTIONS.contains(&bare(last).as_str())
}

/// Small letters without what stands between them.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || *c == '/').collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_are_told_by_their_ends() {
        for name in [
            "Acme, Inc.",
            "ACME L.L.C.",
            "Bolt A/S",
            "BioBolt S.A.S.",
            "Bolt K.K.",
            "Bolt (Iron) Co., Ltd.)",
            "First Bank",
            "Acme,Inc",
        ] {
            assert!(ends_as_company(name), "{name}");
        }
        for name in ["Acme", "Ada as", "Limited Editions", "", "Fund of Funds"] {
            assert!(!ends_as_company(name), "{name}");
        }
        assert!(!is_company_form("Bank"));
    }
}
