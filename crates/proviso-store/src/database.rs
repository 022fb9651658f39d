//! The SQLite database in the person's data folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::{StoreError, file_identity::FileIdentity, hold::Hold};

/// The file in the person's data folder.
const FILE: &str = "proviso.sqlite";

/// How long one program waits for another that is writing.
pub(crate) const BUSY: Duration = Duration::from_secs(5);
/// Between two tries where SQLite does not wait itself.
pub(crate) const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// The changes that made the layout what it is, oldest first. The database counts those that it has had in `user_version`;
/// a change that was released is never edited again.
pub(crate) const LAYOUTS: [&str; 5] = [
    include_str!("layouts/1_measurements.sql"),
    include_str!("layouts/2_reviews.sql"),
    include_str!("layouts/3_queue.sql"),
    include_str!("layouts/4_openings.sql"),
    include_str!("layouts/5_revisions.sql"),
];

/// What each of them brought that no later one took away.
const BROUGHT: [&str; LAYOUTS.len()] = ["measuring", "contract", "queue", "contract_by_opening", "revision"];

/// A database that the window and the command line may use at the same time. Every action is one transaction, written
/// through to the disk before it is acknowledged.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Mutex<Connection>,
    mode: Mode,
    /// Keeps others from putting another file in the place of this one.
    hold: Hold,
    /// The file that was opened: another one at its place would not hold what is written here.
    file: Option<FileIdentity>,
    /// Deeds that were kept since the last backup was made here.
    deeds_since_backup: AtomicU32,
}

/// What a database was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Writing,
    Reading,
}

impl Database {
    /// Opens the database in `folder`, making both where they do not exist, and brings it to the current layout.
    ///
    /// # Errors
    /// If the file cannot be made or is no database, or a newer version wrote it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = Self::path_in(folder);
        fs::create_dir_all(folder).map_err(StoreError::io(folder, "made"))?;
        let hold = Hold::together(&path)?;
        let mut connection = Connection::open(&path).map_err(StoreError::database(&path))?;
        prepare(&connection).map_err(StoreError::database(&path))?;
        bring_up_to_date(&mut connection, &path)?;
        Ok(Self::of(path, connection, Mode::Writing, hold))
    }

    pub(crate) fn of(path: PathBuf, connection: Connection, mode: Mode, hold: Hold) -> Self {
        let file = FileIdentity::of(&path);
        let connection = Mutex::new(connection);
        Self { path, connection, mode, hold, file, deeds_since_backup: AtomicU32::new(0) }
    }

    pub(crate) fn path_in(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn hold(&self) -> &Hold {
        &self.hold
    }

    /// Whether it can only be read.
    pub fn is_read_only(&self) -> bool {
        self.mode == Mode::Reading
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolls it back, so the connection stays sound.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` as one transaction: all of it or nothing.
    pub(crate) fn transaction<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        if self.file.is_some() && FileIdentity::of(&self.path) != self.file {
            return Err(StoreError::Gone { path: self.path.clone() });
        }
        let behavior = match self.mode {
            Mode::Writing => TransactionBehavior::Immediate,
            Mode::Reading => TransactionBehavior::Deferred,
        };
        let run = || {
            let transaction = connection.transaction_with_behavior(behavior)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        run().map_err(StoreError::database(&self.path))
    }

    /// As [`transaction`](Self::transaction), for what a person decided: after many of these a backup is due.
    pub(crate) fn deed<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let result = self.transaction(work)?;
        self.deeds_since_backup.fetch_add(1, Ordering::Relaxed);
        Ok(result)
    }

    pub(crate) fn deeds_since_backup(&self) -> u32 {
        self.deeds_since_backup.load(Ordering::Relaxed)
    }

    pub(crate) fn was_backed_up(&self) {
        self.deeds_since_backup.store(0, Ordering::Relaxed);
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    switch_to_wal(connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A page whose cells do not fit it is told as damage instead of being believed.
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// SQLite does not wait by itself while another program switches a new database over.
fn switch_to_wal(connection: &Connection) -> rusqlite::Result<()> {
    let begin = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begin.elapsed() < BUSY =>
            {
                thread::sleep(BETWEEN_TRIES);
            }
            result => return result,
        }
    }
}

pub(crate) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let failed = || StoreError::database(path);
    // Two programs may start at the same time; the second finds the work done.
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed())?;
    let found = layout(&transaction).map_err(failed())?;
    let known = newest_known(found, path)?;
    let mut missing = LAYOUTS.iter().skip(found as usize);
    missing.try_for_each(|layout| transaction.execute_batch(layout)).map_err(failed())?;
    transaction.pragma_update(None, "user_version", known).map_err(failed())?;
    transaction.commit().map_err(failed())
}

/// The newest layout that is known, unless the one that was `found` is newer still.
pub(crate) fn newest_known(found: u32, path: &Path) -> Result<u32, StoreError> {
    let known = LAYOUTS.len() as u32;
    if found > known { Err(StoreError::Newer { path: path.to_owned(), found, known }) } else { Ok(known) }
}

/// The layout that a database has.
pub(crate) fn layout(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The layout that a database has by its tables. Where it says another one of itself, its head is damaged: changes that it had would be
/// made again, or none that it needs.
pub(crate) fn layout_of_tables(connection: &Connection) -> rusqlite::Result<u32> {
    let mut named = connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = ?1")?;
    let mut found = 0;
    for name in BROUGHT {
        found += named.query_row([name], |row| row.get::<_, u32>(0))?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QueueChange, QueueEntry, QueueState};

    #[test]
    fn it_is_made_once_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new/folder");
        for _ in 0..2 {
            let database = Database::open(&folder).unwrap();
            let settings = database.transaction(|transaction| {
                let text = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, String>(0));
                let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
                Ok((text("journal_mode")?, number("synchronous")?, number("user_version")?))
            });
            assert_eq!(settings.unwrap(), ("wal".to_owned(), 2, LAYOUTS.len() as u32));
        }
    }

    #[test]
    fn many_may_open_a_new_one_at_the_same_moment() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let together = std::sync::Barrier::new(8);
            thread::scope(|scope| {
                for _ in 0..8 {
                    scope.spawn(|| {
                        together.wait();
                        assert_eq!(Database::open_with_care(folder.path()).unwrap().notice, None);
                    });
                }
            });
        }
    }

    #[test]
    fn one_of_a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        database.transaction(|transaction| transaction.pragma_update(None, "user_version", 99)).unwrap();
        drop(database);
        let before = fs::read(folder.path().join("proviso.sqlite")).unwrap();
        let error = Database::open(folder.path()).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
        assert!(error.to_string().contains("proviso.sqlite"));
        assert_eq!(fs::read(folder.path().join("proviso.sqlite")).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_named_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("proviso.sqlite");
        fs::write(&file, "a letter to a client, in plain text, longer than a page header would be").unwrap();
        let message = Database::open(folder.path()).unwrap_err().to_string();
        assert!(message.contains("proviso.sqlite"), "{message}");
        assert!(fs::read_to_string(&file).unwrap().starts_with("a letter"));
    }

    /// Keeps that so many contracts wait.
    fn keep(database: &Database, count: u32) -> Result<(), StoreError> {
        let entry = |id: u32| QueueEntry {
            id,
            path: format!("/{id}.pdf"),
            place: i64::from(id),
            state: QueueState::Waiting,
            reason: None,
            windows: None,
            seconds: None,
        };
        database
            .keep_queue(&QueueChange { entries: (1..=count).map(entry).collect(), ..QueueChange::default() })
    }

    #[test]
    fn what_another_program_holds_up_is_said_and_can_be_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) =
            (Database::open(folder.path()).unwrap(), Database::open(folder.path()).unwrap());
        second.connection().busy_timeout(Duration::from_millis(10)).unwrap();
        let mut busy = first.connection();
        let writing = busy.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let message = keep(&second, 1).unwrap_err().to_string();
        assert!(message.contains("another Proviso is writing") && message.contains(FILE), "{message}");
        drop(writing);
        drop(busy);
        keep(&second, 1).unwrap();
        assert_eq!(first.queue().unwrap().entries.len(), 1);
    }

    #[test]
    fn a_full_database_refuses_one_deed_and_keeps_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        keep(&database, 3).unwrap();
        let pages = |of: &str| database.connection().pragma_query_value(None, of, |row| row.get::<_, u32>(0));
        let most = pages("page_count").unwrap();
        database.connection().pragma_update(None, "max_page_count", most).unwrap();
        let message = keep(&database, 5_000).unwrap_err().to_string();
        assert!(message.contains("is full; make room") && message.contains(FILE), "{message}");
        assert_eq!(database.queue().unwrap().entries.len(), 3);
        database.connection().pragma_update(None, "max_page_count", most + 1_000).unwrap();
        keep(&database, 5_000).unwrap();
        assert_eq!(database.queue().unwrap().entries.len(), 5_000);
    }

    #[test]
    fn nothing_is_kept_in_a_file_that_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        keep(&database, 1).unwrap();
        let path = Database::path_in(folder.path());
        fs::rename(&path, folder.path().join("elsewhere.sqlite")).unwrap();
        let gone = keep(&database, 2).unwrap_err();
        assert!(matches!(gone, StoreError::Gone { .. }) && gone.to_string().contains(FILE), "{gone}");
        // Another file in its place is not the one that was opened.
        fs::write(&path, "").unwrap();
        assert!(matches!(database.queue().unwrap_err(), StoreError::Gone { .. }));
    }

    #[test]
    fn a_failed_transaction_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let count = || {
            let sql = "SELECT count(*) FROM disk";
            database
                .transaction(|transaction| transaction.query_row(sql, [], |row| row.get::<_, u32>(0)))
                .unwrap()
        };
        let failed = database.transaction(|transaction| {
            transaction.execute("INSERT INTO disk VALUES ('m', 100.0, 1)", [])?;
            transaction.execute("INSERT INTO no_such_table VALUES (1)", [])
        });
        assert!(failed.is_err());
        assert_eq!(count(), 0);
    }
}
