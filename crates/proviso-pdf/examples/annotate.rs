//! Writes annotated copies of PDF files into a folder, with a note on the first word of every page, and prints what
//! became of each: for trying other readers on the copies.
//!
//! `cargo run --release -p proviso-pdf --example annotate -- WORKER FOLDER FILE...`

use std::{error::Error, io::Write, path::Path};

use proviso_core::{Document, TextRange};
use proviso_pdf::{Limits, PdfError, PdfNote, worker::PdfReader};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(worker), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("give the worker program, a folder, and files".into());
    };
    let (reader, folder) = (PdfReader::new(worker.into()), Path::new(&folder).to_owned());
    let mut out = std::io::stdout().lock();
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        let label = Path::new(&path).display().to_string();
        let outcome = match annotate(&reader, &label, &bytes) {
            Ok((copy, notes)) => {
                std::fs::write(folder.join(Path::new(&path).file_name().unwrap_or_default()), copy)?;
                format!("ok {notes}")
            }
            Err(error) => error.kind.code().to_owned(),
        };
        writeln!(out, "{outcome}\t{label}")?;
    }
    Ok(())
}

fn annotate(reader: &PdfReader, label: &str, bytes: &[u8]) -> Result<(Vec<u8>, usize), PdfError> {
    let limits = Limits::default();
    let read = reader.read(label, bytes, None, &limits, &mut |_, _| {}, &|| false)?;
    let notes = first_words(&read.document);
    let count = notes.len();
    Ok((reader.annotate(label, bytes, notes, &limits, &|| false)?, count))
}

fn first_words(document: &Document) -> Vec<PdfNote> {
    let mut notes: Vec<PdfNote> = Vec::new();
    let mut start = 0;
    for word in document.text().split_inclusive(char::is_whitespace) {
        let marks = document.marks(TextRange::new(start, start + word.len()));
        start += word.len();
        for mark in marks {
            if notes.iter().all(|note| note.page != mark.page + 1) {
                notes.push(PdfNote {
                    page: mark.page + 1,
                    rects: vec![mark.rect],
                    title: ["Parties", "Insurance", "Governing Law"][mark.page as usize % 3].into(),
                    contents: format!("Accepted. \u{201c}{}\u{201d}", word.trim()),
                    colour: [1.0, 0.85, 0.3],
                });
            }
        }
    }
    notes
}
