//! Dictionaries as they are written: entries are taken out and put in, and every other byte stays.

/// An entry of a dictionary.
pub struct Entry<'a> {
    /// The key without its slash, escapes resolved.
    pub name: Vec<u8>,
    /// The key as it is written.
    written: &'a [u8],
    /// The value as it is written.
    pub value: &'a [u8],
}

/// The entries of the dictionary that the bytes begin with; `None` where they begin with none, or a broken one.
pub fn entries(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut scanner = Scanner { bytes, at: 0 };
    let mut entries = Vec::new();
    if scanner.token()?.0 != Token::DictionaryBegins {
        return None;
    }
    loop {
        match scanner.token()? {
            (Token::DictionaryEnds, _) => return Some(entries),
            (Token::Name, written) => {
                let value = scanner.value()?;
                entries.push(Entry { name: resolved(&written[1..]), written, value });
            }
            _ => return None,
        }
    }
}

/// The dictionary with the given entries in place of those that it has by these names.
pub fn with_entries(dictionary: &[u8], new: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut written = b"<<".to_vec();
    let is_kept = |entry: &Entry<'_>| new.iter().all(|(name, _)| name.as_bytes() != entry.name);
    for entry in entries(dictionary)?.iter().filter(|entry| is_kept(entry)) {
        written.extend([b"\n", entry.written, b" ", entry.value].concat());
    }
    for (name, value) in new {
        written.extend([b"\n/", name.as_bytes(), b" ", value].concat());
    }
    written.extend(b"\n>>");
    Some(written)
}

/// What stands between the brackets of an array.
pub fn items(array: &[u8]) -> &[u8] {
    let array = array.trim_ascii();
    let array = array.strip_prefix(b"[").unwrap_or(array);
    array.strip_suffix(b"]").unwrap_or(array)
}

/// A name with its `#xx` resolved.
fn resolved(name: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut resolved = Vec::new();
    let mut rest = name;
    while let Some((&first, after)) = rest.split_first() {
        match (first, digit(after.first()), digit(after.get(1))) {
            (b'#', Some(high), Some(low)) => {
                resolved.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                resolved.push(first);
                rest = after;
            }
        }
    }
    resolved
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    DictionaryBegins,
    DictionaryEnds,
    ArrayBegins,
    ArrayEnds,
    Name,
    /// A string, a number, a keyword.
    Other,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn token(&mut self) -> Option<(Token, &'a [u8])> {
        self.skip_space();
        let rest = &self.bytes[self.at..];
        let (token, length) = match rest {
            [b'<', b'<', ..] => (Token::DictionaryBegins, 2),
            [b'>', b'>', ..] => (Token::DictionaryEnds, 2),
            [b'[', ..] => (Token::ArrayBegins, 1),
            [b']', ..] => (Token::ArrayEnds, 1),
            [b'/', name @ ..] => (Token::Name, 1 + regular(name)),
            [b'(', ..] => (Token::Other, literal(rest)?),
            [b'<', ..] => (Token::Other, 1 + rest.iter().position(|&byte| byte == b'>')?),
            [] => return None,
            _ => (Token::Other, regular(rest).max(1)),
        };
        self.at += length;
        Some((token, &rest[..length]))
    }

    /// The value of an entry: up to the next key or the end of the dictionary.
    fn value(&mut self) -> Option<&'a [u8]> {
        self.skip_space();
        let start = self.at;
        let mut end = start;
        let mut depth = 0_usize;
        loop {
            let before = self.at;
            let (token, _) = self.token()?;
            match token {
                Token::DictionaryEnds | Token::Name if depth == 0 && end > start => {
                    self.at = before;
                    return Some(&self.bytes[start..end]);
                }
                Token::DictionaryBegins | Token::ArrayBegins => depth += 1,
                Token::DictionaryEnds | Token::ArrayEnds => depth = depth.checked_sub(1)?,
                Token::Name | Token::Other => {}
            }
            end = self.at;
        }
    }

    fn skip_space(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// How many bytes until white space or a delimiter.
fn regular(bytes: &[u8]) -> usize {
    let ends = |&byte: &u8| is_space(byte) || b"()<>[]{}/%".contains(&byte);
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// The length of a string in parentheses, which may hold further ones in pairs.
fn literal(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0, 0);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_entries_stay_as_they_are_written() {
        let page = b"<</Type/Page/Contents 4 0 R % a /Comment\n/A#6enots[1 0 R]/T(a\\) (b) /Annots)/H<2F>\
            /R<</Annots 1/F[<< /G (]) >>]>>/B true>> endobj";
        let edited = with_entries(page, &[("Annots", b"[2 0 R]")]).unwrap();
        let expected = "<<\n/Type /Page\n/Contents 4 0 R\n/T (a\\) (b) /Annots)\n/H <2F>\n\
            /R <</Annots 1/F[<< /G (]) >>]>>\n/B true\n/Annots [2 0 R]\n>>";
        assert_eq!(String::from_utf8(edited).unwrap(), expected);
    }

    #[test]
    fn what_is_no_whole_dictionary_is_refused() {
        for broken in
            ["", "12", "<< /A", "<< /A (", "<< /A 1", "<< /A >>", "<< 1 >>", "<< /A ] >>", "<< /A <12"]
        {
            assert!(entries(broken.as_bytes()).is_none(), "{broken}");
        }
        assert!(entries(b"<<>>").unwrap().is_empty());
    }

    #[test]
    fn an_array_gives_what_it_holds() {
        assert_eq!(items(b" [1 0 R [2]] "), b"1 0 R [2]");
        assert_eq!(items(b"[]"), b"");
    }
}
