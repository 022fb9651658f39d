//! Proviso as a person uses it, on the project's own contracts: the command line, and what stands behind the window.
//!
//! - `program`: runs `proviso`, and reads what it printed.
//! - `findings`: every contract of `tests/contracts` is read once; what was found, where, and how much of what stands in them.
//! - `formats`: CSV, CUAD's CSV, XLSX and JSON say the same.
//! - `bad_input`: files, models and wishes that cannot be served, each with its message and exit code.
//! - `models`: `models list|verify`, and `eval`.
//! - `import`: `models import|remove`, in a data folder of the test's own.
//! - `questions`: Hugging Face folders imported, gone on with after an interruption, refused, and asked.
//! - `bench`: `bench`, whatever the speed.
//! - `plan`: `plan` for this and for other computers, and `bench --calibrate-plan`, which it follows.
//! - `kill`, `kill_queue`: a process killed at random moments, and what is left of its work.
//! - `verify`: receipts that hold, and receipts and contracts that were changed.
//! - `workbench`: what the window does, without the window.
//! - `queue`: contracts read one after another, cut off, and gone on with.
//! - `queue_load`: a folder of thousands of contracts, where `PROVISO_QUEUE` names it: memory, pace, answers meanwhile.
//! - `privacy`: the program watched while it reads: no connection, nothing but pipes for the process that parses, no changed model.
//! - `cuad`: CUAD's own PDFs and texts, where `PROVISO_CUAD` names their folder.
#![allow(missing_docs, clippy::unwrap_used)]

mod bad_input;
mod bench;
mod cuad;
mod findings;
mod formats;
#[cfg(target_os = "linux")]
mod import;
#[cfg(unix)]
mod kill;
#[cfg(unix)]
mod kill_queue;
mod models;
#[cfg(target_os = "linux")]
mod person;
mod plan;
#[cfg(target_os = "linux")]
mod privacy;
mod program;
#[cfg(target_os = "linux")]
mod questions;
mod queue;
#[cfg(target_os = "linux")]
mod queue_load;
mod review;
mod verify;
mod workbench;
