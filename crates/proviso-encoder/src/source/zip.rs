//! The directory of a ZIP archive whose entries are stored as they are, as `torch.save` writes it.
//!
//! Nothing is decompressed, so that no entry can be larger than the file.

use std::{collections::BTreeMap, ops::Range};

use super::file::SourceFile;
use crate::EncoderError;

/// The records of an archive: what they begin with, and their length without names and notes.
const END: (&[u8], usize) = (b"PK\x05\x06", 22);
const END_64: (&[u8], usize) = (b"PK\x06\x06", 56);
const LOCATOR_64: (&[u8], usize) = (b"PK\x06\x07", 20);
const IN_DIRECTORY: (&[u8], usize) = (b"PK\x01\x02", 46);
const BEFORE_DATA: (&[u8], usize) = (b"PK\x03\x04", 30);

/// Longest note that can follow the last record.
const LONGEST_NOTE: u64 = u16::MAX as u64;
/// Kind of the extra field with the 64-bit numbers of an entry.
const EXTRA_64: u64 = 1;

/// Where the content of each entry lies in the file, in bytes.
///
/// # Errors
/// If the file is no archive or is cut off, or an entry is compressed, encrypted, named twice, overlaps another one or lies
/// outside of the file.
pub(super) fn entries(file: &SourceFile) -> Result<BTreeMap<String, Range<u64>>, EncoderError> {
    let directory = Directory::find(file)?;
    let bytes = file.header("directory", directory.first, directory.len)?;
    let mut rest = &bytes[..];
    let mut entries = BTreeMap::new();
    let mut taken = Vec::new();
    while !rest.is_empty() {
        let (entry, more) = Entry::read(rest)
            .ok_or_else(|| file.malformed("the directory of its archive is damaged; fetch it again"))?;
        rest = more;
        let range = entry.range(file, directory.first)?;
        taken.push(entry.first..range.end);
        if entries.insert(entry.name.to_owned(), range).is_some() {
            return Err(file.malformed(format!("its archive has two entries `{}`", entry.name)));
        }
    }
    if entries.len() as u64 != directory.entries {
        let reason = format!("its archive lists {} entries of {}", entries.len(), directory.entries);
        return Err(file.malformed(reason));
    }
    taken.sort_by_key(|range| range.start);
    if taken.windows(2).any(|pair| pair[1].start < pair[0].end) {
        return Err(file.malformed("entries of its archive overlap"));
    }
    Ok(entries)
}

/// Where the list of entries is.
struct Directory {
    first: u64,
    len: u64,
    entries: u64,
}

impl Directory {
    fn find(file: &SourceFile) -> Result<Self, EncoderError> {
        let tail_len = file.len().min(LONGEST_NOTE + (END.1 + LOCATOR_64.1) as u64);
        let tail_first = file.len() - tail_len;
        let tail = file.header("end", tail_first, tail_len)?;
        let end = (0..tail.len().saturating_sub(END.1 - 1)).rev().find(|at| {
            let note = number(&tail, at + 20, 2).map(|len| len as usize);
            tail[*at..].starts_with(END.0) && note == Some(tail.len() - at - END.1)
        });
        let Some(end) = end else {
            return Err(file.malformed("the end of its archive is missing: it is cut off; fetch it again"));
        };
        let locator = end.checked_sub(LOCATOR_64.1).filter(|at| tail[*at..].starts_with(LOCATOR_64.0));
        let (directory, end) = match locator.and_then(|at| number(&tail, at + 8, 8)) {
            Some(at) => {
                let record = file.header("archive's end", at, END_64.1 as u64)?;
                (Self::read(&record, END_64.0, [(32, 8), (40, 8), (48, 8)]), at)
            }
            None => (Self::read(&tail[end..], END.0, [(10, 2), (12, 4), (16, 4)]), tail_first + end as u64),
        };
        directory
            .filter(|found| found.first.checked_add(found.len).is_some_and(|last| last <= end))
            .ok_or_else(|| file.malformed("the end of its archive is damaged; fetch it again"))
    }

    /// Reads a record that has the number of entries, and the length and place of their list, in these fields.
    fn read(record: &[u8], signature: &[u8], [entries, len, first]: [(usize, usize); 3]) -> Option<Self> {
        let field = |(at, len)| number(record, at, len);
        let directory = Self { entries: field(entries)?, len: field(len)?, first: field(first)? };
        record.starts_with(signature).then_some(directory)
    }
}

/// What the directory says of an entry.
struct Entry<'d> {
    name: &'d str,
    is_encrypted: bool,
    is_compressed: bool,
    len: u64,
    /// Place of the record before its content.
    first: u64,
}

impl<'d> Entry<'d> {
    /// Reads an entry; what follows comes with it. Nothing if it is cut off or none.
    fn read(bytes: &'d [u8]) -> Option<(Self, &'d [u8])> {
        let field = |at, len| number(bytes, at, len);
        let [name_len, extra_len, note_len] = [field(28, 2)?, field(30, 2)?, field(32, 2)?];
        let (name, rest) = bytes.get(IN_DIRECTORY.1..)?.split_at_checked(name_len as usize)?;
        let (extra, rest) = rest.split_at_checked(extra_len as usize)?;
        let (_, rest) = rest.split_at_checked(note_len as usize)?;

        let mut extra = numbers_64(extra);
        // A number that does not fit is in the extra field instead, in this order.
        let mut long = |short: u64| {
            if short != u64::from(u32::MAX) {
                return Some(short);
            }
            let long = number(extra, 0, 8)?;
            extra = &extra[8..];
            Some(long)
        };
        let len = long(field(24, 4)?)?;
        let compressed_len = long(field(20, 4)?)?;
        let first = long(field(42, 4)?)?;
        let entry = Self {
            name: str::from_utf8(name).ok()?,
            is_encrypted: field(8, 2)? & 1 != 0,
            is_compressed: field(10, 2)? != 0 || compressed_len != len,
            len,
            first,
        };
        bytes.starts_with(IN_DIRECTORY.0).then_some((entry, rest))
    }

    /// Where the content lies: before the directory, which begins at `end`.
    fn range(&self, file: &SourceFile, end: u64) -> Result<Range<u64>, EncoderError> {
        let malformed = |reason| file.malformed(format!("the entry `{}` of its archive {reason}", self.name));
        if self.is_encrypted {
            return Err(malformed("is encrypted"));
        }
        if self.is_compressed {
            return Err(malformed(
                "is compressed, which PyTorch never does; save the model again with PyTorch",
            ));
        }
        let outside = || malformed("lies outside of the file");
        let content = self.first.checked_add(BEFORE_DATA.1 as u64).filter(|content| *content <= end);
        content.ok_or_else(outside)?;
        let record = file.header("record of an entry", self.first, BEFORE_DATA.1 as u64)?;
        let names = number(&record, 26, 2).zip(number(&record, 28, 2));
        let (Some((name_len, extra_len)), true) = (names, record.starts_with(BEFORE_DATA.0)) else {
            return Err(malformed("does not begin where the directory says"));
        };
        let content = self.first + BEFORE_DATA.1 as u64 + name_len + extra_len;
        let last = content.checked_add(self.len).filter(|last| *last <= end).ok_or_else(outside)?;
        Ok(content..last)
    }
}

/// The extra field with 64-bit numbers among the extra fields of an entry; empty if there is none.
fn numbers_64(mut extra: &[u8]) -> &[u8] {
    while let Some((kind, len)) = number(extra, 0, 2).zip(number(extra, 2, 2)) {
        let Some((field, rest)) = extra[4..].split_at_checked(len as usize) else { break };
        if kind == EXTRA_64 {
            return field;
        }
        extra = rest;
    }
    &[]
}

/// The little-endian number of `len` bytes at that place, at most 8; nothing if the bytes end before.
fn number(bytes: &[u8], at: usize, len: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.get(..len)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
