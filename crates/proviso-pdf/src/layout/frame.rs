//! Text is laid out as if it ran to the right and its lines downwards; a frame turns the page that way.

use proviso_core::PdfRect;

use crate::glyph::Glyph;

/// Directions closer than this count as one.
const DEGREES_APART: f32 = 6.0;

/// A direction in which text of the page runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    direction: (f32, f32),
}

/// A glyph in its frame: `u` grows along the line, `v` from line to line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    pub character: char,
    pub u0: f32,
    pub u1: f32,
    /// The baseline.
    pub v: f32,
    pub size: f32,
    pub after_space: bool,
    pub rect: PdfRect,
}

/// The page's visible part in a frame: where it begins and ends from line to line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    pub top: f32,
    pub bottom: f32,
}

impl Frame {
    /// The frames of the page's text, that of most characters first.
    pub fn of_glyphs(glyphs: &[Glyph]) -> Vec<Self> {
        let mut frames: Vec<(Self, usize)> = Vec::new();
        for glyph in glyphs {
            match frames.iter_mut().find(|(frame, _)| frame.holds(glyph)) {
                Some((_, count)) => *count += 1,
                None => frames.push((Self { direction: snapped(glyph.direction) }, 1)),
            }
        }
        frames.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        frames.into_iter().map(|(frame, _)| frame).collect()
    }

    fn holds(&self, glyph: &Glyph) -> bool {
        let (dx, dy) = self.direction;
        let cosine = dx * glyph.direction.0 + dy * glyph.direction.1;
        cosine > DEGREES_APART.to_radians().cos()
    }

    /// Those of the glyphs that run in this frame's direction, in their order.
    pub fn place(&self, glyphs: &[Glyph]) -> Vec<Placed> {
        glyphs.iter().filter(|glyph| self.holds(glyph)).map(|glyph| self.placed(glyph)).collect()
    }

    fn placed(&self, glyph: &Glyph) -> Placed {
        let (u, v) = self.turn(glyph.origin);
        Placed {
            character: glyph.character,
            u0: u,
            u1: u + glyph.advance,
            v,
            size: glyph.size(),
            after_space: glyph.after_space,
            rect: glyph.rect(),
        }
    }

    fn turn(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (dx, dy) = self.direction;
        (x * dx + y * dy, x * dy - y * dx)
    }

    /// Where the page begins and ends in this frame.
    pub fn extent(&self, crop: &PdfRect) -> Extent {
        let corners = [(crop.x0, crop.y0), (crop.x1, crop.y0), (crop.x0, crop.y1), (crop.x1, crop.y1)];
        let v = corners.map(|corner| self.turn(corner).1);
        Extent {
            top: v.iter().copied().fold(f32::MAX, f32::min),
            bottom: v.iter().copied().fold(f32::MIN, f32::max),
        }
    }
}

/// A direction that is upright but for rounding is made exactly so.
fn snapped((dx, dy): (f32, f32)) -> (f32, f32) {
    match (dx, dy) {
        _ if dx.abs() < 0.02 => (0.0, dy.signum()),
        _ if dy.abs() < 0.02 => (dx.signum(), 0.0),
        direction => direction,
    }
}
