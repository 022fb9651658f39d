//! The reading process by itself, for this crate's tests and measurements. Besides reading it can fail on purpose.

use std::process::ExitCode;

use proviso_pdf::{
    Limits, PdfError, PdfReading, read_in_process,
    worker::{ARGUMENT, ReadFile, run_with},
};

type Progress<'p> = &'p mut dyn FnMut(u32, u32);

fn hang(_: &str, _: Vec<u8>, _: Option<&str>, _: &Limits, _: Progress<'_>) -> Result<PdfReading, PdfError> {
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
    let read: ReadFile = match arguments.next().as_deref() {
        Some("hang") => hang,
        Some("take-memory") => take_memory,
        Some("overflow") => overflow,
        _ => read_in_process,
    };
    run_with(read)
}
