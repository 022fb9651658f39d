//! Chunks that stand side by side form a line, superscripts included.

use super::{chunks::Chunk, frame::Placed};

/// A line: its characters from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub glyphs: Vec<Placed>,
    pub u0: f32,
    pub u1: f32,
    pub v: f32,
    pub size: f32,
}

/// The lines of a region from top to bottom.
pub fn rows(mut chunks: Vec<Chunk>) -> Vec<Row> {
    chunks.sort_by(|a, b| a.v.total_cmp(&b.v));
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        let row =
            rows.iter_mut().rev().take(4).find(|row| row.iter().any(|other| side_by_side(other, &chunk)));
        match row {
            Some(row) => row.push(chunk),
            None => rows.push(vec![chunk]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(row_of_chunks).collect();
    rows.sort_by(|a, b| a.v.total_cmp(&b.v));
    rows
}

/// Whether the two overlap from top to bottom by half of the lower one, so that they are read as one line.
fn side_by_side(a: &Chunk, b: &Chunk) -> bool {
    let span = |chunk: &Chunk| (chunk.v - 0.7 * chunk.size, chunk.v + 0.2 * chunk.size);
    let ((a0, a1), (b0, b1)) = (span(a), span(b));
    let shared = a1.min(b1) - a0.max(b0);
    let is_same_size = a.size.max(b.size) < 1.3 * a.size.min(b.size);
    let needed = if is_same_size { 0.6 } else { 0.5 };
    shared > needed * (a1 - a0).min(b1 - b0)
}

fn row_of_chunks(mut chunks: Vec<Chunk>) -> Row {
    chunks.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    let main = chunks.iter().max_by(|a, b| (a.size * (a.u1 - a.u0)).total_cmp(&(b.size * (b.u1 - b.u0))));
    let (v, size) = main.map_or((0.0, 0.0), |chunk| (chunk.v, chunk.size));
    let is_interleaved = chunks.windows(2).any(|pair| pair[1].u0 < pair[0].u1 - 0.3 * pair[0].size);
    let in_chunks: Vec<Placed> = chunks.into_iter().flat_map(|chunk| chunk.glyphs).collect();
    let glyphs = if is_interleaved { woven(in_chunks) } else { in_chunks };
    let u0 = glyphs.iter().map(|glyph| glyph.u0).fold(f32::MAX, f32::min);
    let u1 = glyphs.iter().map(|glyph| glyph.u1).fold(f32::MIN, f32::max);
    Row { glyphs, u0, u1, v, size }
}

/// Characters drawn out of order come to stand from left to right, unless they are printed over each other.
fn woven(in_chunks: Vec<Placed>) -> Vec<Placed> {
    let mut sorted = in_chunks.clone();
    sorted.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    let collisions =
        sorted.windows(2).filter(|pair| pair[0].u1 - pair[1].u0 > 0.4 * (pair[0].u1 - pair[0].u0)).count();
    if collisions * 20 <= sorted.len() { sorted } else { in_chunks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::chunks::{chunks, tests::glyphs};

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.glyphs.iter().map(|glyph| glyph.character).collect()).collect()
    }

    #[test]
    fn a_line_is_read_from_left_to_right_whatever_the_drawing_order() {
        let mut drawn = glyphs("end", 200.0, 100.0);
        drawn.extend(glyphs("below", 0.0, 112.0));
        drawn.extend(glyphs("start", 0.0, 100.5));
        assert_eq!(texts(&rows(chunks(drawn))), ["startend", "below"]);
    }

    #[test]
    fn a_superscript_belongs_to_its_line() {
        let mut drawn = glyphs("June 1", 0.0, 100.0);
        for mut glyph in glyphs("st", 30.0, 96.5) {
            glyph.size = 6.0;
            drawn.push(glyph);
        }
        drawn.extend(glyphs("day", 45.0, 100.0));
        assert_eq!(texts(&rows(chunks(drawn))), ["June1stday"]);
    }

    #[test]
    fn a_word_drawn_later_into_its_gap_is_read_there() {
        let mut drawn = glyphs("the          shall", 0.0, 100.0);
        drawn.extend(glyphs("Buyer", 20.0, 100.0));
        assert_eq!(texts(&rows(chunks(drawn))), ["theBuyershall"]);
    }

    #[test]
    fn text_printed_over_a_rule_of_underscores_is_not_mixed_with_it() {
        let mut drawn = glyphs("By:__________", 0.0, 100.0);
        drawn.extend(glyphs("Jane", 25.0, 100.0));
        assert_eq!(texts(&rows(chunks(drawn))), ["By:__________Jane"]);
    }
}
