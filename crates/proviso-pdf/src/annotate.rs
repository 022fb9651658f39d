//! An annotated copy of a file: highlights with notes on its pages and bookmarks to them, for any PDF reader.
//!
//! The copy is an incremental update (ISO 32000, 7.5.6): the original's bytes as they are, and behind them the new
//! objects, the pages and the outline as they become, and a table of these objects that points back to the old one.
//! So nothing of the original is lost, and signatures in it still cover the bytes that they covered.
//!
//! 1. [`ending`] finds the table of objects at the end of the file, which the new one points back to.
//! 2. [`highlight`] and [`bookmarks`] make the new objects, [`splice`] puts them into dictionaries that are there,
//!    leaving every other byte of these as it was written.
//! 3. [`update`] gives numbers to the objects and writes them with their table.
//! 4. The copy is opened once more, and given out only if it has the same pages and all notes on them.
//!
//! hayro-syntax, which reads the files anyway, finds the objects; what is written is so little that a library for it
//! would not be less code. pdf-writer knows neither incremental updates nor references with generations; lopdf would
//! be a second parser of hostile files, less forgiving than the first, with 20 further crates.

mod bookmarks;
mod ending;
mod highlight;
mod splice;
mod update;

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, ObjectIdentifier, dict::keys::ANNOTS},
};
use proviso_core::PdfRect;
use serde::{Deserialize, Serialize};

use crate::{
    error::{PdfError, PdfErrorKind},
    limits::Limits,
    open,
};
use update::Update;

/// What to mark on a page, and what to say of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PdfNote {
    /// The page, from 1.
    pub page: u32,
    /// What to mark, one rectangle a line, in PDF user space of the page. Where all are empty only a bookmark is made.
    pub rects: Vec<PdfRect>,
    /// The category: the note's subject, and its bookmark.
    pub title: String,
    /// What a reader shows of the note: whether it was accepted, the short answer, what a person wrote.
    pub contents: String,
    /// Red, green and blue of the highlight, each 0 to 1.
    pub colour: [f32; 3],
}

/// The whole annotated copy, made in the calling process. As with [`read_in_process`](crate::read_in_process), files
/// of strangers go through [`PdfReader::annotate`](crate::worker::PdfReader::annotate) instead.
///
/// # Errors
/// If the file is encrypted or damaged, or a note names a page that it does not have; `label` names it in the message.
pub fn annotate_in_process(
    label: &str,
    bytes: &[u8],
    notes: &[PdfNote],
    limits: &Limits,
) -> Result<Vec<u8>, PdfError> {
    let tail = annotation_tail(bytes.to_vec(), notes, limits, &mut |_, _| {});
    tail.map(|tail| [bytes, &tail].concat()).map_err(|kind| kind.of(label))
}

/// What follows the original's bytes in the annotated copy. `on_progress` hears of pages done and pages in all.
pub(crate) fn annotation_tail(
    bytes: Vec<u8>,
    notes: &[PdfNote],
    limits: &Limits,
    on_progress: &mut dyn FnMut(u32, u32),
) -> Result<Vec<u8>, PdfErrorKind> {
    let ending = ending::read(&bytes)?;
    let opened = open::open(bytes, None, limits).map_err(|kind| match kind {
        PdfErrorKind::PasswordRequired | PdfErrorKind::UnsupportedEncryption => {
            PdfErrorKind::EncryptedOriginal
        }
        other => other,
    })?;
    let pdf = opened.pdf;
    let (root, total) = (pdf.xref().root_id(), pdf.pages().len() as u32);
    if let Some(note) = notes.iter().find(|note| note.page == 0 || note.page > total) {
        return Err(PdfErrorKind::NoSuchPage { page: note.page, pages: total });
    }
    if !ending.has_root(root) {
        return Err(PdfErrorKind::DamagedOriginal);
    }
    on_progress(0, total);
    let mut update = Update::new(&pdf, &ending);
    for number in 1..=total {
        let on_page: Vec<&PdfNote> = notes.iter().filter(|note| note.page == number).collect();
        if !on_page.is_empty() {
            annotate_page(&pdf, number, &on_page, &mut update)?;
            on_progress(number, total);
        }
    }
    if !notes.is_empty() {
        bookmarks::add(&pdf, notes, &mut update)?;
    }
    let added: Vec<usize> = (1..=total)
        .map(|page| notes.iter().filter(|note| note.page == page && note.is_visible()).count())
        .collect();
    let tail = update.finish();
    check(&pdf, &tail, &added)?;
    Ok(tail)
}

impl PdfNote {
    /// The rectangles that cover something.
    fn marks(&self) -> impl Iterator<Item = &PdfRect> {
        let drawable = |rect: &&PdfRect| {
            !rect.is_empty() && [rect.x0, rect.y0, rect.x1, rect.y1].into_iter().all(f32::is_finite)
        };
        self.rects.iter().filter(drawable)
    }

    fn is_visible(&self) -> bool {
        self.marks().next().is_some()
    }
}

/// Writes the page anew with the notes behind the annotations that it has.
fn annotate_page(
    pdf: &Pdf,
    number: u32,
    notes: &[&PdfNote],
    update: &mut Update<'_>,
) -> Result<(), PdfErrorKind> {
    let id = page_id(pdf, number).ok_or(PdfErrorKind::DamagedOriginal)?;
    let page = pdf.pages()[number as usize - 1].raw();
    let mut items =
        page.get::<Array<'_>>(ANNOTS).map_or_else(Vec::new, |array| splice::items(array.data()).to_vec());
    for note in notes {
        if let Some(annotation) = highlight::add(note, id, update) {
            items.extend(format!("\n{}", update::reference(annotation)).bytes());
        }
    }
    // The array is written into the page even where it was an object of its own, which other pages might share.
    let array = [b"[".as_slice(), &items, b"]"].concat();
    let page =
        splice::with_entries(page.data(), &[("Annots", &array)]).ok_or(PdfErrorKind::DamagedOriginal)?;
    update.put(id, &page);
    Ok(())
}

/// The object that a page is. A page that is none, but stands in the page tree itself, cannot be referred to.
fn page_id(pdf: &Pdf, number: u32) -> Option<ObjectIdentifier> {
    let page = pdf.pages().get(number as usize - 1)?.raw();
    let id = page.obj_id()?;
    (pdf.xref().get::<Dict<'_>>(id)? == *page).then_some(id)
}

/// Opens the copy and counts: damage that the repair of the original passed over must not end in a copy that lacks
/// pages or notes.
fn check(pdf: &Pdf, tail: &[u8], added: &[usize]) -> Result<(), PdfErrorKind> {
    let count = |page: &hayro_syntax::page::Page<'_>| {
        page.raw().get::<Array<'_>>(ANNOTS).map_or(0, |array| array.raw_iter().count())
    };
    let before: Vec<usize> = pdf.pages().iter().map(count).collect();
    let copy = [pdf.data().as_ref(), tail].concat();
    let copy = Pdf::new(copy).map_err(|_| PdfErrorKind::DamagedOriginal)?;
    let after: Vec<usize> = copy.pages().iter().map(count).collect();
    let expected: Vec<usize> = before.iter().zip(added).map(|(before, added)| before + added).collect();
    if after == expected { Ok(()) } else { Err(PdfErrorKind::DamagedOriginal) }
}
