//! What parent and child say to each other.

use std::io::{self, Read, Write};

use proviso_confine::reader::Confinement;
use proviso_core::{CharBox, Document, Page, Warning};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{annotate::PdfNote, error::PdfErrorKind, limits::Limits, reading::PdfReading};

/// From the parent, followed by the file's bytes as a frame of their own.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    pub task: Task,
    pub limits: Limits,
}

/// What is to be done with the file.
#[derive(Debug, Serialize, Deserialize)]
pub enum Task {
    Read {
        password: Option<String>,
    },
    Annotate {
        notes: Vec<PdfNote>,
    },
    /// Nothing: only what holds the child is asked. The file is empty.
    Describe,
}

/// From the child.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Progress {
        done: u32,
        total: u32,
    },
    Read(Box<Parts>),
    /// What follows the file's bytes in the annotated copy.
    Annotated(Vec<u8>),
    Confined(Confinement),
    Failed(PdfErrorKind),
}

/// A reading in pieces: [`Document::new`] checks them again on the parent's side, which does not trust the child.
#[derive(Debug, Serialize, Deserialize)]
pub struct Parts {
    text: String,
    pages: Vec<Page>,
    boxes: Vec<CharBox>,
    warnings: Vec<Warning>,
}

impl From<PdfReading> for Parts {
    fn from(reading: PdfReading) -> Self {
        Self {
            text: reading.document.text().to_owned(),
            pages: reading.document.pages().to_vec(),
            boxes: reading.document.characters().map(|(_, b)| *b).collect(),
            warnings: reading.warnings,
        }
    }
}

impl Parts {
    pub fn into_reading(self) -> Result<PdfReading, PdfErrorKind> {
        let document = Document::new(self.text, self.pages, self.boxes)
            .map_err(|error| PdfErrorKind::Io(format!("it sent a broken result: {error}")))?;
        Ok(PdfReading { document, warnings: self.warnings })
    }
}

/// Writes a message with its length before it.
pub fn send<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    send_bytes(to, &bytes)
}

/// Writes bytes with their length before them.
pub fn send_bytes(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a message written by [`send`].
pub fn receive<T: DeserializeOwned>(from: &mut impl Read, limit: u64) -> io::Result<T> {
    postcard::from_bytes(&receive_bytes(from, limit)?).map_err(io::Error::other)
}

fn receive_bytes(from: &mut impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let length = receive_length(from, limit)?;
    receive_exactly(from, length)
}

/// Reads how many bytes follow that were written by [`send_bytes`]; more than `limit` are refused with
/// [`io::ErrorKind::FileTooLarge`].
pub fn receive_length(from: &mut impl Read, limit: u64) -> io::Result<u64> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(length) }
}

/// Reads so many bytes.
pub fn receive_exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
