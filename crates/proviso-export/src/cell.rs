//! Text for a spreadsheet's cell.

/// A spreadsheet runs what begins with these as a formula, whoever wrote it; a leading apostrophe makes it text.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Most characters of a cell in Excel; what is longer makes it repair the file.
const LONGEST_CELL: usize = 32_767;

/// A clause, name or path as a cell may hold it: in one line, cut at the longest that Excel takes, and never run.
pub(crate) fn safe_cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let guarded = if text.starts_with(FORMULA_STARTS) || line.starts_with(FORMULA_STARTS) {
        format!("'{line}")
    } else {
        line
    };
    if guarded.encode_utf16().count() <= LONGEST_CELL {
        return guarded;
    }
    let mut length = 0;
    let kept = guarded.chars().take_while(|c| {
        length += c.len_utf16();
        length < LONGEST_CELL
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@sum", "\tx", "\r=x", " \n=cmd|'/c calc'!A1"] {
            assert!(safe_cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe_cell("a = b"), "a = b");
    }

    #[test]
    fn lines_are_joined_and_long_clauses_cut() {
        assert_eq!(safe_cell("governed by\nthe laws"), "governed by the laws");
        let cut = safe_cell(&"ä".repeat(40_000));
        assert!(cut.ends_with('…'));
        assert_eq!(cut.encode_utf16().count(), LONGEST_CELL);
    }
}
