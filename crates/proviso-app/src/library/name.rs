//! Which names a model's folder may have.

/// Longest name in bytes.
const LONGEST: usize = 100;

/// Whether the name is a plain file name on every system, and stands on a command line without trouble.
pub(super) fn is_plain(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(char::is_alphanumeric)
        && !name.ends_with([' ', '.'])
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_trouble_a_system_are_refused() {
        for name in ["proviso-mini", "Verträge 2.1", "a", "7_b"] {
            assert!(is_plain(name), "{name}");
        }
        let long = "x".repeat(LONGEST + 1);
        for name in [
            "", ".", "..", ".hidden", "-x", "a/b", "a\\b", "../a", "/a", "C:a", "a\n", "a ", "a.", "a*",
            &long,
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
