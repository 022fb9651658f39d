//! The reading process and its client: the same result as in the same process, and every way in which it can fail.

mod builder;

use std::{path::PathBuf, time::Duration};

use builder::{PdfBuilder, text_at};
use proviso_core::PdfRect;
use proviso_pdf::{
    Limits, PdfErrorKind, PdfNote, PdfReading, annotate_in_process, read_in_process,
    worker::{Held, PdfReader},
};

fn reader(arguments: &[&str]) -> PdfReader {
    PdfReader::new(PathBuf::from(env!("CARGO_BIN_EXE_proviso-pdf-worker"))).with_arguments(arguments)
}

fn contract() -> Vec<u8> {
    PdfBuilder::default()
        .page(&text_at(100, 700, &["This Agreement"]))
        .page(&text_at(100, 700, &["ends here."]))
        .build()
}

fn read_failing(arguments: &[&str], limits: &Limits) -> Result<PdfReading, PdfErrorKind> {
    let read = reader(arguments).read("contract.pdf", &contract(), None, limits, &mut |_, _| {}, &|| false);
    read.map_err(|error| {
        assert!(error.to_string().starts_with("contract.pdf: "), "{error}");
        error.kind
    })
}

#[test]
fn the_child_reads_what_this_process_reads() {
    let mut progress = Vec::new();
    let limits = Limits::default();
    let child = reader(&[])
        .read(
            "contract.pdf",
            &contract(),
            None,
            &limits,
            &mut |done, total| progress.push((done, total)),
            &|| false,
        )
        .unwrap();
    let here = read_in_process("contract.pdf", contract(), None, &limits, &mut |_, _| {}).unwrap();
    assert_eq!(child, here);
    assert_eq!(progress, [(0, 2), (1, 2), (2, 2)]);
}

#[test]
fn typed_errors_come_back_from_the_child() {
    let error =
        reader(&[]).read("letter.txt", b"Dear Sirs", None, &Limits::default(), &mut |_, _| {}, &|| false);
    assert_eq!(error.unwrap_err().kind, PdfErrorKind::NotAPdf);
}

#[test]
fn a_child_that_hangs_is_killed_at_the_limit() {
    let limits = Limits { base_time: Duration::from_millis(200), ..Limits::default() };
    assert!(matches!(read_failing(&["hang"], &limits), Err(PdfErrorKind::TimedOut { seconds: 1.. })));
}

#[test]
fn a_reading_can_be_cancelled() {
    let cancelled = reader(&["hang"]).read(
        "contract.pdf",
        &contract(),
        None,
        &Limits::default(),
        &mut |_, _| {},
        &|| true,
    );
    assert_eq!(cancelled.unwrap_err().kind, PdfErrorKind::Cancelled);
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_that_takes_too_much_memory_is_reported() {
    let limits = Limits { memory_bytes: 64 << 20, ..Limits::default() };
    assert_eq!(read_failing(&["take-memory"], &limits), Err(PdfErrorKind::OutOfMemory { limit_mb: 64 }));
}

#[cfg(unix)]
#[test]
fn a_child_that_overflows_its_stack_is_reported_with_its_signal() {
    let Err(PdfErrorKind::WorkerFailed { signal, log, .. }) = read_failing(&["overflow"], &Limits::default())
    else {
        panic!("the child must die");
    };
    assert!(signal.is_some());
    assert!(log.contains("overflow"), "{log}");
}

#[test]
fn a_result_larger_than_allowed_is_refused() {
    let limits = Limits { output_bytes: 64, ..Limits::default() };
    assert_eq!(read_failing(&[], &limits).unwrap_err().code(), "too_large");
}

#[test]
fn a_program_that_cannot_be_started_is_an_io_error() {
    let read = PdfReader::new("/no/such/program".into()).read(
        "contract.pdf",
        &contract(),
        None,
        &Limits::default(),
        &mut |_, _| {},
        &|| false,
    );
    assert_eq!(read.unwrap_err().kind.code(), "io");
}

fn insurance(page: u32) -> Vec<PdfNote> {
    vec![PdfNote {
        page,
        rects: vec![PdfRect::from_corners(100.0, 700.0, 200.0, 710.0)],
        title: "Insurance".into(),
        contents: "Accepted".into(),
        colour: [1.0, 1.0, 0.0],
    }]
}

fn annotate_failing(arguments: &[&str], limits: &Limits, cancel: bool) -> Result<Vec<u8>, PdfErrorKind> {
    let copy = reader(arguments).annotate("contract.pdf", &contract(), insurance(1), limits, &|| cancel);
    copy.map_err(|error| error.kind)
}

#[test]
fn the_child_annotates_as_this_process_does() {
    let limits = Limits::default();
    let child = reader(&[]).annotate("contract.pdf", &contract(), insurance(2), &limits, &|| false).unwrap();
    let here = annotate_in_process("contract.pdf", &contract(), &insurance(2), &limits).unwrap();
    assert!(child == here && child.len() > contract().len());
    let error =
        reader(&[]).annotate("contract.pdf", &contract(), insurance(9), &limits, &|| false).unwrap_err();
    assert!(error.to_string().starts_with("contract.pdf: there is no page 9"), "{error}");
}

#[test]
fn annotating_keeps_to_the_limits_and_can_be_cancelled() {
    let short = Limits { base_time: Duration::from_millis(200), ..Limits::default() };
    assert!(matches!(
        annotate_failing(&["hang"], &short, false),
        Err(PdfErrorKind::TimedOut { seconds: 1.. })
    ));
    assert_eq!(annotate_failing(&["hang"], &Limits::default(), true), Err(PdfErrorKind::Cancelled));
    let small = Limits { output_bytes: 64, ..Limits::default() };
    assert_eq!(annotate_failing(&[], &small, false).unwrap_err().code(), "too_large");
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_that_was_taken_over_can_do_nothing_with_it() {
    let nothing = PdfErrorKind::Io("tried 6, could: ".into());
    assert_eq!(read_failing(&["reach-out"], &Limits::default()), Err(nothing.clone()));
    assert_eq!(annotate_failing(&["reach-out"], &Limits::default(), false), Err(nothing));
}

#[test]
fn the_child_tells_what_holds_it() {
    let confinement = reader(&[]).confinement().unwrap();
    if cfg!(target_os = "linux") {
        assert_eq!(confinement.calls, Held::Fully);
        // Landlock is switched off in some containers; seccomp alone refuses the same.
        assert!(confinement.files.holds() || format!("{:?}", confinement.files).contains("Landlock"));
    }
    let dead = PdfReader::new("/no/such/program".into()).confinement();
    assert_eq!(dead.unwrap_err().code(), "io");
}
