//! A note as a standard highlight annotation, drawn by itself so that every reader shows the same.

use hayro_syntax::object::ObjectIdentifier;
use proviso_core::PdfRect;

use super::{
    PdfNote,
    update::{Update, reference, text_string},
};

/// Printed with the page.
const FLAGS: u32 = 1 << 2;

/// Writes the annotation; `None` where there is nothing to mark.
pub fn add(note: &PdfNote, page: ObjectIdentifier, update: &mut Update<'_>) -> Option<ObjectIdentifier> {
    let around = note.marks().copied().reduce(|all, rect| all.union(&rect))?;
    let [red, green, blue] =
        note.colour.map(|part| if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 });
    let colour = format!("{red:.3} {green:.3} {blue:.3}");
    let rect = numbers([around.x0, around.y0, around.x1, around.y1]);
    let appearance = update.put_stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [{rect}] \
             /Resources << /ExtGState << /Multiply << /Type /ExtGState /BM /Multiply >> >> >>"
        ),
        drawn(note, &colour).as_bytes(),
    );
    let quads: Vec<String> = note.marks().map(quad).collect();
    let id = update.new_id();
    let annotation = format!(
        "<< /Type /Annot /Subtype /Highlight /P {} /Rect [{rect}]\n/QuadPoints [{}]\n/C [{colour}] /F {FLAGS} \
         /T (Proviso) /NM (proviso-{}) /AP << /N {} >>\n/Subj {}\n/Contents {} >>",
        reference(page),
        quads.join(" "),
        id.obj_number,
        reference(appearance),
        text_string(&note.title),
        text_string(&note.contents),
    );
    update.put(id, annotation.as_bytes());
    Some(id)
}

/// The marks filled with the colour, through which the text stays black.
fn drawn(note: &PdfNote, colour: &str) -> String {
    let rects = note.marks().map(|r| format!("{} re\n", numbers([r.x0, r.y0, r.width(), r.height()])));
    format!("/Multiply gs {colour} rg\n{}f", rects.collect::<String>())
}

/// The corners in the order in which readers take them, which is not that of the standard: upper left, upper right,
/// lower left, lower right.
fn quad(rect: &PdfRect) -> String {
    let PdfRect { x0, y0, x1, y1 } = *rect;
    numbers([x0, y1, x1, y1, x0, y0, x1, y0])
}

fn numbers<const N: usize>(values: [f32; N]) -> String {
    values.map(|value| format!("{value:.2}")).join(" ")
}
