//! A page's content stream, run for its text: which character is drawn where.
//!
//! Paths, colours and images are not interpreted beyond what a reader of text must know of them (how much of the page
//! is covered by pictures, whether something is drawn at all).

mod actual_text;
mod annotations;
mod font;
mod font_metrics;
mod font_widths;
mod images;
mod interpreter;
mod optional;
mod state;
mod unicode;

pub use font::FontShelf;
pub use optional::OptionalContent;

use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::Page;
use proviso_core::PdfRect;

use crate::glyph::Glyph;
use interpreter::Interpreter;

/// What a page draws, as far as it matters for reading.
#[derive(Debug, Clone, Default)]
pub struct PageContent {
    /// The characters in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// The boxes of the pictures.
    pub images: Vec<PdfRect>,
    /// How many lines, curves and areas are painted.
    pub paths: usize,
    /// Whether part of the content could not be decoded or was cut off at a limit.
    pub incomplete: bool,
}

/// Runs the content of one page. `go_on` is asked now and then and ends the run by answering no.
pub fn read_page<'a>(
    page: &Page<'a>,
    fonts: &FontShelf<'a>,
    optional: &OptionalContent,
    go_on: &dyn Fn() -> bool,
) -> PageContent {
    let mut interpreter = Interpreter::new(fonts, optional, go_on);
    interpreter.content.incomplete = has_unreadable_stream(page);
    if let Some(stream) = page.page_stream() {
        interpreter.run(stream, page.resources());
    }
    annotations::draw(page, &mut interpreter);
    interpreter.content
}

fn has_unreadable_stream(page: &Page<'_>) -> bool {
    if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
        return stream.decoded_data().is_err();
    }
    let Some(streams) = page.raw().get::<Array<'_>>(CONTENTS) else {
        return false;
    };
    let listed = streams.raw_iter().count();
    let readable = streams.iter::<Stream<'_>>().filter(|stream| stream.decoded_data().is_ok()).count();
    readable < listed
}
