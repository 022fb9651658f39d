//! Opening the database whatever state it is in: damaged, read-only, on a full disk.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    Database, StoreError,
    backups::{Cause, Shelf},
    contracts::now,
    database::{LAYOUTS, Mode, layout, layout_of_tables, newest_known},
    days::stamp,
    hold::Hold,
    integrity::{Depth, faults},
};

/// What lies beside a database while it is used, and belongs to it.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// A database that was opened, and what the person should be told of it.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub database: Database,
    /// Sentences; nothing where all is as it was left.
    pub notice: Option<String>,
}

impl Database {
    /// Opens the database in `folder` as [`open`](Self::open) does, after it was looked at. One that is damaged is set aside under
    /// another name, and the newest backup takes its place, or a new one where there is none. Where nothing can be written it is opened
    /// to be read. Before an older layout is brought up to date it is backed up.
    ///
    /// # Errors
    /// If a newer version wrote it, if it is damaged while another program uses it, or if there is none and none can be made.
    pub fn open_with_care(folder: &Path) -> Result<Opened, StoreError> {
        match Self::open_sound(folder) {
            Ok(database) => Ok(Opened { database, notice: None }),
            Err(error) if error.is_damage() => repair(folder, error),
            Err(error) if error.is_of_writing() => open_to_read(folder).map_err(|_| error),
            Err(error) => Err(error),
        }
    }

    fn open_sound(folder: &Path) -> Result<Self, StoreError> {
        let path = Self::path_in(folder);
        if path.exists() {
            let _hold = Hold::together(&path)?;
            look_at(folder, &path)?;
        }
        Self::open(folder)
    }
}

/// Looks at the database before anything is written to it; the caller holds it.
///
/// # Errors
/// If it is damaged, a newer version wrote it, or it cannot be read.
fn look_at(folder: &Path, path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(StoreError::io(path, "read"))?;
    let damaged = |what: String| StoreError::Damaged { path: path.to_owned(), what };
    if metadata.len() == 0 {
        // SQLite would take it for a new one; it is one only where there never was another.
        let is_new = Shelf::of(folder).is_empty() && !with_ending(path, COMPANIONS[0]).exists();
        return if is_new { Ok(()) } else { Err(damaged("it is empty".to_owned())) };
    }
    if !may_be_written(path).map_err(StoreError::io(path, "read"))? {
        return Err(damaged("its head asks for a version of SQLite that there is not".to_owned()));
    }
    let failed = || StoreError::database(path);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed())?;
    connection.busy_timeout(crate::database::BUSY).map_err(failed())?;
    let found = layout(&connection).map_err(failed())?;
    newest_known(found, path)?;
    let held = layout_of_tables(&connection).map_err(failed())?;
    if held != found {
        return Err(damaged(format!(
            "it says that its layout is {found}, and its tables are those of {held}"
        )));
    }
    if let Some(what) =
        faults(&connection, Depth::at_start(metadata.len())).map_err(failed())?.into_iter().next()
    {
        return Err(damaged(what));
    }
    if (1..LAYOUTS.len() as u32).contains(&found) {
        // Without a backup the change is made all the same: it is one transaction.
        let _ = Shelf::of(folder).add(path, Cause::Usual);
    }
    Ok(())
}

/// Whether the head of a file names one of the two ways of writing (with a log or without) that SQLite has. It would take a file with
/// another one for read-only. A file too short for a head is left to SQLite.
fn may_be_written(path: &Path) -> io::Result<bool> {
    const PLACE: usize = 18;
    let mut head = Vec::new();
    fs::File::open(path)?.take(PLACE as u64 + 1).read_to_end(&mut head)?;
    Ok(head.get(PLACE).is_none_or(|way| matches!(way, 1 | 2)))
}

/// Sets a damaged database aside and puts another in its place.
fn repair(folder: &Path, damage: StoreError) -> Result<Opened, StoreError> {
    let path = Database::path_in(folder);
    if try_to_write(folder).is_err() {
        return Err(damage);
    }
    let hold = Hold::alone(&path).ok_or_else(|| StoreError::InUse { path: path.clone() })?;
    if look_at(folder, &path).is_ok() {
        // Another program was quicker.
        drop(hold);
        return Ok(Opened { database: Database::open(folder)?, notice: None });
    }
    let aside = set_aside(&path)?;
    let restored = Shelf::of(folder).newest_sound().and_then(|backup| {
        let made = backup.put_in_place(&path).map(|()| backup.shown());
        made.inspect_err(|_| drop(fs::remove_file(&path))).ok()
    });
    drop(hold);
    let database = Database::open(folder)?;
    let instead = restored.map_or_else(
        || "there was no backup, so that a new one was begun".to_owned(),
        |when| format!("the backup of {when} took its place, so that what was decided after that is missing"),
    );
    let notice = format!(
        "The database with your decisions was damaged: it was kept as `{}`, and {instead}.",
        aside.display()
    );
    Ok(Opened { database, notice: Some(notice) })
}

/// Renames a database and its companions; nothing is deleted.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let day = stamp(now()).map_err(StoreError::database(path))?;
    let name = |n: u32| match n {
        1 => path.with_extension(format!("damaged-{day}.sqlite")),
        n => path.with_extension(format!("damaged-{day}-{n}.sqlite")),
    };
    let aside = (1..).map(name).find(|aside| !aside.exists()).unwrap_or_else(|| name(0));
    fs::rename(path, &aside).map_err(StoreError::io(path, "set aside"))?;
    for ending in COMPANIONS {
        let companion = with_ending(path, ending);
        if companion.exists() {
            fs::rename(&companion, with_ending(&aside, ending))
                .map_err(StoreError::io(&companion, "set aside"))?;
        }
    }
    Ok(aside)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Opens the database without writing anything.
fn open_to_read(folder: &Path) -> Result<Opened, StoreError> {
    let path = Database::path_in(folder);
    let failed = || StoreError::database(&path);
    let connection = connect_to_read(&path).map_err(failed())?;
    let found = layout(&connection).map_err(failed())?;
    let known = newest_known(found, &path)?;
    if found < known {
        let what = "an older version wrote it, and it cannot be brought up to date here".to_owned();
        return Err(StoreError::Damaged { path, what });
    }
    let reason = match try_to_write(folder) {
        Err(error) if error.kind() == io::ErrorKind::StorageFull => {
            format!("the disk with `{}` is full; make room on it", folder.display())
        }
        Err(error) => format!("`{}` cannot be written to ({error}); make it writable", folder.display()),
        Ok(()) => format!("`{}` cannot be written to; make it writable", path.display()),
    };
    let notice = format!(
        "What was decided before is shown, and nothing new can be kept: {reason} and start Proviso again."
    );
    let hold = Hold::together(&path)?;
    let database = Database::of(path.clone(), connection, Mode::Reading, hold);
    Ok(Opened { database, notice: Some(notice) })
}

/// A connection that makes no file beside the database, unless another program made them already.
fn connect_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let usable = |connection: Connection| {
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, u32>(0))?;
        Ok(connection)
    };
    let usual = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(usable);
    // What was not written back from the log yet would be missing in a file that is taken as it is.
    let log = fs::metadata(with_ending(path, COMPANIONS[0])).map_or(0, |log| log.len());
    if usual.is_ok() || log > 0 {
        return usual;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(address(path), flags).and_then(usable)
}

/// The path as an address that says that nobody changes the file.
fn address(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let slashes = if cfg!(windows) { "/" } else { "" };
    format!("file:{slashes}{}?immutable=1", escaped.replace('\\', "/"))
}

fn try_to_write(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&[0; 4096])?;
    file.sync_all()
}
