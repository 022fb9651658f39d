//! The child's side.

use std::{
    io::{self, Write},
    process::ExitCode,
    thread,
};

use super::{
    ARGUMENT, confine,
    messages::{Parts, Reply, Request, receive, receive_bytes, send},
};
use crate::{
    error::PdfError,
    limits::Limits,
    reading::{PdfReading, read_in_process},
};

/// How the child reads a file: the signature of [`read_in_process`].
pub type ReadFile =
    fn(&str, Vec<u8>, Option<&str>, &Limits, &mut dyn FnMut(u32, u32)) -> Result<PdfReading, PdfError>;

/// Where the program was started as the reading process, reads the file on standard input and ends the process;
/// otherwise returns at once. To be called before anything else in `main`.
pub fn run_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        let code = run_with(read_in_process);
        std::process::exit(if code == ExitCode::SUCCESS { 0 } else { 1 });
    }
}

/// Serves one request on standard input with a way of reading of one's own; tests use it to fail on purpose.
pub fn run_with(read: ReadFile) -> ExitCode {
    match serve(read) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard output belongs to the protocol; the parent keeps what comes here for its log.
            let _ = writeln!(io::stderr(), "the reading process stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(read: ReadFile) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let request: Request = receive(&mut input, 1 << 20)?;
    let bytes = receive_bytes(&mut input, request.limits.file_bytes)?;
    confine::limit_memory(request.limits.memory_bytes + bytes.len() as u64);
    let parse = thread::Builder::new()
        .stack_size(confine::STACK_BYTES)
        .spawn(move || read_and_reply(read, bytes, &request))?;
    parse.join().unwrap_or_else(|_| Err(io::Error::other("reading panicked outside of a page")))
}

fn read_and_reply(read: ReadFile, bytes: Vec<u8>, request: &Request) -> io::Result<()> {
    let mut output = io::stdout().lock();
    let mut sent = Ok(());
    let mut on_progress = |done, total| {
        if sent.is_ok() {
            sent = send(&mut output, &Reply::Progress { done, total });
        }
    };
    let result = read("", bytes, request.password.as_deref(), &request.limits, &mut on_progress);
    sent?;
    send(&mut output, &reply(result))
}

fn reply(result: Result<PdfReading, PdfError>) -> Reply {
    match result {
        Ok(reading) => Reply::Read(Box::new(Parts::from(reading))),
        Err(error) => Reply::Failed(error.kind),
    }
}
