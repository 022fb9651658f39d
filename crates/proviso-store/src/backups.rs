//! Backups of the database: copies in a folder beside it, the newest of the last days and weeks.

mod keeping;
mod name;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use proviso_disk::sync_folder;
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};

use crate::{
    Database, StoreError,
    contracts::now,
    database::{BETWEEN_TRIES, BUSY, bring_up_to_date, layout, newest_known},
    days::DAY,
    integrity::{Depth, faults},
};
use keeping::stays;
pub(crate) use name::{Cause, Name};

/// The folder beside the database.
const FOLDER: &str = "backups";
/// How the name of a copy begins that is not finished.
const UNFINISHED: &str = ".backup-";
/// Deeds after which a backup is made, however young the last one is.
const DEEDS: u32 = 200;

/// What is known of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRecord {
    /// Its file's name, by which it is chosen.
    pub name: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// Contracts in it.
    pub contracts: u32,
    /// Decisions and notes in it.
    pub decisions: u32,
    /// Bytes of the file.
    pub bytes: u64,
    /// Whether it holds what there was before another backup was restored.
    pub before_restoring: bool,
}

impl Database {
    /// The folder in which backups lie; it need not exist.
    pub fn backups_folder(&self) -> PathBuf {
        self.shelf().folder
    }

    /// The backups that can be restored, the newest first.
    pub fn backups(&self) -> Vec<BackupRecord> {
        self.shelf().list().iter().filter_map(|backup| backup.record().ok()).collect()
    }

    /// Whether a backup is to be made: the last one is older than a day, or many deeds were kept since. A clock that was set back
    /// makes one due, as what it tells of the last one cannot be believed. Where nothing is kept yet none is needed.
    pub fn needs_backup(&self) -> bool {
        if self.is_read_only() {
            return false;
        }
        let last = self.shelf().list().into_iter().find(|backup| backup.name.cause == Cause::Usual);
        let is_due = match last {
            None => true,
            Some(last) => !(0..DAY).contains(&(now() - last.name.made_at)),
        };
        (is_due || self.deeds_since_backup() >= DEEDS) && self.has_contracts()
    }

    fn has_contracts(&self) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM contract)";
        self.transaction(|transaction| transaction.query_row(sql, [], |row| row.get(0))).unwrap_or(false)
    }

    /// Makes a backup, and removes those that are not needed beside it. Nothing is removed before the new one was looked at.
    ///
    /// # Errors
    /// If it cannot be written, or does not hold together; the earlier ones are then still there.
    pub fn back_up(&self) -> Result<(), StoreError> {
        let shelf = self.shelf();
        if shelf.add(self.path(), Cause::Usual)? {
            self.was_backed_up();
            shelf.tidy();
        }
        Ok(())
    }

    /// Puts a backup in the place of everything that is kept, after that was backed up itself.
    ///
    /// # Errors
    /// If there is no such backup, it is damaged or of a newer version, another program uses the database, or it cannot be written;
    /// all is then as it was.
    pub fn restore(&self, name: &str) -> Result<(), StoreError> {
        let shelf = self.shelf();
        let no_backup = || StoreError::NoBackup { name: name.to_owned(), folder: shelf.folder.clone() };
        let backup =
            shelf.list().into_iter().find(|backup| backup.file_name() == name).ok_or_else(no_backup)?;
        let source = backup.open_sound()?;
        self.hold().while_alone(|| {
            if !shelf.add(self.path(), Cause::BeforeRestoring)? {
                return Err(StoreError::InUse { path: self.path().to_owned() });
            }
            let mut connection = self.connection();
            copy(&source, &mut connection).map_err(StoreError::database(self.path()))?;
            bring_up_to_date(&mut connection, self.path())
        })?;
        shelf.tidy();
        Ok(())
    }

    fn shelf(&self) -> Shelf {
        Shelf { folder: self.path().with_file_name(FOLDER) }
    }
}

/// The folder of the backups.
pub(crate) struct Shelf {
    folder: PathBuf,
}

/// A backup on the shelf.
pub(crate) struct Stored {
    path: PathBuf,
    name: Name,
}

impl Shelf {
    /// The backups of the database in a folder.
    pub fn of(data_folder: &Path) -> Self {
        Self { folder: data_folder.join(FOLDER) }
    }

    pub fn is_empty(&self) -> bool {
        self.list().is_empty()
    }

    /// All backups, the newest first by their numbers: clocks may go back.
    fn list(&self) -> Vec<Stored> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let stored = |entry: fs::DirEntry| {
            let name = Name::parse(&entry.file_name().to_string_lossy())?;
            Some(Stored { path: entry.path(), name })
        };
        let mut list: Vec<Stored> = entries.filter_map(Result::ok).filter_map(stored).collect();
        list.sort_by(|a, b| (b.name.number, &b.path).cmp(&(a.name.number, &a.path)));
        list
    }

    /// The newest backup that holds together.
    pub fn newest_sound(&self) -> Option<Stored> {
        self.list().into_iter().find(|backup| backup.open_sound().is_ok())
    }

    /// Copies a database onto the shelf: beside its place, looked at, and renamed. False where another program is at it.
    ///
    /// # Errors
    /// If it cannot be written, or the copy does not hold together.
    pub fn add(&self, database: &Path, cause: Cause) -> Result<bool, StoreError> {
        fs::create_dir_all(&self.folder).map_err(StoreError::io(&self.folder, "made"))?;
        let lock_path = self.folder.join("lock");
        let lock = fs::File::create(&lock_path).map_err(StoreError::io(&lock_path, "made"))?;
        if lock.try_lock().is_err() {
            return Ok(false);
        }
        self.remove_unfinished();
        let written =
            |error| StoreError::Io { path: self.folder.clone(), action: "written to", source: error };
        let file = tempfile::Builder::new().prefix(UNFINISHED).suffix(".sqlite").tempfile_in(&self.folder);
        let file = file.map_err(written)?;
        copy_to(database, file.path())?;
        file.as_file().sync_all().map_err(written)?;
        let number = self.list().first().map_or(0, |newest| newest.name.number) + 1;
        let name = Name { number, made_at: now(), cause };
        let place = self.folder.join(name.in_words().map_err(StoreError::database(database))?);
        file.persist_noclobber(&place).map_err(|error| written(error.error))?;
        sync_folder(&self.folder);
        Ok(true)
    }

    /// Removes what was left of copies that were interrupted.
    fn remove_unfinished(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the backups that are not needed beside newer ones. One that cannot be removed is left.
    fn tidy(&self) {
        let list = self.list();
        let names: Vec<Name> = list.iter().map(|backup| backup.name).collect();
        for (backup, stays) in list.iter().zip(stays(&names)) {
            if !stays {
                let _ = fs::remove_file(&backup.path);
            }
        }
    }
}

impl Stored {
    fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// When it was made, for a person.
    pub fn shown(&self) -> String {
        self.name.shown()
    }

    /// Opens it to be read, after everything in it was looked at.
    fn open_sound(&self) -> Result<Connection, StoreError> {
        let failed = || StoreError::database(&self.path);
        let connection = self.open().map_err(failed())?;
        newest_known(layout(&connection).map_err(failed())?, &self.path)?;
        match faults(&connection, Depth::Whole).map_err(failed())?.into_iter().next() {
            None => Ok(connection),
            Some(what) => Err(StoreError::Damaged { path: self.path.clone(), what }),
        }
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn record(&self) -> rusqlite::Result<BackupRecord> {
        let connection = self.open()?;
        let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        Ok(BackupRecord {
            name: self.file_name(),
            made_at: self.name.made_at,
            contracts: count("SELECT count(*) FROM contract")?,
            decisions: count("SELECT count(*) FROM deed WHERE undone = 0")?,
            bytes: fs::metadata(&self.path).map_or(0, |metadata| metadata.len()),
            before_restoring: self.name.cause == Cause::BeforeRestoring,
        })
    }

    /// Writes it to where no database lies.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put_in_place(&self, database: &Path) -> Result<(), StoreError> {
        let folder = database.parent().unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(UNFINISHED).suffix(".sqlite").tempfile_in(folder);
        let file = file.map_err(StoreError::io(folder, "written to"))?;
        copy_to(&self.path, file.path())?;
        file.as_file().sync_all().map_err(StoreError::io(folder, "written to"))?;
        file.persist_noclobber(database).map_err(|error| StoreError::Io {
            path: database.to_owned(),
            action: "put in place",
            source: error.error,
        })?;
        sync_folder(folder);
        Ok(())
    }
}

/// Copies a database into a file that is complete in itself and holds together.
fn copy_to(database: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = || StoreError::database(to);
    // A connection of its own, so that decisions are kept meanwhile.
    let source = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(StoreError::database(database))?;
    let mut target = Connection::open(to).map_err(failed())?;
    copy(&source, &mut target).map_err(failed())?;
    target.pragma_update(None, "journal_mode", "DELETE").map_err(failed())?;
    match faults(&target, Depth::Whole).map_err(failed())?.into_iter().next() {
        None => Ok(()),
        Some(what) => Err(StoreError::Damaged { path: database.to_owned(), what }),
    }
}

/// Copies all of a database over another, in one transaction.
fn copy(source: &Connection, target: &mut Connection) -> rusqlite::Result<()> {
    source.busy_timeout(BUSY)?;
    target.busy_timeout(BUSY)?;
    let backup = Backup::new(source, target)?;
    let begin = Instant::now();
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if begin.elapsed() >= BUSY => {
                return Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                    None,
                ));
            }
            _ => std::thread::sleep(BETWEEN_TRIES),
        }
    }
}

#[cfg(test)]
mod tests;
