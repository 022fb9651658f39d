//! Text drawn twice in nearly the same place, to look bold or shadowed, is one text.

use std::collections::HashMap;

use super::frame::Placed;

/// Keeps the first of glyphs that show the same character in nearly the same place.
pub fn drop_overprints(glyphs: Vec<Placed>) -> Vec<Placed> {
    let mut seen: HashMap<(char, i32, i32), Vec<(f32, f32)>> = HashMap::new();
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let reach = tolerance(&glyph);
        let cell = |value: f32| (value / 4.0).floor() as i32;
        let (column, row) = (cell(glyph.u0), cell(glyph.v));
        let is_repeated = (-1..=1).flat_map(|dc| (-1..=1).map(move |dr| (dc, dr))).any(|(dc, dr)| {
            seen.get(&(glyph.character, column + dc, row + dr)).is_some_and(|places| {
                places.iter().any(|(u, v)| (u - glyph.u0).abs() < reach && (v - glyph.v).abs() < reach)
            })
        });
        if !is_repeated {
            seen.entry((glyph.character, column, row)).or_default().push((glyph.u0, glyph.v));
            kept.push(glyph);
        }
    }
    kept
}

/// A tenth of the size, but never so much that the second of two narrow letters ("ll") is taken for a repetition.
fn tolerance(glyph: &Placed) -> f32 {
    (glyph.size * 0.1).min((glyph.u1 - glyph.u0) * 0.4).clamp(0.01, 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::chunks::tests::glyphs;

    #[test]
    fn a_line_drawn_twice_is_read_once() {
        let mut twice = glyphs("shall all", 0.0, 100.0);
        twice.extend(glyphs("shall all", 0.4, 100.3));
        let once: String = drop_overprints(twice).iter().map(|glyph| glyph.character).collect();
        assert_eq!(once, "shallall");
    }

    #[test]
    fn the_same_letter_further_on_is_another_one() {
        let mut line = glyphs("a", 0.0, 100.0);
        line.extend(glyphs("a", 3.0, 100.0));
        assert_eq!(drop_overprints(line).len(), 2);
    }
}
