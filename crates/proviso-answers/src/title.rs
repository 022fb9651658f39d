//! What a contract is called.

use crate::words::one_line;

/// A title in one line, without quotation marks, brackets and commas around it.
pub(crate) fn title(clause: &str) -> String {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | ',' | ';' | ':' | '_' | '*')
    };
    let line = one_line(clause);
    let mut line = line.trim_matches(marks);
    loop {
        let opened = line.matches('(').count() > line.matches(')').count();
        let closed = line.matches(')').count() > line.matches('(').count();
        let shorter = match (opened, closed) {
            (true, _) => line.strip_suffix('(').or_else(|| line.strip_prefix('(')),
            (_, true) => line.strip_suffix(')').or_else(|| line.strip_prefix(')')),
            _ => None,
        };
        let Some(shorter) = shorter else { return line.to_owned() };
        line = shorter.trim_matches(marks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_in_one_line_without_marks() {
        for (clause, expected) in [
            ("  CONTENT  LICENSING\n AGREEMENT", "CONTENT LICENSING AGREEMENT"),
            ("“Supply Agreement”", "Supply Agreement"),
            ("DEVELOPMENT AGREEMENT (“", "DEVELOPMENT AGREEMENT"),
            ("Agreement (Form of)", "Agreement (Form of)"),
            ("AMENDMENT NO. 2 <omitted> LEASE", "AMENDMENT NO. 2 LEASE"),
            ("\"\"", ""),
        ] {
            assert_eq!(title(clause), expected);
        }
    }
}
