//! The fonts of a document: from the bytes of a string to characters with widths.

use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::Arc};

use hayro_font::{CMapResolverFn, Font, FontCache, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::Dict;

use super::{
    font_metrics::Extent,
    font_widths,
    unicode::{Resolved, UnicodeFallback},
};

/// All fonts used so far, so that each one is loaded once.
pub struct FontShelf<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
    loaded: RefCell<HashMap<*const u8, Option<Rc<PdfFont<'a>>>>>,
}

impl Default for FontShelf<'_> {
    fn default() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            cmaps: Arc::new(hayro_cmap::load_embedded),
            loaded: RefCell::default(),
        }
    }
}

impl<'a> FontShelf<'a> {
    /// The font that a dictionary describes, or `None` where it cannot be used.
    pub fn font(&self, dict: &Dict<'a>) -> Option<Rc<PdfFont<'a>>> {
        let key = dict.data().as_ptr();
        if let Some(known) = self.loaded.borrow().get(&key) {
            return known.clone();
        }
        let font = font_widths::can_be_held(dict)
            .then(|| self.cache.font(dict, &self.programs, &self.cmaps))
            .flatten()
            .map(|font| Rc::new(PdfFont::new(font, dict)));
        self.loaded.borrow_mut().insert(key, font.clone());
        font
    }

    /// What viewers use where a page names no font.
    pub fn fallback(&self) -> Option<Rc<PdfFont<'a>>> {
        let font = self.cache.standard_font(StandardFont::Helvetica, &self.programs)?;
        Some(Rc::new(PdfFont::new(font, &Dict::empty())))
    }
}

/// A font with what reading needs to know of it.
pub struct PdfFont<'a> {
    font: Font<'a>,
    /// How far its characters reach above and below the baseline.
    pub extent: Extent,
    fallback: UnicodeFallback,
    characters: RefCell<HashMap<u32, Resolved>>,
}

/// A character code with what it stands for; lengths in ems.
pub struct ShownCode {
    /// The text, U+FFFD where nothing says what it is.
    pub text: Rc<str>,
    /// Whether the text is only guessed from the code.
    pub guessed: bool,
    pub width: f64,
    /// How many bytes the code took.
    pub bytes: usize,
    pub code: u32,
}

impl<'a> PdfFont<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        Self {
            font,
            extent: Extent::of_font(dict),
            fallback: UnicodeFallback::of_font(dict),
            characters: RefCell::default(),
        }
    }

    /// Whether text runs along x in glyph space.
    pub fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// Reads the code at `offset` of a string.
    pub fn read(&self, bytes: &[u8], offset: usize) -> ShownCode {
        let (code, length) = self.font.read_code(bytes, offset);
        let advance = self.font.code_advance(code);
        let Resolved { text, guessed } = self.resolve(code);
        ShownCode {
            text,
            guessed,
            width: if self.is_horizontal() { advance.x / 1000.0 } else { advance.y / 1000.0 },
            bytes: length.max(1),
            code,
        }
    }

    fn resolve(&self, code: u32) -> Resolved {
        if let Some(known) = self.characters.borrow().get(&code) {
            return known.clone();
        }
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let resolved = self.fallback.resolve(&glyph, code);
        self.characters.borrow_mut().insert(code, resolved.clone());
        resolved
    }
}
