//! From the bytes of a PDF to a [`Document`](proviso_core::Document): text in reading order with a box for every
//! character, and warnings page by page about what could not be read.
//!
//! 1. [`reading`](read_in_process) opens the file (`open`) and runs each page's content stream for its text (`content`).
//! 2. `layout` makes lines of the characters: spaces, columns, rotated text.
//! 3. `margins` tells running headers, footers and page numbers from the body.
//! 4. `assemble` joins the pages to one text, `hyphenation` decides which words were only hyphenated at a line end.
//! 5. `page_trouble` says in a lawyer's words what is wrong with a page.
//!
//! The way back is `annotate`: a copy of the file with what was found marked on its pages.
//!
//! PDFs are hostile input. Applications do not call [`read_in_process`] and [`annotate_in_process`] but use a [`PdfReader`](worker::PdfReader),
//! which runs them in a child process with limits on memory and time; see [`worker`].

mod annotate;
mod assemble;
mod clock;
mod content;
mod error;
mod glyph;
mod hyphenation;
mod layout;
mod limits;
mod margins;
mod open;
mod page_trouble;
mod reading;
pub mod worker;

pub use annotate::{PdfNote, annotate_in_process};
pub use error::{PdfError, PdfErrorKind};
pub use limits::Limits;
pub use reading::{PdfReading, read_in_process};
