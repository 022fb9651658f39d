//! Text that people wrote onto a page: filled form fields, typed notes, signature stamps.

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::dict::keys::{ANNOTS, AP, AS, BBOX, F, MATRIX, N, OC, RECT, SUBTYPE};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;

use super::interpreter::Interpreter;

const HIDDEN: u32 = 1 << 1;
const NO_VIEW: u32 = 1 << 5;

/// Runs the appearances of the page's visible annotations.
pub fn draw<'a>(page: &Page<'a>, interpreter: &mut Interpreter<'a, '_>) {
    let Some(annotations) = page.raw().get::<Array<'a>>(ANNOTS) else {
        return;
    };
    for annotation in annotations.iter::<Dict<'a>>() {
        let hidden = annotation.get::<u32>(F).unwrap_or(0) & (HIDDEN | NO_VIEW) != 0;
        if hidden || !is_read(&annotation) || !interpreter.shows(&annotation, OC) {
            continue;
        }
        if let Some(form) = appearance(&annotation)
            && let Some(placed) = placement(&annotation, &form)
        {
            interpreter.draw_form_at(&form, placed, page.resources());
        }
    }
}

/// Comments float over the contract without being part of it; the rest belongs to what was agreed.
fn is_read(annotation: &Dict<'_>) -> bool {
    let subtype = annotation.get::<Name<'_>>(SUBTYPE);
    matches!(subtype.as_ref().map(|name| name.as_str()), Some("Widget" | "FreeText" | "Stamp"))
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>(AP)?.get::<Object<'a>>(N)? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => {
            let state = annotation.get::<Name<'_>>(AS)?;
            states.get::<Stream<'a>>(state.as_ref())
        }
        _ => None,
    }
}

/// The matrix that fits the appearance's box into the annotation's rectangle (ISO 32000, 12.5.5).
fn placement(annotation: &Dict<'_>, form: &Stream<'_>) -> Option<Affine> {
    let [ax, ay, bx, by] = annotation.get::<[f64; 4]>(RECT)?;
    let [x0, y0, x1, y1] = form.dict().get::<[f64; 4]>(BBOX)?;
    let matrix = Affine::new(form.dict().get::<[f64; 6]>(MATRIX).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| matrix * Point::new(x, y));
    let (left, right) = spread(corners.map(|p| p.x));
    let (bottom, top) = spread(corners.map(|p| p.y));
    if right - left <= 0.0 || top - bottom <= 0.0 {
        return None;
    }
    let (sx, sy) = ((bx - ax).abs() / (right - left), (by - ay).abs() / (top - bottom));
    Some(Affine::new([sx, 0.0, 0.0, sy, ax.min(bx) - sx * left, ay.min(by) - sy * bottom]))
}

fn spread(values: [f64; 4]) -> (f64, f64) {
    (values.iter().copied().fold(f64::MAX, f64::min), values.iter().copied().fold(f64::MIN, f64::max))
}
