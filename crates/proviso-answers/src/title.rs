//! What a contract is called.

use proviso_core::TextRange;

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

/// A title that is marked in parts is put together from those that stand near each other: "Amendment No. 2", "Lease". The first
/// of the clauses is surely one.
pub(crate) fn whole_title(text: &str, clauses: &[TextRange]) -> Option<String> {
    const NEAR: usize = 120;
    let (first, others) = clauses.split_first()?;
    let (mut start, mut end) = (first.start, first.end);
    let mut parts = vec![*first];
    let mut others = others.to_vec();
    let is_near = |other: &TextRange, start: usize, end: usize| {
        (other.start >= end && other.start - end <= NEAR) || (other.end <= start && start - other.end <= NEAR)
    };
    while let Some(at) = others.iter().position(|other| is_near(other, start, end)) {
        let other = others.remove(at);
        (start, end) = (start.min(other.start), end.max(other.end));
        parts.push(other);
    }
    parts.sort();
    let mut titles: Vec<String> = Vec::new();
    for part in parts {
        let title = title(text.get(part.start..part.end)?);
        let is_new = titles.iter().all(|known| !known.to_lowercase().contains(&title.to_lowercase()));
        if is_new && !title.is_empty() {
            titles.push(title);
        }
    }
    Some(titles.join(" ")).filter(|title| !title.is_empty())
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
