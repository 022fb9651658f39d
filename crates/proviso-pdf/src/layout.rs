//! From drawn characters to lines in reading order: glyphs -> chunks -> regions (columns) -> lines -> text.

mod chunks;
mod columns;
mod duplicates;
mod frame;
mod line;
mod rows;
mod spacing;

#[cfg(test)]
pub use line::TextChar;
pub use line::TextLine;

use proviso_core::PdfRect;

use crate::glyph::Glyph;
use frame::Frame;

/// The lines of a page in reading order. Text that runs in another direction than most of the page comes last.
pub fn read_lines(glyphs: &[Glyph], crop: &PdfRect) -> Vec<TextLine> {
    let visible: Vec<Glyph> = glyphs.iter().filter(|glyph| touches(&glyph.rect(), crop)).copied().collect();
    let mut lines = Vec::new();
    for (index, frame) in Frame::of_glyphs(&visible).into_iter().enumerate() {
        let placed = duplicates::drop_overprints(frame.place(&visible));
        let extent = frame.extent(crop);
        for region in columns::regions(chunks::chunks(placed)) {
            lines.extend(line::text_lines(rows::rows(region), &extent, index == 0));
        }
    }
    lines
}

/// Whether any part of the box, even one without width, is on the page.
fn touches(rect: &PdfRect, crop: &PdfRect) -> bool {
    rect.x1 >= crop.x0 && rect.x0 <= crop.x1 && rect.y1 >= crop.y0 && rect.y0 <= crop.y1
}
