//! Opening a file: is it a PDF, does the password fit, is it in order.

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::{error::PdfErrorKind, limits::Limits};

/// An open file.
pub struct Opened {
    pub pdf: Pdf,
    /// Whether the table of its objects was missing or wrong and had to be made anew.
    pub repaired: bool,
}

/// Opens the bytes of a file.
pub fn open(bytes: Vec<u8>, password: Option<&str>, limits: &Limits) -> Result<Opened, PdfErrorKind> {
    if bytes.len() as u64 > limits.file_bytes {
        let limit_mb = Limits::megabytes(limits.file_bytes);
        return Err(PdfErrorKind::TooLarge { what: "the file".into(), limit_mb });
    }
    let looks_like_pdf = has_header(&bytes);
    let repaired = object_table(&bytes).is_none();
    let pdf = Pdf::new_with_password(bytes, password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => match password {
            None | Some("") => PdfErrorKind::PasswordRequired,
            Some(_) => PdfErrorKind::WrongPassword,
        },
        LoadPdfError::Decryption(_) => PdfErrorKind::UnsupportedEncryption,
        LoadPdfError::Invalid if looks_like_pdf => PdfErrorKind::Damaged,
        LoadPdfError::Invalid => PdfErrorKind::NotAPdf,
    })?;
    if pdf.pages().is_empty() {
        return Err(PdfErrorKind::Damaged);
    }
    Ok(Opened { pdf, repaired })
}

/// Whether "%PDF-" stands near the beginning, where viewers look for it.
pub fn has_header(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|window| window == b"%PDF-")
}

/// Where a file's table of objects is.
pub struct ObjectTable {
    /// The offset as the file's last lines say it.
    pub written: usize,
    /// What it counts from.
    pub base: usize,
}

/// The table that the last lines point to, as those of a whole file do; `None` where there is no table.
pub fn object_table(bytes: &[u8]) -> Option<ObjectTable> {
    const MARK: &[u8] = b"startxref";
    let tail_start = bytes.len().saturating_sub(2048);
    let tail = &bytes[tail_start..];
    let at = tail.windows(MARK.len()).rposition(|window| window == MARK)?;
    let digits: String = tail[at + MARK.len()..]
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|&byte| char::from(byte))
        .collect();
    let written: usize = digits.parse().ok()?;
    let table = bytes.get(written..)?;
    // Offsets count from "%PDF-", which need not be the first byte.
    let header = bytes.windows(5).take(1024).position(|window| window == b"%PDF-").unwrap_or(0);
    let is_at = |base: usize| table.get(base..).is_some_and(is_object_table);
    [0, header].into_iter().find(|&base| is_at(base)).map(|base| ObjectTable { written, base })
}

fn is_object_table(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let bytes = &bytes[start..];
    bytes.starts_with(b"xref") || bytes.first().is_some_and(u8::is_ascii_digit) && is_indirect_object(bytes)
}

/// "12 0 obj": the table is a stream.
fn is_indirect_object(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(32)]).into_owned();
    let mut words = head.split_ascii_whitespace();
    words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        && words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        && words.next().is_some_and(|word| word.starts_with("obj"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_whether_the_table_is_where_it_is_said_to_be() {
        let mut file = b"%PDF-1.4\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF".to_vec();
        assert!(object_table(&file).is_some());
        file.splice(9..9, *b"% inserted\n");
        assert!(object_table(&file).is_none());
        assert!(object_table(b"%PDF-1.5\n7 0 obj <</Type /XRef>>\nstartxref\n9\n%%EOF").is_some());
        let moved = object_table(b"junk\n%PDF-1.4\nxref\n0 1\nstartxref\n9\n%%EOF").unwrap();
        assert_eq!((moved.written, moved.base), (9, 5));
        assert!(object_table(b"%PDF-1.5\n7 0 obj <<").is_none());
    }
}
