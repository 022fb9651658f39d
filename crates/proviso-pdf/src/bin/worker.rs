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

/// What a hostile file might bring this process to do, each with whether it could.
fn reach_out() -> PdfErrorKind {
    let tries = [
        ("reads a file", std::fs::read("/etc/passwd").is_ok()),
        ("looks at a file", std::fs::metadata("/etc/passwd").is_ok()),
        ("writes a file", std::fs::write(std::env::temp_dir().join("proviso-left-behind"), "x").is_ok()),
        ("starts a program", std::process::Command::new("/bin/true").spawn().is_ok()),
        ("starts a thread", std::thread::Builder::new().spawn(|| {}).is_ok()),
        #[cfg(unix)]
        ("opens a socket", std::os::unix::net::UnixDatagram::unbound().is_ok()),
    ];
    let could: Vec<_> = tries.iter().filter(|(_, could)| *could).map(|(what, _)| *what).collect();
    PdfErrorKind::Io(format!("tried {}, could: {}", tries.len(), could.join(", ")))
}

fn reach_out_reading(
    _: &str,
    _: Vec<u8>,
    _: Option<&str>,
    _: &Limits,
    _: Progress<'_>,
) -> Result<PdfReading, PdfError> {
    Err(reach_out().of(""))
}

fn reach_out_annotating(
    _: Vec<u8>,
    _: &[PdfNote],
    _: &Limits,
    _: Progress<'_>,
) -> Result<Vec<u8>, PdfErrorKind> {
    Err(reach_out())
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
        Some("reach-out") => Work { read: reach_out_reading, annotate: reach_out_annotating },
        Some("overflow") => Work { read: overflow, ..whole },
        _ => whole,
    })
}
