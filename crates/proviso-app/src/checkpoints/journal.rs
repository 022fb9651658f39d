//! A file of the logits of passes that were made, to which each pass is added when it is done.
//!
//! The file begins with [`MAGIC`] and the hash of what it belongs to. A record is the pass's key (16 bytes), the number of rows
//! and of logits in a row, the logits as little-endian f32, and the first 8 bytes of the SHA-256 of all that. Numbers have 4
//! bytes, little-endian. What is not whole at the end, as after a power cut, is dropped when the file is opened.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

use proviso_encoder::{Logits, Pass};
use sha2::{Digest, Sha256};

use crate::lock::lock;

const MAGIC: &[u8; 16] = b"proviso passes 1";
/// Magic and the hash of what the file belongs to.
const HEAD: u64 = 16 + 32;
/// Key, rows, logits in a row.
const RECORD_HEAD: usize = 16 + 4 + 4;
const CHECK: usize = 8;
/// Bytes of a file from which on no pass is added: some 2,000 windows of the bundled model, a contract of 400 pages. Passes
/// beyond are made again after a crash.
const MOST_BYTES: u64 = 256 << 20;
/// A power cut costs at most what was read in this time. A crash of the program alone costs nothing.
const BETWEEN_SYNCS: Duration = Duration::from_secs(10);

/// What makes two passes the same: the model, and every token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PassKey([u8; 16]);

impl PassKey {
    /// `model` tells the model from others whose logits differ.
    pub fn of(model: &str, pass: Pass<'_>) -> Self {
        let mut hasher = Sha256::new();
        // Lengths first, so that what belongs to one cannot be taken for the other's.
        for length in [model.len(), pass.question.len(), pass.window.len()] {
            hasher.update((length as u64).to_le_bytes());
        }
        hasher.update(model);
        for id in pass.question.iter().chain(pass.window) {
            hasher.update(id.to_le_bytes());
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize()[..16]);
        Self(key)
    }
}

/// The passes of one contract in one setting that were made.
pub(crate) struct PassJournal {
    path: PathBuf,
    inner: Mutex<Inner>,
}

struct Inner {
    file: File,
    /// Where the record of a pass begins.
    known: HashMap<PassKey, u64>,
    /// Where the next record goes.
    end: u64,
    synced: Instant,
    replayed: usize,
}

impl PassJournal {
    /// Opens the file, or makes it. One that belongs to something else than `owner`, or is none, is begun anew.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn open(path: &Path, owner: &str) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let owner: [u8; 32] = Sha256::digest(owner).into();
        let (known, end) = match scan(&file, &owner)? {
            Some(found) => found,
            None => {
                file.set_len(0)?;
                file.seek(SeekFrom::Start(0))?;
                file.write_all(&[&MAGIC[..], &owner].concat())?;
                (HashMap::new(), HEAD)
            }
        };
        file.set_len(end)?;
        let inner = Inner { file, known, end, synced: Instant::now(), replayed: 0 };
        Ok(Self { path: path.to_owned(), inner: Mutex::new(inner) })
    }

    /// Whether a pass was made.
    pub fn knows(&self, key: PassKey) -> bool {
        lock(&self.inner).known.contains_key(&key)
    }

    /// The logits of a pass that was made; `None` where it was not, or its record was damaged meanwhile.
    pub fn logits(&self, key: PassKey) -> Option<Logits> {
        let mut inner = lock(&self.inner);
        let at = *inner.known.get(&key)?;
        let mut file = &inner.file;
        file.seek(SeekFrom::Start(at)).ok()?;
        let (_, logits) = record(&mut BufReader::new(file)).ok()??;
        inner.replayed += 1;
        Some(logits)
    }

    /// Keeps the logits of a pass. One that cannot be kept is made again after a crash; that is no reason to stop the reading.
    pub fn add(&self, key: PassKey, logits: &Logits) {
        let mut inner = lock(&self.inner);
        if inner.end >= MOST_BYTES || inner.known.contains_key(&key) {
            return;
        }
        let bytes = encoded(key, logits);
        let at = inner.end;
        let mut file = &inner.file;
        if file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(&bytes)).is_err() {
            // What was half written is written over next, or dropped when the file is opened.
            return;
        }
        if inner.synced.elapsed() >= BETWEEN_SYNCS {
            let _ = inner.file.sync_data();
            inner.synced = Instant::now();
        }
        inner.end = at + bytes.len() as u64;
        inner.known.insert(key, at);
    }

    /// Passes whose logits were taken from here since it was opened.
    pub fn replayed(&self) -> usize {
        lock(&self.inner).replayed
    }

    /// Takes the file away: the reading is kept, or not wanted any more.
    pub fn remove(self) {
        // One that stays is taken away when there are too many of them.
        let _ = fs::remove_file(&self.path);
    }
}

/// Where records begin, and where the last whole one ends; `None` for a file of something else.
fn scan(file: &File, owner: &[u8; 32]) -> io::Result<Option<(HashMap<PassKey, u64>, u64)>> {
    let mut reader = BufReader::new(file);
    let mut head = [0; HEAD as usize];
    if let Err(error) = reader.read_exact(&mut head) {
        return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
    }
    if head[..16] != MAGIC[..] || head[16..] != owner[..] {
        return Ok(None);
    }
    let (mut known, mut end) = (HashMap::new(), HEAD);
    while let Some((key, logits)) = record(&mut reader)? {
        known.insert(key, end);
        end += (RECORD_HEAD + 4 * logits.values().len() + CHECK) as u64;
    }
    Ok(Some((known, end)))
}

/// The next record; `None` at the end, and where it is not whole.
fn record(reader: &mut impl Read) -> io::Result<Option<(PassKey, Logits)>> {
    let mut head = [0; RECORD_HEAD];
    if !fill(reader, &mut head)? {
        return Ok(None);
    }
    let number =
        |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
    let (rows, outputs) = (number(16), number(20));
    let Some(count) =
        rows.checked_mul(outputs).filter(|count| (1..=(MOST_BYTES / 4) as usize).contains(count))
    else {
        return Ok(None);
    };
    // The file grows the buffer: a damaged head may speak of far more than there is.
    let length = 4 * count + CHECK;
    let mut rest = Vec::new();
    reader.take(length as u64).read_to_end(&mut rest)?;
    if rest.len() < length {
        return Ok(None);
    }
    let (body, check) = rest.split_at(4 * count);
    if checksum(&head, body) != check {
        return Ok(None);
    }
    let values =
        body.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    let mut key = [0; 16];
    key.copy_from_slice(&head[..16]);
    Ok(Some((PassKey(key), Logits::new(outputs, values.collect()))))
}

/// Whether there was enough to fill the buffer.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn encoded(key: PassKey, logits: &Logits) -> Vec<u8> {
    let values = logits.values();
    let mut bytes = Vec::with_capacity(RECORD_HEAD + 4 * values.len() + CHECK);
    bytes.extend_from_slice(&key.0);
    let rows = logits.rows();
    let outputs = values.len().checked_div(rows).unwrap_or(0);
    for number in [rows, outputs] {
        bytes.extend_from_slice(&(number as u32).to_le_bytes());
    }
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    let check = checksum(&bytes, &[]);
    bytes.extend_from_slice(&check);
    bytes
}

fn checksum(head: &[u8], body: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::new().chain_update(head).chain_update(body).finalize();
    let mut check = [0; CHECK];
    check.copy_from_slice(&digest[..CHECK]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(token: u32) -> PassKey {
        PassKey::of("model", Pass { question: &[], window: &[token] })
    }

    fn logits(token: u32) -> Logits {
        Logits::new(3, vec![token as f32, 0.1, -1e-30, f32::MIN, f32::EPSILON, -0.0])
    }

    fn open(folder: &tempfile::TempDir) -> PassJournal {
        PassJournal::open(&folder.path().join("a"), "contract in a setting").unwrap()
    }

    fn known(journal: &PassJournal, tokens: u32) -> Vec<u32> {
        (0..tokens).filter(|token| journal.logits(key(*token)).is_some()).collect()
    }

    #[test]
    fn logits_come_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        let journal = open(&folder);
        (0..3).for_each(|token| journal.add(key(token), &logits(token)));
        drop(journal);
        let journal = open(&folder);
        let bits = |logits: Logits| logits.values().iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        for token in 0..3 {
            assert_eq!(journal.logits(key(token)).map(bits), Some(bits(logits(token))));
        }
        assert!(journal.logits(key(3)).is_none());
        assert_eq!(journal.replayed(), 3);
        journal.remove();
        assert!(!folder.path().join("a").exists());
    }

    #[test]
    fn a_torn_tail_is_dropped_wherever_it_was_torn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let journal = open(&folder);
        (0..2).for_each(|token| journal.add(key(token), &logits(token)));
        drop(journal);
        let whole = fs::read(&path).unwrap();
        let length = encoded(key(0), &logits(0)).len();
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let journal = open(&folder);
            let expected = cut.saturating_sub(HEAD as usize) / length;
            assert_eq!(known(&journal, 2).len(), expected, "cut at {cut}");
            journal.add(key(9), &logits(9));
            drop(journal);
            assert!(open(&folder).knows(key(9)), "it goes on after a cut at {cut}");
        }
    }

    #[test]
    fn a_record_that_was_changed_is_no_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let journal = open(&folder);
        (0..3).for_each(|token| journal.add(key(token), &logits(token)));
        drop(journal);
        let whole = fs::read(&path).unwrap();
        let length = encoded(key(0), &logits(0)).len();
        for at in 0..length {
            let mut changed = whole.clone();
            changed[HEAD as usize + length + at] ^= 0x10;
            fs::write(&path, &changed).unwrap();
            assert_eq!(known(&open(&folder), 3), [0], "byte {at}");
        }
        // Changed while it is open, it is found out when it is wanted.
        fs::write(&path, &whole).unwrap();
        let journal = open(&folder);
        let mut changed = whole;
        changed[HEAD as usize + length + 30] ^= 1;
        fs::write(&path, &changed).unwrap();
        assert_eq!(known(&journal, 3), [0, 2]);
    }

    #[test]
    fn what_belongs_to_something_else_is_never_used() {
        let folder = tempfile::tempdir().unwrap();
        open(&folder).add(key(0), &logits(0));
        let path = folder.path().join("a");
        let other = PassJournal::open(&path, "contract in another setting").unwrap();
        assert!(!other.knows(key(0)));
        drop(other);
        assert!(!open(&folder).knows(key(0)), "the other one has begun the file anew");
        let of =
            |model: &str, question: &[u32], window: &[u32]| PassKey::of(model, Pass { question, window });
        let keys = [of("a", &[], &[1, 2]), of("b", &[], &[1, 2]), of("a", &[1], &[2]), of("a", &[], &[2, 1])];
        assert!(keys.iter().enumerate().all(|(at, key)| !keys[..at].contains(key)));
        fs::write(&path, "no journal at all, but longer than the head of one would be").unwrap();
        assert!(!open(&folder).knows(key(0)));
    }
}
