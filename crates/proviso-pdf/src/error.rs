//! Why a PDF could not be read at all.

use serde::{Deserialize, Serialize};

/// A file that gives no document. Each message names the file by the label that the caller gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{label}: {kind}")]
pub struct PdfError {
    /// The file as the caller named it.
    pub label: String,
    /// What is wrong; this is what the application matches on.
    pub kind: PdfErrorKind,
}

/// The ways in which a file can refuse to become a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PdfErrorKind {
    /// The file is encrypted and no password was given.
    #[error("the file is protected by a password")]
    PasswordRequired,
    /// The file is encrypted and the password given does not open it.
    #[error("the password does not open the file")]
    WrongPassword,
    /// The file is encrypted in a way that cannot be undone here, such as with a certificate.
    #[error("the file is encrypted in a way that is not supported")]
    UnsupportedEncryption,
    /// The bytes are no PDF.
    #[error("this is not a PDF file")]
    NotAPdf,
    /// It is a PDF, but so damaged that not even one page could be found.
    #[error("the file is damaged and no page of it can be found")]
    Damaged,
    /// The file is encrypted, so nothing can be added to it.
    #[error(
        "the file is encrypted, and no marks can be added to an encrypted file: save it without a password in the \
         program that you read PDFs with, and open that copy here"
    )]
    EncryptedOriginal,
    /// The file can be read, but is too damaged for anything to be added to it.
    #[error(
        "the file is damaged, and no marks can be added to a damaged file: save it under another name in the program \
         that you read PDFs with, and open that copy here"
    )]
    DamagedOriginal,
    /// A note is to be put on a page that the file does not have.
    #[error(
        "there is no page {page} to mark: the file has {pages}. Read the file again, it may have changed"
    )]
    NoSuchPage {
        /// The page, from 1.
        page: u32,
        /// Pages of the file.
        pages: u32,
    },
    /// The file, or what was read from it, is larger than allowed.
    #[error("{what} is larger than the allowed {limit_mb} MB")]
    TooLarge {
        /// The file or its text.
        what: String,
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// Reading took longer than allowed and was stopped.
    #[error("reading was stopped after {seconds} s")]
    TimedOut {
        /// Seconds after which it was stopped.
        seconds: u64,
    },
    /// Reading needed more memory than allowed and was stopped.
    #[error("reading needed more than the allowed {limit_mb} MB of memory")]
    OutOfMemory {
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// The caller asked to stop.
    #[error("reading was cancelled")]
    Cancelled,
    /// The process that reads the file died; the program itself goes on.
    #[error("the reading process failed ({})", describe_end(*.signal, *.code, .log))]
    WorkerFailed {
        /// The signal that ended it, where there was one.
        signal: Option<i32>,
        /// Its exit code, where it ended by itself.
        code: Option<i32>,
        /// The end of what it wrote to standard error, for the log.
        log: String,
    },
    /// The reading process could not be started or spoken to.
    #[error("the reading process could not be used: {0}")]
    Io(String),
}

/// The most letters that are told of what a process said before it died.
const LAST_WORDS: usize = 160;

impl PdfErrorKind {
    /// The error about the file that the caller calls `label`.
    pub fn of(self, label: &str) -> PdfError {
        PdfError { label: label.to_owned(), kind: self }
    }

    /// A short stable name, for logs and for the interface.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PasswordRequired => "password_required",
            Self::WrongPassword => "wrong_password",
            Self::UnsupportedEncryption => "unsupported_encryption",
            Self::NotAPdf => "not_a_pdf",
            Self::Damaged => "damaged",
            Self::EncryptedOriginal => "encrypted_original",
            Self::DamagedOriginal => "damaged_original",
            Self::NoSuchPage { .. } => "no_such_page",
            Self::TooLarge { .. } => "too_large",
            Self::TimedOut { .. } => "timed_out",
            Self::OutOfMemory { .. } => "out_of_memory",
            Self::Cancelled => "cancelled",
            Self::WorkerFailed { .. } => "worker_failed",
            Self::Io(_) => "io",
        }
    }
}

/// How the process ended, with the last that it said: without that nobody who is told of it could find the reason.
fn describe_end(signal: Option<i32>, code: Option<i32>, log: &str) -> String {
    let end = match (signal, code) {
        (Some(signal), _) => format!("killed by signal {signal}"),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "it gave no result".into(),
    };
    match log.lines().map(str::trim).rfind(|line| !line.is_empty()) {
        Some(line) => format!("{end}: {}", line.chars().take(LAST_WORDS).collect::<String>()),
        None => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_died_is_told_of_with_its_last_words() {
        let failed = |log: &str| {
            let kind = PdfErrorKind::WorkerFailed { signal: Some(6), code: None, log: log.into() };
            kind.of("a.pdf").to_string()
        };
        assert_eq!(failed(""), "a.pdf: the reading process failed (killed by signal 6)");
        let told = failed("at first\nFatal glibc error: rseq registration failed\n\n");
        assert!(
            told.ends_with("(killed by signal 6: Fatal glibc error: rseq registration failed)"),
            "{told}"
        );
        assert!(failed(&"x".repeat(5_000)).len() < 300);
    }
}
