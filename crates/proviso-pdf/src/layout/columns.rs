//! Regions of a page in reading order: columns of prose are read one after the other, everything else row by row.
//!
//! A page is cut at its horizontal white strips into bands. Neighbouring bands that leave a common vertical strip
//! free, with text on both sides of it, may be columns; they are if the text on both sides is prose that fills its
//! column. Tables, numbered paragraphs and signature blocks do not, and stay readable row by row.

use super::{chunks::Chunk, rows::rows};

/// How wide a gutter is at least, in ems.
const GUTTER_EMS: f32 = 0.8;
/// How many lines columns have at least.
const MIN_LINES: usize = 4;

/// A free vertical strip.
type Strip = (f32, f32);

/// Chunks between two white strips that cross the page.
struct Band {
    chunks: Vec<Chunk>,
    top: f32,
    bottom: f32,
}

/// The regions of a page (or of a column) in reading order; each is to be read row by row.
pub fn regions(chunks: Vec<Chunk>) -> Vec<Vec<Chunk>> {
    let em = usual_size(&chunks);
    let mut bands = bands(chunks);
    let mut regions: Vec<Vec<Chunk>> = vec![Vec::new()];
    let mut next = 0;
    while next < bands.len() {
        let Some((first, end, gutter)) = columns_at(&bands, next, em) else {
            push(&mut regions, std::mem::take(&mut bands[next].chunks));
            next += 1;
            continue;
        };
        for band in &mut bands[next..first] {
            push(&mut regions, std::mem::take(&mut band.chunks));
        }
        let all: Vec<Chunk> =
            bands[first..end].iter_mut().flat_map(|band| std::mem::take(&mut band.chunks)).collect();
        let (left, right) = all.into_iter().partition(|chunk| chunk.u1 <= gutter.1);
        regions.extend(self::regions(left));
        regions.extend(self::regions(right));
        regions.push(Vec::new());
        next = end;
    }
    regions.retain(|region| !region.is_empty());
    regions
}

fn push(regions: &mut [Vec<Chunk>], chunks: Vec<Chunk>) {
    if let Some(region) = regions.last_mut() {
        region.extend(chunks);
    }
}

fn usual_size(chunks: &[Chunk]) -> f32 {
    let mut sizes: Vec<f32> =
        chunks.iter().flat_map(|chunk| chunk.glyphs.iter().map(|glyph| glyph.size)).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

fn bands(mut chunks: Vec<Chunk>) -> Vec<Band> {
    chunks.sort_by(|a, b| a.body().0.total_cmp(&b.body().0));
    let mut bands: Vec<Band> = Vec::new();
    for chunk in chunks {
        let (top, bottom) = chunk.body();
        match bands.last_mut() {
            Some(band) if top < band.bottom => {
                band.bottom = band.bottom.max(bottom);
                band.chunks.push(chunk);
            }
            _ => bands.push(Band { chunks: vec![chunk], top, bottom }),
        }
    }
    bands
}

impl Band {
    /// The strips left free by the band's text, those at the sides included.
    fn free(&self) -> Vec<Strip> {
        let mut taken: Vec<Strip> = self.chunks.iter().map(|chunk| (chunk.u0, chunk.u1)).collect();
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut free = Vec::new();
        let mut from = f32::MIN;
        for (u0, u1) in taken {
            if u0 > from {
                free.push((from, u0));
            }
            from = from.max(u1);
        }
        free.push((from, f32::MAX));
        free
    }

    fn is_on_both_sides(&self, strip: Strip) -> bool {
        self.chunks.iter().any(|chunk| chunk.u1 <= strip.0 + 0.01)
            && self.chunks.iter().any(|chunk| chunk.u0 >= strip.1 - 0.01)
    }
}

/// Columns that begin at the band `next`, or at a later one with nothing but their own first lines in between:
/// the bands they take and the gutter.
fn columns_at(bands: &[Band], next: usize, em: f32) -> Option<(usize, usize, Strip)> {
    let mut best: Option<(usize, Strip)> = None;
    for strip in bands[next].free() {
        if strip.1 - strip.0 < GUTTER_EMS * em || strip.0 == f32::MIN || strip.1 == f32::MAX {
            continue;
        }
        let (end, gutter) = follow(bands, next, strip, em);
        let is_longer = best.is_none_or(|(longest, _)| end > longest);
        if is_longer && are_columns(&bands[next..end], gutter) {
            best = Some((end, gutter));
        }
    }
    if let Some((end, gutter)) = best {
        return Some((next, end, gutter));
    }
    // The first line of one column may stand higher than that of the other.
    let begins_alone = bands[next].chunks.len() == 1 && next + 1 < bands.len();
    if begins_alone
        && is_near(&bands[next], &bands[next + 1], em)
        && bands[next + 1].chunks.len() > 1
        && let Some((_, end, gutter)) = columns_at(bands, next + 1, em)
        && bands[next].free().iter().any(|strip| strip.0 <= gutter.0 && strip.1 >= gutter.1)
        && bands[next].chunks[0].u0 >= gutter.1
    {
        return Some((next, end, gutter));
    }
    None
}

fn is_near(above: &Band, below: &Band, em: f32) -> bool {
    below.top - above.bottom < 1.2 * em
}

/// The last band (exclusive) down to which the strip, ever narrower, stays free.
fn follow(bands: &[Band], first: usize, strip: Strip, em: f32) -> (usize, Strip) {
    let mut gutter = strip;
    let mut end = first + 1;
    let mut last_two_sided = (end, gutter);
    while end < bands.len() {
        let narrowed = bands[end]
            .free()
            .into_iter()
            .map(|free| (free.0.max(gutter.0), free.1.min(gutter.1)))
            .filter(|free| free.1 - free.0 >= GUTTER_EMS * em)
            .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        let Some(narrowed) = narrowed else { break };
        gutter = narrowed;
        end += 1;
        let band = &bands[end - 1];
        if band.is_on_both_sides(gutter)
            || (last_two_sided.0 == end - 1 && is_near(&bands[end - 2], band, em))
        {
            last_two_sided = (end, gutter);
        }
    }
    last_two_sided
}

/// Whether the text on both sides of the gutter is prose that fills its column.
fn are_columns(bands: &[Band], gutter: Strip) -> bool {
    let chunks = || bands.iter().flat_map(|band| &band.chunks);
    let left: Vec<Chunk> = chunks().filter(|chunk| chunk.u1 <= gutter.1).cloned().collect();
    let right: Vec<Chunk> = chunks().filter(|chunk| chunk.u1 > gutter.1).cloned().collect();
    is_prose(left) && is_prose(right)
}

fn is_prose(chunks: Vec<Chunk>) -> bool {
    let rows = rows(chunks);
    if rows.len() < MIN_LINES {
        return false;
    }
    let left = rows.iter().map(|row| row.u0).fold(f32::MAX, f32::min);
    let right = rows.iter().map(|row| row.u1).fold(f32::MIN, f32::max);
    let width = (right - left).max(1.0);
    let is_full =
        |row: &&super::rows::Row| row.u1 - left > 0.7 * width && row.glyphs.len() >= 16 && words(row) >= 3;
    let full = rows.iter().filter(is_full).count();
    full * 2 >= rows.len()
}

fn words(row: &super::rows::Row) -> usize {
    let gap = super::spacing::space_gap(&row.glyphs);
    1 + row.glyphs.windows(2).filter(|pair| super::spacing::is_space(&pair[0], &pair[1], gap)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{
        chunks::{chunks, tests::glyphs},
        frame::Placed,
    };

    fn read(glyphs: Vec<Placed>) -> Vec<String> {
        regions(chunks(glyphs))
            .into_iter()
            .flat_map(rows)
            .map(|row| row.glyphs.iter().map(|glyph| glyph.character).collect())
            .collect()
    }

    fn line(drawn: &mut Vec<Placed>, u: f32, number: usize, text: &str) {
        drawn.extend(glyphs(text, u, 100.0 + number as f32 * 12.0));
    }

    const PROSE: [&str; 5] = [
        "the party of the first part agrees",
        "to deliver all of the goods before",
        "the first day of every month and to",
        "bear any cost of such delivery unless",
        "it was late.",
    ];

    #[test]
    fn two_columns_of_prose_are_read_one_after_the_other() {
        let mut drawn = Vec::new();
        drawn.extend(glyphs(
            "a title which runs over the whole width of the page and both of the columns",
            0.0,
            60.0,
        ));
        for (i, text) in PROSE.iter().enumerate() {
            line(&mut drawn, 0.0, i, text);
            line(&mut drawn, 220.0, i, &text.to_uppercase());
        }
        let text = read(drawn);
        assert!(text[0].starts_with("atitle"));
        assert!(text[1].starts_with("theparty") && text[5].starts_with("itwas"), "{text:?}");
        assert!(text[6].starts_with("THEPARTY") && text[10].starts_with("ITWAS"), "{text:?}");
    }

    #[test]
    fn columns_whose_lines_do_not_align_are_columns_too() {
        let mut drawn = Vec::new();
        for (i, text) in PROSE.iter().enumerate() {
            drawn.extend(glyphs(text, 0.0, 100.0 + i as f32 * 12.0));
            drawn.extend(glyphs(&text.to_uppercase(), 220.0, 95.0 + i as f32 * 12.0));
        }
        let text = read(drawn);
        assert!(text[0].starts_with("theparty") && text[5].starts_with("THEPARTY"), "{text:?}");
    }

    #[test]
    fn side_by_side_signatures_stay_row_by_row() {
        let mut drawn = Vec::new();
        for (i, text) in
            ["SELLER INC.", "By: ________", "Name: Ann Lee", "Title: CEO", "Date: ____"].iter().enumerate()
        {
            line(&mut drawn, 0.0, i, text);
            line(&mut drawn, 220.0, i, &text.to_lowercase());
        }
        assert_eq!(read(drawn)[2], "Name:AnnLeename:annlee");
    }

    #[test]
    fn numbers_that_hang_before_paragraphs_stay_with_them() {
        let mut drawn = Vec::new();
        for (i, text) in PROSE.iter().enumerate() {
            line(&mut drawn, 0.0, i, &format!("{}.", i + 1));
            line(&mut drawn, 40.0, i, text);
        }
        assert!(read(drawn)[1].starts_with("2.todeliver"));
    }

    #[test]
    fn a_single_column_with_a_table_in_it_keeps_its_order() {
        let mut drawn = Vec::new();
        for (i, text) in PROSE.iter().enumerate() {
            line(&mut drawn, 0.0, i, text);
        }
        for i in 5..10 {
            line(&mut drawn, 0.0, i, "Widget");
            line(&mut drawn, 100.0, i, "10");
            line(&mut drawn, 150.0, i, "$5.00");
        }
        line(&mut drawn, 0.0, 10, PROSE[0]);
        let text = read(drawn);
        assert_eq!(text[5], "Widget10$5.00");
        assert!(text[4].starts_with("itwas") && text[10].starts_with("theparty"));
    }
}
