//! How much of a page is picture.

use hayro_font::kurbo::{Affine, Point};
use proviso_core::PdfRect;

/// The box of a picture drawn into the unit square.
pub fn image_box(ctm: Affine) -> PdfRect {
    let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| ctm * Point::new(x, y));
    let at = |p: Point| PdfRect::from_corners(p.x as f32, p.y as f32, p.x as f32, p.y as f32);
    corners.iter().fold(at(corners[0]), |rect, &p| rect.union(&at(p)))
}
