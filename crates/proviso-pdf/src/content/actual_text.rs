//! /ActualText: what a marked piece of a page really says, whatever its glyphs are called.

use hayro_syntax::object::{Dict, String as PdfString};

use crate::glyph::Glyph;

/// The replacement text of a marked-content sequence, if its properties give one.
pub fn of_properties(properties: &Dict<'_>) -> Option<String> {
    let raw = properties.get::<PdfString<'_>>(b"ActualText")?;
    let text = decode(raw.as_bytes());
    (!text.trim().is_empty()).then_some(text)
}

/// Text strings are UTF-16 with a byte order mark, UTF-8 with one, or single bytes.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// Puts `text` in place of the glyphs from `first` on, if they stand on one line; each character keeps a box.
pub fn replace(glyphs: &mut Vec<Glyph>, first: usize, text: &str) {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    let Some(marked) = glyphs.get(first..).filter(|marked| !marked.is_empty() && stand_on_one_line(marked))
    else {
        return;
    };
    if characters.is_empty() {
        return;
    }
    if marked.len() == characters.len() {
        for (glyph, character) in glyphs[first..].iter_mut().zip(characters) {
            glyph.character = character;
        }
        return;
    }
    let whole = Glyph { advance: reach(marked), ..marked[0] };
    glyphs.truncate(first);
    let count = characters.len();
    glyphs.extend(characters.iter().enumerate().map(|(i, &c)| whole.part(i, count, c)));
    glyphs.retain(|glyph| glyph.character != ' ');
}

fn along(from: &Glyph, to: &Glyph) -> (f32, f32) {
    let (x, y) = (to.origin.0 - from.origin.0, to.origin.1 - from.origin.1);
    let (dx, dy) = from.direction;
    (x * dx + y * dy, y * dx - x * dy)
}

fn stand_on_one_line(glyphs: &[Glyph]) -> bool {
    let first = &glyphs[0];
    glyphs.iter().all(|glyph| {
        let (forward, up) = along(first, glyph);
        forward >= -0.1 * first.size() && up.abs() < 0.5 * first.size()
    })
}

fn reach(glyphs: &[Glyph]) -> f32 {
    let first = &glyphs[0];
    glyphs.iter().map(|glyph| along(first, glyph).0 + glyph.advance).fold(0.0, f32::max)
}
