//! The only place that writes to standard output and standard error.
#![allow(clippy::print_stderr, reason = "messages for the person at the terminal end here")]

use std::{
    io::{self, Write},
    path::Path,
};

/// Writes a result to a file, or to standard output where none is named.
pub fn deliver(bytes: &[u8], path: Option<&Path>) -> anyhow::Result<()> {
    match path {
        Some(path) => proviso_export::write_file(path, bytes)?,
        None => print(bytes)?,
    }
    Ok(())
}

/// Writes to standard output. A reader that went away, as `head` does, is no failure.
pub fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a line to standard error.
pub fn complain(line: &str) {
    eprintln!("{line}");
}
