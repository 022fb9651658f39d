//! A file copied and its hash checked on the way, however large it is.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
};

use proviso_core::Sha256Hex;
use proviso_encoder::EncoderError;
use sha2::{Digest, Sha256};

use super::LibraryError;
use crate::AppError;

/// Bytes that are read at once.
const PIECE: usize = 1 << 20;

/// Copies a file of a model, and sees that it is on the disk. `on_piece` hears of the bytes of each piece and may end
/// the copying with an error.
///
/// # Errors
/// If a file cannot be read or written, or is not the one with the hash `expected`.
pub(super) fn copy_verified(
    from: &Path,
    to: &Path,
    expected: &Sha256Hex,
    on_piece: &mut dyn FnMut(u64) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let unreadable = |source| EncoderError::Read { path: from.to_owned(), source };
    let mut source = File::open(from).map_err(unreadable)?;
    let mut copy = File::create_new(to).map_err(LibraryError::writing(to))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; PIECE];
    loop {
        let count = source.read(&mut buffer).map_err(unreadable)?;
        let piece = &buffer[..count];
        if piece.is_empty() {
            break;
        }
        hasher.update(piece);
        copy.write_all(piece).map_err(LibraryError::writing(to))?;
        on_piece(count as u64)?;
    }
    copy.sync_all().map_err(LibraryError::writing(to))?;
    let found = Sha256Hex::from_digest(&hasher.finalize().into());
    if found == *expected {
        return Ok(());
    }
    let (expected, found) = (expected.to_string(), found.to_string());
    Err(EncoderError::HashMismatch { path: from.to_owned(), expected, found }.into())
}

/// Writes a small file, and sees that it is on the disk.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), LibraryError> {
    let mut file = File::create_new(path).map_err(LibraryError::writing(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(LibraryError::writing(path))
}
