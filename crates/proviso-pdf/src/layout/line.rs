//! Lines as text with a box for every character.

use proviso_core::PdfRect;

use super::{
    frame::{Extent, Placed},
    rows::Row,
    spacing,
};

/// A character of a line; its box is empty where the page does not draw it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextChar {
    pub character: char,
    pub rect: PdfRect,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    pub chars: Vec<TextChar>,
    /// Whether more room than usual stands above it, as above a paragraph.
    pub starts_block: bool,
    /// Points from the page's upper edge to the baseline.
    pub from_top: f32,
    /// Points from the baseline to the page's lower edge.
    pub from_bottom: f32,
    /// The font's size.
    pub size: f32,
    /// Whether it runs in the page's main direction.
    pub is_main: bool,
}

impl TextLine {
    /// The line's text.
    pub fn text(&self) -> String {
        self.chars.iter().map(|c| c.character).collect()
    }
}

/// Turns the rows of one region into lines.
pub fn text_lines(rows: Vec<Row>, extent: &Extent, is_main: bool) -> Vec<TextLine> {
    let usual = usual_pitch(&rows);
    let mut previous: Option<f32> = None;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let starts_block = previous.is_none_or(|v| row.v - v > 1.35 * usual.max(row.size));
        previous = Some(row.v);
        lines.push(TextLine {
            starts_block,
            from_top: row.v - extent.top,
            from_bottom: extent.bottom - row.v,
            size: row.size,
            is_main,
            chars: spelled(&row.glyphs),
        });
    }
    lines
}

/// The most usual distance from line to line: the lower quartile, as paragraphs only add to it. Too few lines to tell
/// count as closely set.
fn usual_pitch(rows: &[Row]) -> f32 {
    let mut pitches: Vec<f32> =
        rows.windows(2).map(|pair| pair[1].v - pair[0].v).filter(|pitch| *pitch > 0.0).collect();
    pitches.sort_by(f32::total_cmp);
    let usual = pitches.get(pitches.len() / 4).copied().unwrap_or(0.0);
    let closely_set = rows.iter().map(|row| row.size).fold(0.0, f32::max) * 1.3;
    if pitches.len() < 4 { usual.min(closely_set) } else { usual }
}

fn spelled(glyphs: &[Placed]) -> Vec<TextChar> {
    let space_gap = spacing::space_gap(glyphs);
    let mut chars: Vec<TextChar> = Vec::with_capacity(glyphs.len() * 6 / 5);
    let mut left: Option<&Placed> = None;
    for glyph in glyphs {
        if let Some(left) = left.filter(|left| spacing::is_space(left, glyph, space_gap)) {
            let rect = if glyph.after_space { between(&left.rect, &glyph.rect) } else { PdfRect::default() };
            chars.push(TextChar { character: ' ', rect });
        }
        chars.push(TextChar { character: glyph.character, rect: glyph.rect });
        left = Some(glyph);
    }
    chars
}

/// The room between two boxes that stand side by side, whichever way the line runs.
fn between(a: &PdfRect, b: &PdfRect) -> PdfRect {
    let (left, right) = (a.x1.min(b.x1), a.x0.max(b.x0));
    let (bottom, top) = (a.y1.min(b.y1), a.y0.max(b.y0));
    if right > left && top < bottom {
        PdfRect::from_corners(left, a.y0.max(b.y0), right, a.y1.min(b.y1))
    } else if top > bottom && right < left {
        PdfRect::from_corners(a.x0.max(b.x0), bottom, a.x1.min(b.x1), top)
    } else {
        PdfRect::default()
    }
}
