//! Where a gap between two characters is a space.

use super::frame::Placed;

/// The width from which a gap in this line is a space, in ems.
pub fn space_gap(glyphs: &[Placed]) -> f32 {
    let draws_spaces = glyphs.iter().skip(1).any(|glyph| glyph.after_space);
    let mut gaps: Vec<f32> = glyphs
        .windows(2)
        .filter(|pair| !pair[1].after_space)
        .map(|pair| (pair[1].u0 - pair[0].u1) / pair[0].size.max(pair[1].size).max(f32::MIN_POSITIVE))
        .collect();
    gaps.sort_by(f32::total_cmp);
    // Letterspaced titles have the same gap between all letters; it is no space.
    let between_letters = if gaps.len() < 4 { 0.0 } else { gaps[gaps.len() / 2].clamp(0.0, 0.35) };
    between_letters + if draws_spaces { 0.17 } else { 0.14 }
}

/// Whether a space stands between two characters of a line.
pub fn is_space(left: &Placed, right: &Placed, space_gap: f32) -> bool {
    let gap = (right.u0 - left.u1) / left.size.max(right.size).max(f32::MIN_POSITIVE);
    gap > space_gap || right.after_space && gap > 0.03
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::chunks::tests::glyphs;

    fn spelled(glyphs: &[Placed]) -> String {
        let gap = space_gap(glyphs);
        let mut text = String::from(glyphs[0].character);
        for pair in glyphs.windows(2) {
            if is_space(&pair[0], &pair[1], gap) {
                text.push(' ');
            }
            text.push(pair[1].character);
        }
        text
    }

    #[test]
    fn gaps_without_drawn_spaces_are_spaces() {
        let mut line = glyphs("of the Buyer", 0.0, 0.0);
        for glyph in &mut line {
            glyph.after_space = false;
        }
        assert_eq!(spelled(&line), "of the Buyer");
    }

    #[test]
    fn letterspaced_titles_stay_words() {
        let mut line = Vec::new();
        for (i, c) in "LEASE AGREEMENT".chars().enumerate() {
            line.extend(glyphs(&c.to_string(), i as f32 * 8.0, 0.0));
        }
        assert_eq!(spelled(&line), "LEASE AGREEMENT");
    }
}
