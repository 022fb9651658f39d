//! Runs of characters that stand right after one another, as the page draws them.

use super::frame::Placed;

/// A gap wider than this many ems ends a chunk: it may be a column's gutter or a table's.
const GAP_EMS: f32 = 1.0;

/// Characters on one baseline without a wide gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    pub glyphs: Vec<Placed>,
    pub u0: f32,
    pub u1: f32,
    pub v: f32,
    pub size: f32,
}

impl Chunk {
    fn begin(glyph: Placed) -> Self {
        Self { u0: glyph.u0, u1: glyph.u1, v: glyph.v, size: glyph.size, glyphs: vec![glyph] }
    }

    fn push(&mut self, glyph: Placed) {
        self.u0 = self.u0.min(glyph.u0);
        self.u1 = self.u1.max(glyph.u1);
        self.size = self.size.max(glyph.size);
        self.glyphs.push(glyph);
    }

    fn continues_with(&self, glyph: &Placed) -> bool {
        let em = self.size.max(glyph.size);
        let gap = glyph.u0 - self.u1;
        (glyph.v - self.v).abs() < 0.2 * em.min(glyph.size * 1.5) && gap < GAP_EMS * em && gap > -0.4 * em
    }

    /// Top and bottom of the letters, without the room that fonts leave between lines.
    pub fn body(&self) -> (f32, f32) {
        (self.v - 0.6 * self.size, self.v + 0.1 * self.size)
    }
}

/// Cuts the glyphs, in the order in which they are drawn, into chunks.
pub fn chunks(glyphs: Vec<Placed>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for glyph in glyphs {
        match chunks.last_mut() {
            Some(chunk) if chunk.continues_with(&glyph) => chunk.push(glyph),
            _ => chunks.push(Chunk::begin(glyph)),
        }
    }
    chunks
}

#[cfg(test)]
pub mod tests {
    use proviso_core::PdfRect;

    use super::*;

    /// Ten-point text with five points a character, its spaces left out as the page reader does.
    pub fn glyphs(text: &str, u: f32, v: f32) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut after_space = false;
        for (i, character) in text.chars().enumerate() {
            if character == ' ' {
                after_space = true;
                continue;
            }
            let u0 = u + i as f32 * 5.0;
            let rect = PdfRect::from_corners(u0, 1000.0 - v - 2.0, u0 + 5.0, 1000.0 - v + 8.0);
            placed.push(Placed { character, u0, u1: u0 + 5.0, v, size: 10.0, after_space, rect });
            after_space = false;
        }
        placed
    }

    #[test]
    fn wide_gaps_and_new_lines_end_a_chunk() {
        let mut drawn = glyphs("one two", 0.0, 100.0);
        drawn.extend(glyphs("far", 80.0, 100.0));
        drawn.extend(glyphs("next", 0.0, 112.0));
        let texts: Vec<String> = chunks(drawn)
            .iter()
            .map(|chunk| chunk.glyphs.iter().map(|glyph| glyph.character).collect())
            .collect();
        assert_eq!(texts, ["onetwo", "far", "next"]);
    }
}
