//! How far a font reaches above and below its baseline.

use hayro_syntax::object::dict::keys::{
    ASCENT, BASE_FONT, DESCENDANT_FONTS, DESCENT, FONT_BBOX, FONT_DESC, FONT_MATRIX, SUBTYPE,
};
use hayro_syntax::object::{Array, Dict, Name};

/// Reach above and below the baseline, in ems; both positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    pub ascent: f64,
    pub descent: f64,
}

impl Extent {
    /// One em in all, divided as the font divides it: the way in which PDFium draws its "loose" boxes.
    fn of_one_em(ascent: f64, descent: f64) -> Option<Self> {
        let descent = descent.abs();
        let whole = ascent + descent;
        (ascent > 0.0 && whole.is_finite() && whole > 100.0 && descent < ascent * 2.0)
            .then(|| Self { ascent: ascent / whole, descent: descent / whole })
    }

    /// The extent of the font that the dictionary describes.
    pub fn of_font(font: &Dict<'_>) -> Self {
        if font.get::<Name<'_>>(SUBTYPE).is_some_and(|name| name.as_str() == "Type3") {
            return Self::of_type3(font);
        }
        let descendant =
            font.get::<Array<'_>>(DESCENDANT_FONTS).and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let described = descendant.as_ref().unwrap_or(font);
        let descriptor = described.get::<Dict<'_>>(FONT_DESC);
        descriptor.and_then(|descriptor| Self::of_descriptor(&descriptor)).unwrap_or_else(|| {
            Self::of_name(font.get::<Name<'_>>(BASE_FONT).as_ref().map_or("", |name| name.as_str()))
        })
    }

    fn of_descriptor(descriptor: &Dict<'_>) -> Option<Self> {
        let number = |key: &[u8]| descriptor.get::<f64>(key).unwrap_or(0.0);
        Self::of_one_em(number(ASCENT), number(DESCENT)).or_else(|| {
            let [_, bottom, _, top] = descriptor.get::<[f64; 4]>(FONT_BBOX)?;
            Self::of_one_em(top, bottom.min(0.0))
        })
    }

    /// The standard fonts by their names, after Adobe's metrics.
    fn of_name(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let (ascent, descent) = if lower.contains("courier") {
            (629.0, 157.0)
        } else if lower.contains("times") {
            (683.0, 217.0)
        } else {
            (718.0, 207.0)
        };
        let whole = ascent + descent;
        Self { ascent: ascent / whole, descent: descent / whole }
    }

    fn of_type3(font: &Dict<'_>) -> Self {
        let matrix = font.get::<[f64; 6]>(FONT_MATRIX).unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        let [_, bottom, _, top] = font.get::<[f64; 4]>(FONT_BBOX).unwrap_or_default();
        let (bottom, top) = (bottom * matrix[3], top * matrix[3]);
        let (bottom, top) = (bottom.min(top), bottom.max(top));
        if top > 0.05 && top - bottom < 4.0 {
            Self { ascent: top, descent: (-bottom).max(0.0) }
        } else {
            Self { ascent: 0.75, descent: 0.25 }
        }
    }
}
