//! Which names a model's folder may have.

use std::path::Path;

use crate::folders::own_name;

/// Longest name in bytes.
const LONGEST: usize = 100;

/// Whether the name is a plain file name on every system, and stands on a command line without trouble.
pub(super) fn is_plain(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(char::is_alphanumeric)
        && !name.ends_with([' ', '.'])
        && name.chars().all(is_allowed)
}

/// What a model is called after its folder: the folder's own name, with a dash for what a name may not have.
pub(super) fn plain_name(folder: &Path) -> String {
    let allowed = |c: char| if is_allowed(c) { c } else { '-' };
    let name: String = own_name(folder).chars().map(allowed).take(LONGEST / 4).collect();
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if name.is_empty() { "model".to_owned() } else { name.to_owned() }
}

fn is_allowed(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_')
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

    #[test]
    fn a_folder_gives_its_model_a_plain_name() {
        for (folder, name) in [
            ("/models/roberta-base", "roberta-base"),
            ("/models/cuad: best (2)", "cuad- best -2"),
            ("/", "model"),
            ("/..hidden", "hidden"),
        ] {
            assert_eq!(plain_name(Path::new(folder)), name);
            assert!(is_plain(&plain_name(Path::new(folder))));
        }
    }
}
