//! The parent's side.

use std::{
    io::{self, Read},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use proviso_confine::reader::Confinement;

use super::{
    ARGUMENT,
    messages::{Reply, Request, Task, receive, send, send_bytes},
};
use crate::{
    annotate::PdfNote,
    clock,
    error::{PdfError, PdfErrorKind},
    limits::Limits,
    reading::PdfReading,
};

/// How often the clock and the caller's wish to cancel are looked at.
const TICK: Duration = Duration::from_millis(20);
/// How much of the child's standard error is kept.
const LOG_BYTES: usize = 16 << 10;

/// Reads files in child processes; one child a file.
#[derive(Debug, Clone)]
pub struct PdfReader {
    worker: PathBuf,
    arguments: Vec<String>,
}

impl PdfReader {
    /// A reader that starts `worker_program`, usually [`std::env::current_exe`], with [`ARGUMENT`].
    pub fn new(worker_program: PathBuf) -> Self {
        Self { worker: worker_program, arguments: vec![ARGUMENT.into()] }
    }

    /// The same with further arguments after [`ARGUMENT`].
    #[must_use]
    pub fn with_arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|&argument| argument.into()));
        self
    }

    /// Reads one file. `label` names it in errors; `on_progress` hears of pages done and pages in all; `cancel` is
    /// asked often and stops the reading by answering yes.
    ///
    /// # Errors
    /// If the file gives no document, at a limit, when cancelled, and when the child dies.
    pub fn read(
        &self,
        label: &str,
        bytes: &[u8],
        password: Option<&str>,
        limits: &Limits,
        on_progress: &mut dyn FnMut(u32, u32),
        cancel: &dyn Fn() -> bool,
    ) -> Result<PdfReading, PdfError> {
        let task = Task::Read { password: password.map(ToOwned::to_owned) };
        let reading = match self.ask(task, bytes, limits, on_progress, cancel) {
            Ok(Reply::Read(parts)) => parts.into_reading(),
            Ok(_) => Err(PdfErrorKind::Io("it answered another question".into())),
            Err(kind) => Err(kind),
        };
        reading.map_err(|kind| kind.of(label))
    }

    /// A copy of a file with notes on its pages and bookmarks to them, as
    /// [`annotate_in_process`](crate::annotate_in_process) makes it. `label` names the file in errors; `cancel` is
    /// asked often and stops the work by answering yes.
    ///
    /// # Errors
    /// If the file is encrypted or damaged, at a limit, when cancelled, and when the child dies.
    pub fn annotate(
        &self,
        label: &str,
        bytes: &[u8],
        notes: Vec<PdfNote>,
        limits: &Limits,
        cancel: &dyn Fn() -> bool,
    ) -> Result<Vec<u8>, PdfError> {
        let copy = match self.ask(Task::Annotate { notes }, bytes, limits, &mut |_, _| {}, cancel) {
            // The child sends only what is new, so the copy begins with the original whatever it does.
            Ok(Reply::Annotated(tail)) => Ok([bytes, &tail].concat()),
            Ok(_) => Err(PdfErrorKind::Io("it answered another question".into())),
            Err(kind) => Err(kind),
        };
        copy.map_err(|kind| kind.of(label))
    }

    /// What the system holds a reading process to, as one that is started for it finds.
    ///
    /// # Errors
    /// If the child cannot be started, or dies.
    pub fn confinement(&self) -> Result<Confinement, PdfErrorKind> {
        match self.ask(Task::Describe, &[], &Limits::default(), &mut |_, _| {}, &|| false)? {
            Reply::Confined(confinement) => Ok(confinement),
            _ => Err(PdfErrorKind::Io("it answered another question".into())),
        }
    }

    fn ask(
        &self,
        task: Task,
        bytes: &[u8],
        limits: &Limits,
        on_progress: &mut dyn FnMut(u32, u32),
        cancel: &dyn Fn() -> bool,
    ) -> Result<Reply, PdfErrorKind> {
        if bytes.len() as u64 > limits.file_bytes {
            let limit_mb = Limits::megabytes(limits.file_bytes);
            return Err(PdfErrorKind::TooLarge { what: "the file".into(), limit_mb });
        }
        let request = Request { task, limits: limits.clone() };
        let mut child = RunningChild(self.spawn().map_err(|error| PdfErrorKind::Io(error.to_string()))?);
        let (stdin, stdout, stderr) = (child.0.stdin.take(), child.0.stdout.take(), child.0.stderr.take());
        let (replies, inbox) = channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                // A child that dies early closes its end; what became of it shows elsewhere.
                if let Some(mut stdin) = stdin {
                    let _ = send(&mut stdin, &request).and_then(|()| send_bytes(&mut stdin, bytes));
                }
            });
            scope.spawn(move || forward_replies(stdout, limits.output_bytes, &replies));
            let log = scope.spawn(move || read_log(stderr));
            let ended = wait(&inbox, child.0.id(), limits, on_progress, cancel);
            let status = child.end(matches!(ended, Ended::Silent));
            let log = log.join().unwrap_or_default();
            match ended {
                Ended::Answered(reply) => Ok(reply),
                Ended::Failed(kind) => Err(kind),
                Ended::Silent => Err(describe_death(status, log, limits)),
            }
        })
    }

    fn spawn(&self) -> io::Result<Child> {
        Command::new(&self.worker)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

/// How listening to the child ended.
enum Ended {
    Answered(Reply),
    Failed(PdfErrorKind),
    /// It closed its output without a result.
    Silent,
}

/// A child that is killed when it is no longer listened to, whatever the reason.
struct RunningChild(Child);

impl RunningChild {
    /// Ends the child; one that is about to end by itself gets a moment for it, so that its status tells why.
    fn end(&mut self, by_itself: bool) -> Option<ExitStatus> {
        let patience = Instant::now() + Duration::from_secs(1);
        while by_itself && Instant::now() < patience {
            if let Ok(Some(status)) = self.0.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(2));
        }
        let _ = self.0.kill();
        self.0.wait().ok()
    }
}

impl Drop for RunningChild {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn forward_replies(stdout: Option<impl Read>, limit: u64, replies: &Sender<io::Result<Reply>>) {
    let Some(stdout) = stdout else { return };
    let mut stdout = io::BufReader::new(stdout);
    loop {
        let reply = receive(&mut stdout, limit);
        let is_last = !matches!(reply, Ok(Reply::Progress { .. }));
        if replies.send(reply).is_err() || is_last {
            return;
        }
    }
}

fn wait(
    inbox: &Receiver<io::Result<Reply>>,
    process: u32,
    limits: &Limits,
    on_progress: &mut dyn FnMut(u32, u32),
    cancel: &dyn Fn() -> bool,
) -> Ended {
    let started = Instant::now();
    let mut allowed = limits.time_for(0);
    loop {
        match inbox.recv_timeout(TICK) {
            Ok(Ok(Reply::Progress { done, total })) => {
                allowed = limits.time_for(total.min(limits.pages));
                on_progress(done, total);
            }
            Ok(Ok(Reply::Failed(kind))) => return Ended::Failed(kind),
            Ok(Ok(reply)) => return Ended::Answered(reply),
            Ok(Err(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                let limit_mb = Limits::megabytes(limits.output_bytes);
                return Ended::Failed(PdfErrorKind::TooLarge {
                    what: "what was read from the file".into(),
                    limit_mb,
                });
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Ended::Silent,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel() {
            return Ended::Failed(PdfErrorKind::Cancelled);
        }
        if clock::is_over(process, started, allowed) {
            return Ended::Failed(PdfErrorKind::TimedOut { seconds: started.elapsed().as_secs() });
        }
    }
}

/// Keeps the end of what the child writes to standard error.
fn read_log(stderr: Option<impl Read>) -> String {
    let Some(mut stderr) = stderr else { return String::new() };
    let mut kept: Vec<u8> = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stderr.read(&mut piece) {
        kept.extend(&piece[..count]);
        if kept.len() > 2 * LOG_BYTES {
            kept.drain(..kept.len() - LOG_BYTES);
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

fn describe_death(status: Option<ExitStatus>, log: String, limits: &Limits) -> PdfErrorKind {
    // This is how Rust's standard library reports an allocation that failed.
    if log.contains("memory allocation of") {
        return PdfErrorKind::OutOfMemory { limit_mb: Limits::megabytes(limits.memory_bytes) };
    }
    PdfErrorKind::WorkerFailed {
        signal: status.and_then(signal_of),
        code: status.and_then(|s| s.code()),
        log,
    }
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal_of(_status: ExitStatus) -> Option<i32> {
    None
}
