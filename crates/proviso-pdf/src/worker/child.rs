//! The child's side.

use std::{
    io::{self, Write},
    process::ExitCode,
    thread,
};

use proviso_confine::reader::{Confinement, give_up_calls, give_up_files, limit_memory};

use super::{
    ARGUMENT,
    messages::{Parts, Reply, Request, Task, receive, receive_exactly, receive_length, send},
};
use crate::{
    annotate::{PdfNote, annotation_tail},
    error::{PdfError, PdfErrorKind},
    limits::Limits,
    reading::{PdfReading, read_in_process},
};

/// The most that the parent says before the file: notes repeat the text of clauses.
const REQUEST_BYTES: u64 = 64 << 20;
/// Bytes of stack for the thread that parses: nested content must not end in a crash.
const STACK_BYTES: usize = 64 << 20;
/// Bytes of memory that a process has before it reads anything.
const OWN_BYTES: u64 = 16 << 20;

/// How the child reads a file: the signature of [`read_in_process`].
pub type ReadFile =
    fn(&str, Vec<u8>, Option<&str>, &Limits, &mut dyn FnMut(u32, u32)) -> Result<PdfReading, PdfError>;

/// How the child makes what follows a file in its annotated copy.
type AnnotateFile =
    fn(Vec<u8>, &[PdfNote], &Limits, &mut dyn FnMut(u32, u32)) -> Result<Vec<u8>, PdfErrorKind>;

/// What the child can do.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Reads a file.
    pub read: ReadFile,
    /// Marks what was found in it.
    pub annotate: AnnotateFile,
}

impl Default for Work {
    fn default() -> Self {
        Self { read: read_in_process, annotate: annotation_tail }
    }
}

/// Where the program was started as the reading process, reads the file on standard input and ends the process;
/// otherwise returns at once. To be called before anything else in `main`.
pub fn run_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        let code = run_with(Work::default());
        std::process::exit(if code == ExitCode::SUCCESS { 0 } else { 1 });
    }
}

/// Serves one request on standard input with a way of working of one's own; tests use it to fail on purpose.
pub fn run_with(work: Work) -> ExitCode {
    match serve(work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard output belongs to the protocol; the parent keeps what comes here for its log.
            let _ = writeln!(io::stderr(), "the reading process stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Hears from the parent what is to be done, gives up everything that it does not take, and only then looks at the file.
fn serve(work: Work) -> io::Result<()> {
    let request: Request = receive(&mut io::stdin().lock(), REQUEST_BYTES)?;
    let files = give_up_files(request.limits.time_for(request.limits.pages));
    let parse = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let mut input = io::stdin().lock();
        let length = receive_length(&mut input, request.limits.file_bytes)?;
        limit_memory(request.limits.memory_bytes + length + STACK_BYTES as u64 + OWN_BYTES);
        let confinement = Confinement { files, calls: give_up_calls() };
        let bytes = receive_exactly(&mut input, length)?;
        work_and_reply(work, bytes, &request, confinement)
    })?;
    parse.join().unwrap_or_else(|_| Err(io::Error::other("reading panicked outside of a page")))
}

fn work_and_reply(work: Work, bytes: Vec<u8>, request: &Request, confinement: Confinement) -> io::Result<()> {
    let mut output = io::stdout().lock();
    let mut sent = Ok(());
    let mut on_progress = |done, total| {
        if sent.is_ok() {
            sent = send(&mut output, &Reply::Progress { done, total });
        }
    };
    let limits = &request.limits;
    let reply = match &request.task {
        Task::Read { password } => {
            let read = (work.read)("", bytes, password.as_deref(), limits, &mut on_progress);
            read.map(|reading| Reply::Read(Box::new(Parts::from(reading)))).map_err(|error| error.kind)
        }
        Task::Annotate { notes } => {
            (work.annotate)(bytes, notes, limits, &mut on_progress).map(Reply::Annotated)
        }
        Task::Describe => Ok(Reply::Confined(confinement)),
    };
    sent?;
    send(&mut output, &reply.unwrap_or_else(Reply::Failed))
}
