//! The end of a file: where its table of objects is, and what the trailer says.

use hayro_syntax::object::ObjectIdentifier;

use super::{splice, update::reference};
use crate::{error::PdfErrorKind, open};

/// No PDF has more objects (ISO 32000, annex C).
const MOST_OBJECTS: u32 = 8_388_607;

/// What an update refers back to.
pub struct Ending {
    /// Where the table is, as the file says it.
    pub previous: usize,
    /// What offsets count from: the place of "%PDF-", or 0.
    pub base: usize,
    /// Whether the table is a stream; an update's is then one, too.
    pub is_stream: bool,
    /// The first number that no object has.
    pub size: u32,
    /// /Root, /Info and /ID, which an update repeats, as they are written.
    pub kept: Vec<(&'static str, Vec<u8>)>,
}

/// Reads the end of a file.
pub fn read(bytes: &[u8]) -> Result<Ending, PdfErrorKind> {
    if !open::has_header(bytes) {
        return Err(PdfErrorKind::NotAPdf);
    }
    let ending = open::object_table(bytes).and_then(|table| {
        let at = &bytes[table.written + table.base..];
        let is_stream = !at.trim_ascii_start().starts_with(b"xref");
        let opening: &[u8] = if is_stream { b"<<" } else { b"trailer" };
        let start = at.windows(opening.len()).position(|window| window == opening)?;
        let trailer = &at[start..];
        let trailer = splice::entries(if is_stream { trailer } else { &trailer[opening.len()..] })?;
        let value = |name: &str| trailer.iter().rfind(|entry| entry.name == name.as_bytes()).map(|e| e.value);
        let size = std::str::from_utf8(value("Size")?).ok()?.parse().ok()?;
        let encrypted = value("Encrypt").is_some_and(|value| value != b"null");
        let kept = ["Root", "Info", "ID"].into_iter().filter_map(|name| Some((name, value(name)?.to_vec())));
        let ending =
            Ending { previous: table.written, base: table.base, is_stream, size, kept: kept.collect() };
        Some((ending, encrypted))
    });
    match ending {
        Some((_, true)) => Err(PdfErrorKind::EncryptedOriginal),
        Some((ending, false)) if ending.size <= MOST_OBJECTS => Ok(ending),
        _ => Err(PdfErrorKind::DamagedOriginal),
    }
}

impl Ending {
    /// Whether the trailer names the catalog that the file was opened with.
    pub fn has_root(&self, root: ObjectIdentifier) -> bool {
        let written = self.kept.iter().find(|(name, _)| *name == "Root").map(|(_, value)| value);
        written.is_some_and(|value| {
            let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(&b' ') == reference(root).as_bytes()
        })
    }
}
