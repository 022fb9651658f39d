//! Links from a table to a page of a contract.

/// What an address may not hold, or holds with a meaning of its own.
const ESCAPED: &str = " %\"<>[]^`{}#?|\\";

/// Of these, what the library that writes the workbook escapes by itself where it sees none of it escaped.
const ESCAPED_BY_LIBRARY: &str = " %\"<>[]^`{}";

/// Longest address that Excel takes.
const LONGEST: usize = 2_080;

/// The address of a contract's page; `None` where the path is relative, as it then depends on who opens the table,
/// or too long. Letters of other scripts stay as they are, which is how Excel itself writes addresses.
pub(crate) fn to_page(path: &str, page: u32) -> Option<String> {
    // The library takes a lower-case "file:" before anything but a drive's letter for a relative path and drops it;
    // to everybody else the case of a scheme means nothing.
    let address = if has_drive(path) {
        format!("file:///{}", escaped(&path.replace('\\', "/")))
    } else if path.starts_with("\\\\") {
        format!("File:{}", escaped(&path.replace('\\', "/")))
    } else if path.starts_with('/') {
        format!("File://{}", escaped(path))
    } else {
        return None;
    };
    // An escape that the library does not know for one would be escaped again.
    let is_kept = !address.contains('%') || path.contains(|c| ESCAPED_BY_LIBRARY.contains(c));
    (is_kept && address.encode_utf16().count() <= LONGEST).then(|| format!("{address}#page={page}"))
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic())
}

fn escaped(path: &str) -> String {
    let mut escaped = String::new();
    for character in path.chars() {
        if character.is_ascii_control() || ESCAPED.contains(character) {
            escaped.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_of_every_system_have_an_address() {
        let address = |path| to_page(path, 7).unwrap();
        assert_eq!(address("/deals/a b#1 100%.pdf"), "File:///deals/a%20b%231%20100%25.pdf#page=7");
        assert_eq!(address("C:\\Deals\\Ä [x].pdf"), "file:///C:/Deals/Ä%20%5Bx%5D.pdf#page=7");
        assert_eq!(address("\\\\server\\deals\\x.pdf"), "File://server/deals/x.pdf#page=7");
    }

    #[test]
    fn what_would_lead_nowhere_has_none() {
        for path in
            ["x.pdf", "deals/x.pdf", "C:x.pdf", "", "/deals/a#b.pdf", &format!("/{}.pdf", "x".repeat(2_100))]
        {
            assert_eq!(to_page(path, 1), None, "{path}");
        }
    }
}
