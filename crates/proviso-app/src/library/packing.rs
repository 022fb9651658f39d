//! A Hugging Face folder packed into one of the person's own models, several files at a time, and gone on with after an
//! interruption.

mod journal;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use proviso_core::Sha256Hex;
use proviso_encoder::{EncoderError, ModelFolder, Packing, tokenizer_json};
use sha2::{Digest, Sha256};

use super::{ImportProgress, LibraryError, copying::write_manifest};
use crate::{AppError, Cancel, lock::lock};
use journal::Journal;
pub(super) use journal::remove as remove_journal;

/// Files that are packed side by side. Each takes the memory of a layer and of its largest matrix.
const SIDE_BY_SIDE: usize = 2;
/// Bytes of a megabyte.
const MB: u64 = 1_000_000;

/// A Hugging Face folder that was checked.
pub(super) struct PackedImport {
    packing: Packing,
    description: String,
    config: Vec<u8>,
    tokenizer: Vec<u8>,
}

impl PackedImport {
    /// Takes over what is small: the configuration and the tokenizer.
    ///
    /// # Errors
    /// If one of them cannot be read or made.
    pub fn prepare(folder: &Path, packing: Packing) -> Result<Self, AppError> {
        let path = folder.join(ModelFolder::CONFIG);
        let config = fs::read(&path).map_err(|source| EncoderError::Read { path, source })?;
        let origin = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        Ok(Self {
            tokenizer: tokenizer_json(folder)?,
            description: format!(
                "Answers each question about a contract separately. Imported from the Hugging Face folder \"{origin}\"."
            ),
            config,
            packing,
        })
    }

    /// Writes everything into `folder`, but what is there already from an interrupted import of the same source.
    ///
    /// # Errors
    /// If a file cannot be read or written, the disk has no room, or the import is cancelled.
    pub fn carry_out(
        &self,
        name: &str,
        folder: &Path,
        on_progress: &mut (dyn FnMut(ImportProgress) + Send),
        cancel: &Cancel,
    ) -> Result<(), AppError> {
        let journal = Journal::open(folder, &self.packing)?;
        let total: u64 = self.packing.source().files().map(|(_, bytes)| bytes).sum();
        self.check_room(folder, total, journal.bytes())?;
        let written = Writing {
            packing: &self.packing,
            folder,
            journal: Mutex::new(journal),
            progress: Mutex::new(Progress { done: 0, total, on_progress }),
            cancel,
        }
        .all()?;
        let others = [
            (ModelFolder::CONFIG, self.config.as_slice()),
            (ModelFolder::TOKENIZER, self.tokenizer.as_slice()),
        ];
        let mut hashes = BTreeMap::new();
        for (file, bytes) in others {
            let path = folder.join(file);
            fs::write(&path, bytes).map_err(LibraryError::writing(path))?;
            hashes.insert(file.to_owned(), Sha256Hex::from_digest(&Sha256::digest(bytes).into()));
        }
        write_manifest(folder, &self.packing.manifest(name, &self.description, &written, hashes))
    }

    /// An estimate from above: the source's numbers may be wider than those of the result.
    fn check_room(&self, folder: &Path, source_bytes: u64, there: u64) -> Result<(), LibraryError> {
        let Some(free) = proviso_plan::free_bytes(folder) else { return Ok(()) };
        let most = self.packing.most_bytes().min(4 * source_bytes);
        if most.saturating_sub(there) <= free {
            return Ok(());
        }
        Err(LibraryError::NoRoom {
            path: folder.to_owned(),
            needed_mb: most.div_ceil(MB),
            free_mb: free / MB,
        })
    }
}

struct Progress<'a> {
    done: u64,
    total: u64,
    on_progress: &'a mut (dyn FnMut(ImportProgress) + Send),
}

/// The files of a model being written.
struct Writing<'a> {
    packing: &'a Packing,
    folder: &'a Path,
    journal: Mutex<Journal>,
    progress: Mutex<Progress<'a>>,
    cancel: &'a Cancel,
}

type Written = BTreeMap<String, (Sha256Hex, u64)>;

impl Writing<'_> {
    /// Writes all files that are not there; what is written is the same whichever is first.
    fn all(self) -> Result<Written, AppError> {
        let files = self.packing.files();
        // The second file is written with the first at hand.
        let begin = [0, 1];
        begin.into_iter().try_for_each(|number| self.file(number, &files[number]))?;
        let next = AtomicUsize::new(begin.len());
        let work = || -> Result<(), AppError> {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(number) else { return Ok(()) };
                if let Err(error) = self.file(number, file) {
                    // The others end after the file that they are at.
                    next.store(files.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..SIDE_BY_SIDE).map(|_| scope.spawn(work)).collect();
            let join = |thread: thread::ScopedJoinHandle<'_, Result<(), AppError>>| {
                thread.join().unwrap_or_else(|failure| std::panic::resume_unwind(failure))
            };
            threads.into_iter().map(join).collect::<Vec<_>>().into_iter().collect::<Result<(), _>>()
        })?;
        Ok(self.journal.into_inner().unwrap_or_else(PoisonError::into_inner).into_written())
    }

    fn file(&self, number: usize, file: &str) -> Result<(), AppError> {
        if self.cancel.is_asked() {
            return Err(AppError::Cancelled);
        }
        if let Some(bytes) = lock(&self.journal).there(file) {
            self.tell(bytes);
            return Ok(());
        }
        let mut on_bytes = |bytes: u64| {
            self.tell(bytes);
            !self.cancel.is_asked()
        };
        let written = self.packing.write(number, self.folder, &mut on_bytes)?;
        let Some((hash, bytes)) = written else { return Err(AppError::Cancelled) };
        Ok(lock(&self.journal).note(file, hash, bytes)?)
    }

    fn tell(&self, bytes: u64) {
        let mut progress = lock(&self.progress);
        progress.done = (progress.done + bytes).min(progress.total);
        let (done, total) = (progress.done, progress.total);
        (progress.on_progress)(ImportProgress { doing: "packing", done, total });
    }
}

/// The paths of a source's files with what tells whether they changed.
fn source_state(packing: &Packing) -> Vec<(PathBuf, u64, Option<u64>)> {
    let modified = |path: &Path| {
        let time = fs::metadata(path).and_then(|file| file.modified()).ok()?;
        Some(time.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos() as u64)
    };
    let files = packing.source().files();
    files.map(|(path, bytes)| (path.to_owned(), bytes, modified(path))).collect()
}
