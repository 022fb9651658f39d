//! Hostile files through the real reading process: whatever a file is like, the program that asks gets a document, warnings or
//! a typed error within the limits. What it counts is printed.
//!
//! A few damaged copies of the project's own contracts are read in every run, and files that once held a reading up (`held_up`).
//! `PROVISO_HOSTILE=FOLDER cargo test --workspace --test hostile -- --ignored --nocapture` reads all PDFs below a folder and damaged
//! copies of them: `PROVISO_HOSTILE_SEED` (1) begins the seeds, `PROVISO_HOSTILE_SECONDS` (600) is when it ends.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../builder/mod.rs"]
mod builder;
mod held_up;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use proviso_core::PdfRect;
use proviso_hostile::{Kind, damaged};
use proviso_pdf::{Limits, PdfErrorKind, PdfNote, worker::PdfReader};

/// What came of everything that was tried.
#[derive(Debug, Default)]
struct Tally {
    /// By outcome, of reading and of annotating.
    outcomes: BTreeMap<String, usize>,
    /// Files with a warning of each kind.
    warned: BTreeMap<String, usize>,
    /// Inputs whose reading process died or had to be stopped, with the reason.
    stopped: Vec<String>,
    slowest: (Duration, String),
    tried: usize,
}

impl Tally {
    fn note(&mut self, job: &str, name: &str, outcome: Result<&str, &PdfErrorKind>) {
        let said = match outcome {
            Ok(said) => said,
            Err(kind) => kind.code(),
        };
        *self.outcomes.entry(format!("{job}: {said}")).or_default() += 1;
        let Err(kind) = outcome else { return };
        if matches!(kind.code(), "worker_failed" | "timed_out" | "out_of_memory" | "io") {
            let log = if let PdfErrorKind::WorkerFailed { log, .. } = kind { log.trim() } else { "" };
            self.stopped.push(format!("{job} {name}: {kind} {log}"));
        }
    }

    /// Reads a file as the application does and, where it could be read, marks its first page.
    fn try_file(&mut self, reader: &PdfReader, name: &str, bytes: &[u8]) {
        let limits = Limits::default();
        let start = Instant::now();
        let read = reader.read(name, bytes, None, &limits, &mut |_, _| {}, &|| false);
        let taken = start.elapsed();
        self.tried += 1;
        if taken > self.slowest.0 {
            self.slowest = (taken, name.to_owned());
        }
        match read {
            Ok(reading) if reading.warnings.is_empty() => self.note("read", name, Ok("document")),
            Ok(reading) => {
                let kinds: BTreeSet<String> =
                    reading.warnings.iter().map(|warning| format!("{:?}", warning.kind)).collect();
                kinds.into_iter().for_each(|kind| *self.warned.entry(kind).or_default() += 1);
                self.note("read", name, Ok("document with warnings"));
            }
            Err(error) => return self.note("read", name, Err(&error.kind)),
        }
        let note = PdfNote {
            page: 1,
            rects: vec![PdfRect::from_corners(100.0, 700.0, 200.0, 710.0)],
            title: "Insurance".into(),
            contents: "Accepted".into(),
            colour: [1.0, 1.0, 0.0],
        };
        match reader.annotate(name, bytes, vec![note], &limits, &|| false) {
            Ok(copy) => {
                assert!(copy.starts_with(bytes), "{name}: the copy begins with the original");
                self.note("annotate", name, Ok("copy"));
            }
            Err(error) => self.note("annotate", name, Err(&error.kind)),
        }
    }

    fn print(&self) {
        println!("{} files and damaged copies", self.tried);
        for (outcome, count) in &self.outcomes {
            println!("{count:>8}  {outcome}");
        }
        for (kind, count) in &self.warned {
            println!("{count:>8}  warned of {kind}");
        }
        println!("slowest: {:.2} s, {}", self.slowest.0.as_secs_f64(), self.slowest.1);
        println!("stopped: {}\n{}", self.stopped.len(), self.stopped.join("\n"));
    }
}

fn reader() -> PdfReader {
    PdfReader::new(PathBuf::from(env!("CARGO_BIN_EXE_proviso-pdf-worker")))
}

/// PDFs below a folder, in the order of their paths.
fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn damaged_copies_of_our_contracts_end_in_something_that_can_be_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let reader = reader();
    let mut tally = Tally::default();
    let files = [pdfs(&root.join("tests/contracts")), pdfs(&root.join("ui/fixtures"))].concat();
    assert!(files.len() > 8);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        tally.try_file(&reader, &name_of(&path), &bytes);
        for seed in 1..=12 {
            tally.try_file(
                &reader,
                &format!("{}, seed {seed}", name_of(&path)),
                &damaged(Kind::Pdf, &bytes, seed),
            );
        }
    }
    tally.print();
    assert!(tally.stopped.is_empty(), "{:?}", tally.stopped);
    assert!(tally.outcomes.contains_key("read: document"));
}

#[test]
#[ignore = "reads a large folder of other people's files: PROVISO_HOSTILE names it"]
fn every_file_of_a_folder_and_damaged_copies_of_it() {
    let folder = std::env::var_os("PROVISO_HOSTILE").expect("PROVISO_HOSTILE names a folder of PDFs");
    let number = |name: &str, usual: u64| {
        std::env::var(name)
            .map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
    };
    let end = Instant::now() + Duration::from_secs(number("PROVISO_HOSTILE_SECONDS", 600));
    let files = pdfs(Path::new(&folder));
    let reader = reader();
    let mut tally = Tally::default();
    let mut seeds = number("PROVISO_HOSTILE_SEED", 1)..;
    for path in &files {
        tally.try_file(&reader, &name_of(path), &fs::read(path).unwrap());
    }
    println!("undamaged:");
    tally.print();
    'rounds: for seed in seeds.by_ref() {
        for path in &files {
            if Instant::now() > end {
                break 'rounds;
            }
            let name = format!("{}, seed {seed}", name_of(path));
            tally.try_file(&reader, &name, &damaged(Kind::Pdf, &fs::read(path).unwrap(), seed));
        }
    }
    println!("\nwith damaged copies:");
    tally.print();
    assert!(!files.is_empty());
}
