//! The part of the graphics state that decides where text stands.

use std::rc::Rc;

use hayro_font::kurbo::Affine;

use super::font::PdfFont;

/// Graphics and text state, saved by `q` and restored by `Q`.
#[derive(Clone)]
pub struct State<'a> {
    pub ctm: Affine,
    pub text_matrix: Affine,
    pub line_matrix: Affine,
    pub font: Option<Rc<PdfFont<'a>>>,
    pub font_size: f64,
    pub character_space: f64,
    pub word_space: f64,
    /// Horizontal scaling as a factor, 1 for 100 %.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    pub invisible: bool,
}

impl State<'_> {
    pub fn new(ctm: Affine) -> Self {
        Self {
            ctm,
            text_matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
            font: None,
            font_size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
        }
    }

    /// `BT`.
    pub fn begin_text(&mut self) {
        self.set_text_matrix(Affine::IDENTITY);
    }

    /// `Tm`.
    pub fn set_text_matrix(&mut self, matrix: Affine) {
        self.text_matrix = matrix;
        self.line_matrix = matrix;
    }

    /// `Td`.
    pub fn next_line(&mut self, x: f64, y: f64) {
        self.set_text_matrix(self.line_matrix * Affine::translate((x, y)));
    }

    /// From glyph space in ems to user space.
    pub fn glyph_matrix(&self) -> Affine {
        let scale = Affine::new([self.font_size * self.stretch, 0.0, 0.0, self.font_size, 0.0, self.rise]);
        self.ctm * self.text_matrix * scale
    }

    /// Moves on by a number in a `TJ` array.
    pub fn adjust(&mut self, thousandths: f64) {
        let shift = -thousandths / 1000.0 * self.font_size;
        let vertical = self.font.as_ref().is_some_and(|font| !font.is_horizontal());
        self.advance(shift, vertical);
    }

    /// Moves on after a character whose font gives `width` (ems); `is_space` is the single-byte code 32.
    pub fn advance_by_character(&mut self, width: f64, is_space: bool, vertical: bool) {
        let space = self.character_space + if is_space { self.word_space } else { 0.0 };
        self.advance(width * self.font_size + space, vertical);
    }

    fn advance(&mut self, distance: f64, vertical: bool) {
        let shift = if vertical { (0.0, distance) } else { (distance * self.stretch, 0.0) };
        self.text_matrix *= Affine::translate(shift);
    }
}
