//! Prints what is read from PDF files as JSON, one line a file: the input of `tests/measure_pdf`.
//!
//! `cargo run --release -p proviso-pdf --example dump -- [--worker PROGRAM] FILE...`
//! With `--worker` each file is read in a child process, as the application does it.

use std::{ffi::OsString, io::Write, path::Path, time::Instant};

use proviso_pdf::{Limits, PdfError, PdfReading, read_in_process, worker::PdfReader};

fn main() -> std::io::Result<()> {
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let reader =
        (arguments.first().is_some_and(|first| first == "--worker") && arguments.len() > 1).then(|| {
            arguments.remove(0);
            PdfReader::new(arguments.remove(0).into())
        });
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &arguments {
        let bytes = std::fs::read(path)?;
        let label = Path::new(path).display().to_string();
        let started = Instant::now();
        let read = match &reader {
            Some(reader) => reader.read(&label, &bytes, None, &Limits::default(), &mut |_, _| {}, &|| false),
            None => read_in_process(&label, bytes, None, &Limits::default(), &mut |_, _| {}),
        };
        writeln!(out, "{}", as_json(&label, started.elapsed().as_secs_f64(), read))?;
    }
    out.flush()
}

fn as_json(label: &str, seconds: f64, read: Result<PdfReading, PdfError>) -> serde_json::Value {
    match read {
        Ok(PdfReading { document, warnings }) => {
            let boxes: Vec<_> = document
                .characters()
                .map(|(_, b)| (b.page, b.line, b.rect.x0, b.rect.y0, b.rect.x1, b.rect.y1))
                .collect();
            let pages: Vec<_> =
                document.pages().iter().map(|page| (page.crop, page.rotation.degrees())).collect();
            serde_json::json!({"path": label, "seconds": seconds, "text": document.text(), "boxes": boxes,
                "pages": pages, "warnings": warnings})
        }
        Err(error) => serde_json::json!({"path": label, "seconds": seconds, "error": error.kind.code(),
            "message": error.to_string()}),
    }
}
