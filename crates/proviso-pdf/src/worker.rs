//! Reading and annotating in a child process, so that a hostile file can neither crash the program nor take its memory.
//!
//! The child is the program itself, started again with the hidden [`ARGUMENT`]; therefore every binary calls
//! [`run_if_asked`] first thing in its `main`. The parent side is [`PdfReader`].
//!
//! The file goes to the child over standard input, progress and the result come back over standard output as
//! length-prefixed postcard messages. Before it looks at the file, the child gives up all that it does not need for that
//! (`proviso_confine::reader`): memory beyond its limit, files, connections, other programs. The parent watches what it
//! computes and kills it.

mod child;
mod client;
mod messages;

pub use child::{ReadFile, Work, run_if_asked, run_with};
pub use client::PdfReader;
pub use proviso_confine::{Held, reader::Confinement};

/// The hidden argument, given first, with which a program becomes the reading process.
pub const ARGUMENT: &str = "--read-pdf-in-child-process";
