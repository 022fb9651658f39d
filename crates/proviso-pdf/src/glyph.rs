//! A character as a page draws it.

use proviso_core::PdfRect;

/// One character with its place in PDF user space of the unrotated page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD where the font does not say which one it is.
    pub character: char,
    /// Where its baseline begins.
    pub origin: (f32, f32),
    /// The direction in which the text runs, of length 1.
    pub direction: (f32, f32),
    /// How far it advances along that direction.
    pub advance: f32,
    /// How far it reaches above the baseline.
    pub ascent: f32,
    /// How far it reaches below the baseline, a positive number.
    pub descent: f32,
    /// Whether it is drawn without paint, as text recognition does over a scan.
    pub invisible: bool,
    /// Whether the character is only a guess from its code, as its font says nothing about it.
    pub guessed: bool,
    /// Whether the text that stands right before it ends in a space which the page draws.
    pub after_space: bool,
}

impl Glyph {
    /// The font's size as drawn: from descent to ascent.
    pub fn size(&self) -> f32 {
        self.ascent + self.descent
    }

    /// The box from descent to ascent and over the advance, upright in user space.
    pub fn rect(&self) -> PdfRect {
        let (dx, dy) = self.direction;
        let along = (dx * self.advance, dy * self.advance);
        let corner =
            |a: f32, up: f32| (self.origin.0 + along.0 * a - dy * up, self.origin.1 + along.1 * a + dx * up);
        let corners = [
            corner(0.0, -self.descent),
            corner(1.0, -self.descent),
            corner(0.0, self.ascent),
            corner(1.0, self.ascent),
        ];
        let first = PdfRect::from_corners(corners[0].0, corners[0].1, corners[0].0, corners[0].1);
        corners.iter().fold(first, |rect, &(x, y)| rect.union(&PdfRect::from_corners(x, y, x, y)))
    }

    /// The glyph cut into `count` equal parts along its advance, and the part `index` of it with another character.
    #[must_use]
    pub fn part(&self, index: usize, count: usize, character: char) -> Self {
        let advance = self.advance / count as f32;
        let shift = advance * index as f32;
        Self {
            character,
            origin: (self.origin.0 + self.direction.0 * shift, self.origin.1 + self.direction.1 * shift),
            advance,
            after_space: self.after_space && index == 0,
            ..*self
        }
    }
}

/// Whether a character says nothing about the text: unknown, private to a font, or a control code.
pub fn is_broken(character: char) -> bool {
    matches!(character, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) || character.is_control()
}
