//! What every Rust file keeps to: it says what it is for, and it is not too long.

use std::path::Path;

use crate::{assert_none, files, root};

const MOST_LINES: usize = 600;

fn in_a_source(name: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.strip_prefix("//!").is_none_or(|says| says.trim().len() < 3) {
        violations.push(format!("{name} does not begin with a `//!` line that says what it is for"));
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        violations.push(format!("{name} has {lines} lines; {MOST_LINES} are the most"));
    }
    violations
}

#[test]
fn every_source_says_what_it_is_for_and_is_short() {
    let mut violations = Vec::new();
    let mut seen = 0;
    for folder in ["crates", "src-tauri/src", "tests"] {
        for path in files(&root().join(folder), &["rs"]) {
            let name = path.strip_prefix(root()).map_or_else(|_| path.display(), Path::display).to_string();
            let text = std::fs::read_to_string(&path).expect("a readable source");
            violations.extend(in_a_source(&name, &text));
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} sources were found");
    assert_none(&violations);
}

#[test]
fn a_bad_source_is_caught() {
    assert!(in_a_source("good.rs", "\n//! Good.\nfn main() {}\n").is_empty());
    assert_eq!(in_a_source("mute.rs", "fn main() {}\n//! Too late.\n").len(), 1);
    assert_eq!(in_a_source("dot.rs", "//! .\n").len(), 1);
    assert_eq!(in_a_source("long.rs", &format!("//! Long.\n{}", "\n".repeat(MOST_LINES))).len(), 1);
}
