//! Expressions, compiled once each.

use regex::{Regex, RegexBuilder};

/// Compiles an expression that stands in this crate; it takes capital letters for small ones. Matching takes time linear in
/// the text, whatever the text is.
///
/// # Panics
/// If the expression is wrong; every one of them is used in a test.
pub(crate) fn pattern(source: &str) -> Regex {
    let mut builder = RegexBuilder::new(source);
    builder.case_insensitive(true).size_limit(1 << 26);
    builder.build().expect("an expression of this crate compiles")
}
