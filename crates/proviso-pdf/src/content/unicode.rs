//! Which characters a glyph stands for, where the font's own table does not say it or says nonsense.

use std::{cell::OnceCell, collections::HashMap, rc::Rc};

use hayro_cmap::BfString;
use hayro_font::{FontGlyph, OutlineGlyph};
use hayro_syntax::object::dict::keys::{
    DESCENDANT_FONTS, ENCODING, FONT_DESC, FONT_FILE, FONT_FILE2, FONT_FILE3, SUBTYPE,
};
use hayro_syntax::object::{Array, Dict, Name};
use skrifa::{FontRef, MetadataProvider};

/// Ways to a character besides ToUnicode and glyph names.
#[derive(Default)]
pub struct UnicodeFallback {
    /// The codes of the font's encoding are UTF-16 themselves.
    codes_are_utf16: bool,
    /// A simple font: its codes are single bytes.
    simple: bool,
    /// The font program is in the file; the character map of a substitute would say nothing.
    embedded: bool,
    by_glyph: OnceCell<HashMap<u32, char>>,
}

/// The text that a character code stands for.
#[derive(Clone)]
pub struct Resolved {
    pub text: Rc<str>,
    /// Whether nothing but the code itself speaks for it.
    pub guessed: bool,
}

impl Resolved {
    fn known(text: &str) -> Self {
        Self { text: text.into(), guessed: false }
    }
}

impl UnicodeFallback {
    pub fn of_font(font: &Dict<'_>) -> Self {
        let encoding = font.get::<Name<'_>>(ENCODING);
        let encoding = encoding.as_ref().map_or("", |name| name.as_str());
        let composite = font.get::<Name<'_>>(SUBTYPE).is_some_and(|name| name.as_str() == "Type0");
        Self {
            codes_are_utf16: composite && (encoding.contains("UCS2") || encoding.contains("UTF16")),
            simple: !composite,
            embedded: is_embedded(font),
            by_glyph: OnceCell::new(),
        }
    }

    /// The text of a glyph: ToUnicode, the glyph's name, the encoding, the font program's own character map; then the
    /// code itself, if it could be ASCII, and U+FFFD where nothing is known.
    pub fn resolve(&self, glyph: &FontGlyph<'_>, code: u32) -> Resolved {
        let named = match glyph {
            FontGlyph::Outline(outline) => outline.as_unicode(),
            FontGlyph::Type3(drawn) => drawn.as_unicode(),
        };
        let named = named.map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        if let Some(text) = named.as_ref().filter(|text| is_usable(text)) {
            return Resolved::known(&clean(text));
        }
        if let Some(c) = self.mapped(glyph, code) {
            return Resolved::known(&clean(&c.to_string()));
        }
        match u8::try_from(code).ok().filter(|byte| self.simple && (0x20..0x7F).contains(byte)) {
            Some(byte) => Resolved { text: char::from(byte).to_string().into(), guessed: byte != b' ' },
            None => Resolved::known(&clean(named.as_deref().unwrap_or("\u{FFFD}"))),
        }
    }

    fn mapped(&self, glyph: &FontGlyph<'_>, code: u32) -> Option<char> {
        if self.codes_are_utf16
            && let Some(c) = char::from_u32(code).filter(|c| !c.is_control())
        {
            return Some(c);
        }
        let FontGlyph::Outline(outline) = glyph else {
            return None;
        };
        if !self.embedded {
            return None;
        }
        let mapped = self.by_glyph.get_or_init(|| characters_by_glyph(outline));
        mapped.get(&outline.glyph_id().to_u32()).copied().map(|c| match c {
            // A symbolic TrueType font keeps its single-byte codes at U+F000.
            '\u{F020}'..='\u{F07E}' if self.simple => char::from_u32(u32::from(c) - 0xF000).unwrap_or(c),
            c => c,
        })
    }
}

fn is_embedded(font: &Dict<'_>) -> bool {
    let descendant =
        font.get::<Array<'_>>(DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>(FONT_DESC);
    descriptor.is_some_and(|descriptor| {
        [FONT_FILE, FONT_FILE2, FONT_FILE3].iter().any(|key| descriptor.contains_key(key))
    })
}

fn characters_by_glyph(outline: &OutlineGlyph) -> HashMap<u32, char> {
    let mut characters = HashMap::new();
    let Some(program) = outline.font_data() else {
        return characters;
    };
    let Ok(font) = FontRef::from_index((*program.data).as_ref(), 0) else {
        return characters;
    };
    for (c, glyph) in font.charmap().mappings() {
        if let Some(c) = char::from_u32(c)
            && glyph.to_u32() != 0
        {
            // Several characters may share a glyph (space and no-break space): the lowest is the plain one.
            characters
                .entry(glyph.to_u32())
                .and_modify(|known: &mut char| *known = (*known).min(c))
                .or_insert(c);
        }
    }
    characters
}

fn is_usable(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c != char::REPLACEMENT_CHARACTER && (c == '\t' || !c.is_control()))
}

/// Ligatures spelled out, spaces of every width made plain, invisible joiners dropped.
fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => cleaned.push_str("ff"),
            '\u{FB01}' => cleaned.push_str("fi"),
            '\u{FB02}' => cleaned.push_str("fl"),
            '\u{FB03}' => cleaned.push_str("ffi"),
            '\u{FB04}' => cleaned.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => cleaned.push_str("st"),
            '\u{F0B7}' | '\u{F0A7}' => cleaned.push('•'),
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            c if c.is_whitespace() => cleaned.push(' '),
            c if c.is_control() => cleaned.push(char::REPLACEMENT_CHARACTER),
            c => cleaned.push(c),
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_and_spaces_become_plain() {
        assert_eq!(clean("\u{FB03}ce\u{A0}\u{200B}x"), "ffice x");
        assert_eq!(clean("\u{1}"), "\u{FFFD}");
    }

    #[test]
    fn control_codes_say_nothing() {
        assert!(!is_usable("\u{2}"));
        assert!(!is_usable(""));
        assert!(is_usable("a"));
    }
}
