//! The reading process by itself, for this crate's tests and measurements. Besides reading it can fail on purpose.

use std::process::ExitCode;

use proviso_pdf::{
    Limits, PdfError, PdfErrorKind, PdfNote, PdfReading,
    worker::{ARGUMENT, Work, run_with},
};

type Progress<'p> = &'p mut dyn FnMut(u32, u32);

fn hang(_: &str, _: Vec<u8>, _: Option<&str>, _: &Limits, _: Progress<'_>) -> Result<PdfReading, PdfError> {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
}

fn hang_at_notes(_: Vec<u8>, _: &[PdfNote], _: &Limits, _: Progress<'_>) -> Result<Vec<u8>, PdfErrorKind> {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
}

fn take_memory(
    _: &str,
    _: Vec<u8>,
    _: Option<&str>,
    _: &Limits,
    _: Progress<'_>,
) -> Result<PdfReading, PdfError> {
    let mut hoard: Vec<Vec<u8>> = Vec::new();
    loop {
        hoard.push(vec![1; 16 << 20]);
    }
}

fn overflow(
    _: &str,
    _: Vec<u8>,
    _: Option<&str>,
    _: &Limits,
    _: Progress<'_>,
) -> Result<PdfReading, PdfError> {
    fn deeper(n: u64) -> u64 {
        std::hint::black_box(if n == u64::MAX { 0 } else { deeper(std::hint::black_box(n + 1)) + 1 })
    }
    std::process::exit(i32::from(deeper(0) == 0))
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some(ARGUMENT) {
        return ExitCode::from(2);
    }
    let whole = Work::default();
    run_with(match arguments.next().as_deref() {
        Some("hang") => Work { read: hang, annotate: hang_at_notes },
        Some("take-memory") => Work { read: take_memory, ..whole },
        Some("overflow") => Work { read: overflow, ..whole },
        _ => whole,
    })
}
