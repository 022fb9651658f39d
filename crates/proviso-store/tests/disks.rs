//! The database on a disk that is full, and in a folder that cannot be written to. Root may write into folders that are read-only for
//! others, so that both need a file system of their own.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use proviso_core::{Anchor, Deed, Sha256Hex, TextRange, Topic};
use proviso_store::{ContractId, Database, OpenedRecord};

/// A small file system in memory, taken away again at the end.
struct Disk {
    place: tempfile::TempDir,
}

impl Disk {
    /// Nothing where the system does not let this program have one, which the test then says by its name.
    fn new(megabytes: u32, test: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", place.path().to_str().unwrap()]);
        if !mounted {
            let notice = format!("SKIPPED {test}: this user may not mount a file system\n");
            std::io::stderr().write_all(notice.as_bytes()).unwrap();
        }
        mounted.then_some(Self { place })
    }

    fn make_read_only(&self) {
        assert!(run("mount", &["-o", "remount,ro", self.place.path().to_str().unwrap()]));
    }

    /// The folder of a person's data on it.
    fn folder(&self) -> PathBuf {
        self.place.path().join("data")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &[self.place.path().to_str().unwrap()]);
    }
}

fn run(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn sha() -> Sha256Hex {
    "a".repeat(64).parse().unwrap()
}

fn opened(database: &Database, text: &str) -> Result<ContractId, proviso_store::StoreError> {
    database.keep_contract(&OpenedRecord { sha256: &sha(), path: "/a.pdf", pages: 1, text: Some(text) })
}

fn accept(start: usize) -> Deed {
    let clause = Anchor { topic: Topic::named("Insurance"), range: TextRange::new(start, start + 5) };
    Deed::Accept { clause }
}

/// Fills the rest of a disk.
fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("ballast");
    let mut file = fs::File::create(&path).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

#[test]
fn a_full_disk_refuses_a_deed_and_loses_none() {
    let Some(disk) = Disk::new(2, "a_full_disk_refuses_a_deed_and_loses_none") else { return };
    let database = Database::open_with_care(&disk.folder()).unwrap().database;
    let id = opened(&database, "text").unwrap();
    database.keep_deed(id, &accept(1)).unwrap();
    let ballast = fill(&disk.folder());
    // The log may have room left for some; then one is refused.
    let mut kept = 1;
    let message = loop {
        match database.keep_deed(id, &accept(kept + 1)) {
            Ok(_) => kept += 1,
            Err(error) => break error.to_string(),
        }
        assert!(kept < 10_000, "the disk is not full");
    };
    assert!(message.contains("is full; make room on it") && message.contains("proviso.sqlite"), "{message}");
    assert_eq!(database.deeds(id).unwrap().done.len(), kept);
    assert!(database.back_up().is_err());
    assert!(database.backups().is_empty());
    drop(database);

    // It can be opened all the same, at least to be read.
    let again = Database::open_with_care(&disk.folder()).unwrap();
    assert_eq!(again.database.deeds(id).unwrap().done.len(), kept);
    drop(again);
    fs::remove_file(ballast).unwrap();
    let again = Database::open_with_care(&disk.folder()).unwrap();
    assert_eq!(again.notice, None);
    again.database.keep_deed(id, &accept(77)).unwrap();
    assert_eq!(again.database.deeds(id).unwrap().done.len(), kept + 1);
    assert!(again.database.faults().unwrap().is_empty());
    again.database.back_up().unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_to_shows_what_was_decided() {
    let Some(disk) = Disk::new(4, "a_folder_that_cannot_be_written_to_shows_what_was_decided") else {
        return;
    };
    let database = Database::open_with_care(&disk.folder()).unwrap().database;
    let id = opened(&database, "text").unwrap();
    database.keep_deed(id, &accept(1)).unwrap();
    database.back_up().unwrap();
    drop(database);
    disk.make_read_only();
    let again = Database::open_with_care(&disk.folder()).unwrap();
    let notice = again.notice.unwrap();
    let folder = disk.folder().display().to_string();
    assert!(notice.contains(&folder) && notice.contains("Read-only file system"), "{notice}");
    let database = again.database;
    assert!(database.is_read_only() && !database.needs_backup());
    assert_eq!(database.deeds(id).unwrap().done, [accept(1)]);
    assert_eq!(database.overview().unwrap().len(), 1);
    assert_eq!(database.backups().len(), 1);
    for message in [
        database.keep_deed(id, &accept(2)).unwrap_err().to_string(),
        opened(&database, "other").unwrap_err().to_string(),
    ] {
        assert!(message.contains("cannot be written to") && message.contains(&folder), "{message}");
    }
}

#[test]
fn what_a_killed_program_left_in_the_log_is_not_passed_over_in_a_folder_that_cannot_be_written_to() {
    let test =
        "what_a_killed_program_left_in_the_log_is_not_passed_over_in_a_folder_that_cannot_be_written_to";
    let Some(disk) = Disk::new(4, test) else { return };
    let living = tempfile::tempdir().unwrap();
    let database = Database::open(living.path()).unwrap();
    let id = opened(&database, "text").unwrap();
    database.keep_deed(id, &accept(1)).unwrap();
    fs::create_dir(disk.folder()).unwrap();
    for name in ["proviso.sqlite", "proviso.sqlite-wal"] {
        fs::copy(living.path().join(name), disk.folder().join(name)).unwrap();
    }
    disk.make_read_only();
    match Database::open_with_care(&disk.folder()) {
        Ok(again) => assert_eq!(again.database.deeds(id).unwrap().done, [accept(1)]),
        Err(error) => assert!(error.to_string().contains("proviso.sqlite"), "{error}"),
    }
}
