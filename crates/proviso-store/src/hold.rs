//! Who uses the database: many at the same time, or one alone while it puts another file in its place.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::StoreError;

/// How long it is waited for one that works alone.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two tries.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// A share in the use of the database, as a lock on a file beside it. The system takes it back when the program ends, however it ends.
#[derive(Debug)]
pub(crate) struct Hold {
    /// The database.
    of: PathBuf,
    /// Nothing where the folder cannot be written to: then nobody replaces anything in it.
    lock: Option<File>,
}

impl Hold {
    /// Uses the database together with others.
    ///
    /// # Errors
    /// If one that works alone does not come to an end.
    pub fn together(database: &Path) -> Result<Self, StoreError> {
        let hold = Self::unlocked(database);
        hold.wait_for_share()?;
        Ok(hold)
    }

    /// Uses the database alone; nothing where others use it.
    pub fn alone(database: &Path) -> Option<Self> {
        let hold = Self::unlocked(database);
        hold.lock.as_ref()?.try_lock().ok()?;
        Some(hold)
    }

    /// Does `work` while nobody else uses the database.
    ///
    /// # Errors
    /// If others use it, or the work fails.
    pub fn while_alone<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let in_use = || StoreError::InUse { path: self.of.clone() };
        let Some(lock) = &self.lock else { return Err(in_use()) };
        let failed = StoreError::io(&self.of, "locked");
        lock.unlock().map_err(failed)?;
        let result = if lock.try_lock().is_ok() { work() } else { Err(in_use()) };
        // Only a lock that is given back can become a shared one on every system.
        let _ = lock.unlock();
        self.wait_for_share()?;
        result
    }

    fn unlocked(database: &Path) -> Self {
        let lock =
            File::options().create(true).truncate(false).write(true).open(database.with_extension("lock"));
        Self { of: database.to_owned(), lock: lock.ok() }
    }

    fn wait_for_share(&self) -> Result<(), StoreError> {
        let Some(lock) = &self.lock else { return Ok(()) };
        let begin = Instant::now();
        loop {
            match lock.try_lock_shared() {
                // A file system without locks: SQLite's own are all there is.
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(()),
                Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path: self.of.clone() }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_use_it_together_or_one_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("proviso.sqlite");
        let first = Hold::together(&database).unwrap();
        let second = Hold::together(&database).unwrap();
        assert!(Hold::alone(&database).is_none());
        let refused = first.while_alone(|| Ok(())).unwrap_err();
        assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
        drop(second);
        first
            .while_alone(|| {
                assert!(Hold::alone(&database).is_none());
                Ok(())
            })
            .unwrap();
        assert!(Hold::alone(&database).is_none(), "it is used together with others again");
        drop(first);
        assert!(Hold::alone(&database).is_some());
    }
}
