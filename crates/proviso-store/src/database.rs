//! The SQLite database in the person's data folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::StoreError;

/// How long one program waits for another that is writing.
const BUSY: Duration = Duration::from_secs(5);
/// Between two tries where SQLite does not wait itself.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// The changes that made the layout what it is, oldest first. The database counts those that it has had in `user_version`;
/// a change that was released is never edited again.
const LAYOUTS: [&str; 3] = [
    include_str!("layouts/1_measurements.sql"),
    include_str!("layouts/2_reviews.sql"),
    include_str!("layouts/3_queue.sql"),
];

/// A database that the window and the command line may use at the same time. Every action is one transaction, written
/// through to the disk before it is acknowledged.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens the database in `folder`, making both where they do not exist, and brings it to the current layout.
    ///
    /// # Errors
    /// If the file cannot be made or is no database, or a newer version wrote it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("proviso.sqlite");
        fs::create_dir_all(folder).map_err(|source| StoreError::Io {
            path: folder.to_owned(),
            action: "made",
            source,
        })?;
        let mut connection = Connection::open(&path).map_err(StoreError::database(&path))?;
        prepare(&connection).map_err(StoreError::database(&path))?;
        bring_up_to_date(&mut connection, &path)?;
        Ok(Self { path, connection: Mutex::new(connection) })
    }

    /// Runs `work` as one transaction: all of it or nothing.
    pub(crate) fn transaction<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        // A panic inside a transaction rolls it back, so the connection stays sound.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        run().map_err(StoreError::database(&self.path))
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    switch_to_wal(connection)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
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

fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let failed = || StoreError::database(path);
    // Two programs may start at the same time; the second finds the work done.
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed())?;
    let found: u32 =
        transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed())?;
    let known = LAYOUTS.len() as u32;
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    let mut missing = LAYOUTS.iter().skip(found as usize);
    missing.try_for_each(|layout| transaction.execute_batch(layout)).map_err(failed())?;
    transaction.pragma_update(None, "user_version", known).map_err(failed())?;
    transaction.commit().map_err(failed())
}

#[cfg(test)]
mod tests {
    use super::*;

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
                        Database::open(folder.path()).unwrap();
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
