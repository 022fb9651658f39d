//! A contract opened: the file's bytes and what the PDF reader made of them.

use std::{fs, path::Path, sync::Arc};

use proviso_core::{Document, Sha256Hex, Warning};
use proviso_pdf::{Limits, worker::PdfReader};
use sha2::{Digest, Sha256};

use crate::AppError;

/// A file read from the disk, before its text is taken out.
#[derive(Debug, Clone)]
pub struct ContractFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Their SHA-256.
    pub sha256: Sha256Hex,
}

impl ContractFile {
    /// Reads the whole file.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub fn load(path: &Path) -> Result<Self, AppError> {
        let bytes = fs::read(path).map_err(|source| AppError::OpenFile { path: path.to_owned(), source })?;
        let sha256 = Sha256Hex::from_digest(&Sha256::digest(&bytes).into());
        Ok(Self { bytes: bytes.into(), sha256 })
    }
}

/// A contract whose text has been taken out.
#[derive(Debug, Clone)]
pub struct OpenedContract {
    /// The file it came from.
    pub file: ContractFile,
    /// Its text with a box for each character.
    pub document: Document,
    /// What could not be read fully.
    pub warnings: Vec<Warning>,
    /// Whether a password was needed.
    pub is_protected: bool,
}

impl OpenedContract {
    /// Takes the text out of a file, in a process of its own.
    ///
    /// # Errors
    /// If the file gives no document: encrypted, no PDF, too damaged, over the limits.
    pub fn open(
        path: &Path,
        file: ContractFile,
        reader: &PdfReader,
        password: Option<&str>,
        on_progress: &mut dyn FnMut(u32, u32),
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Self, AppError> {
        let label = path.display().to_string();
        let limits = Limits::default();
        let reading = reader.read(&label, &file.bytes, password, &limits, on_progress, is_cancelled)?;
        let is_protected = password.is_some();
        Ok(Self { file, document: reading.document, warnings: reading.warnings, is_protected })
    }
}
