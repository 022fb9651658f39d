//! Prints what is read from PDF files as JSON, one line a file: the input of `tests/measure_pdf`.
//!
//! `cargo run --release -p proviso-pdf --example dump -- FILE...`

use std::{io::Write, time::Instant};

use proviso_pdf::{Limits, read_in_process};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args_os().skip(1).map(std::path::PathBuf::from) {
        let bytes = std::fs::read(&path)?;
        let started = Instant::now();
        let label = path.display().to_string();
        let read = read_in_process(&label, bytes, None, &Limits::default(), &mut |_, _| {});
        let seconds = started.elapsed().as_secs_f64();
        let line = match read {
            Ok(read) => {
                let chars: Vec<_> = read
                    .document
                    .characters()
                    .map(|(_, b)| (b.page, b.line, b.rect.x0, b.rect.y0, b.rect.x1, b.rect.y1))
                    .collect();
                let pages: Vec<_> =
                    read.document.pages().iter().map(|page| (page.crop, page.rotation.degrees())).collect();
                serde_json::json!({"path": label, "seconds": seconds, "text": read.document.text(), "boxes": chars,
                    "pages": pages, "warnings": read.warnings})
            }
            Err(error) => serde_json::json!({"path": label, "seconds": seconds, "error": error.kind.code(),
                "message": error.to_string()}),
        };
        writeln!(out, "{line}")?;
    }
    out.flush()
}
