//! Backups made, kept, restored, and put in the place of a damaged database.

use proviso_core::{Anchor, Deed, TextRange, Topic};

use super::*;
use crate::{
    ContractId,
    contracts::tests::{opened, sha},
};

fn accept(start: usize) -> Deed {
    let clause = Anchor { topic: Topic::named("Insurance"), range: TextRange::new(start, start + 5) };
    Deed::Accept { clause }
}

/// A database with a contract and so many decisions.
fn decided(folder: &Path, deeds: usize) -> (Database, ContractId) {
    let database = Database::open(folder).unwrap();
    let id = database.keep_contract(&opened(&sha('a'), "/a.pdf", "text")).unwrap();
    (0..deeds).for_each(|start| drop(database.keep_deed(id, &accept(start)).unwrap()));
    (database, id)
}

#[test]
fn a_backup_is_complete_in_itself_and_says_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 3);
    assert!(database.needs_backup(), "there is none");
    database.back_up().unwrap();
    assert!(!database.needs_backup());
    let [backup] = &database.backups()[..] else { panic!("{:?}", database.backups()) };
    assert_eq!((backup.contracts, backup.decisions, backup.before_restoring), (1, 3, false));
    assert!((now() - backup.made_at).abs() < DAY);
    let alone = folder.path().join("elsewhere");
    fs::create_dir(&alone).unwrap();
    fs::copy(database.backups_folder().join(&backup.name), alone.join("proviso.sqlite")).unwrap();
    let copy = Database::open(&alone).unwrap();
    assert_eq!(copy.faults().unwrap(), Vec::<String>::new());
    assert_eq!(copy.contents(id, 0.0).unwrap().unwrap().deeds.done.len(), 3);
}

#[test]
fn many_deeds_make_one_due_and_so_does_a_clock_that_was_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 1);
    database.back_up().unwrap();
    for _ in 0..DEEDS / 2 {
        assert!(!database.needs_backup());
        database.keep_deed(id, &accept(1)).unwrap();
        database.undo_deed(id).unwrap();
    }
    assert!(database.needs_backup());
    database.back_up().unwrap();
    assert!(!database.needs_backup());
    let later = Name { number: 9, made_at: now() + 40 * DAY, cause: Cause::Usual }.in_words().unwrap();
    let newest = database.backups_folder().join(&database.backups()[0].name);
    fs::copy(newest, database.backups_folder().join(later)).unwrap();
    assert!(database.needs_backup(), "the last one lies in the future");
    database.back_up().unwrap();
    assert!(!database.needs_backup());
    assert!(database.backups()[0].name.starts_with("000010-"), "{:?}", database.backups());
}

#[test]
fn restoring_brings_back_what_was_and_keeps_what_is() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 2);
    database.back_up().unwrap();
    let backup = database.backups()[0].name.clone();
    database.keep_deed(id, &accept(7)).unwrap();
    database.keep_contract(&opened(&sha('b'), "/b.pdf", "text")).unwrap();
    database.restore(&backup).unwrap();
    assert_eq!(database.deeds(id).unwrap().done.len(), 2);
    assert_eq!(database.overview().unwrap().len(), 1);
    // It is used as before, over a restart too.
    database.keep_deed(id, &accept(8)).unwrap();
    drop(database);
    let database = Database::open(folder.path()).unwrap();
    assert_eq!(database.deeds(id).unwrap().done, [accept(0), accept(1), accept(8)]);
    assert_eq!(database.faults().unwrap(), Vec::<String>::new());
    // What was there before is a backup like any other.
    let before = database.backups().into_iter().find(|backup| backup.before_restoring).unwrap();
    assert_eq!((before.contracts, before.decisions), (2, 3));
    database.restore(&before.name).unwrap();
    assert_eq!(database.deeds(id).unwrap().done, [accept(0), accept(1), accept(7)]);
}

#[test]
fn what_cannot_be_restored_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 2);
    database.back_up().unwrap();
    let name = database.backups()[0].name.clone();
    for missing in ["000077-2026-11-30-091502.sqlite", "../proviso.sqlite", ""] {
        let refused = database.restore(missing).unwrap_err();
        assert!(matches!(refused, StoreError::NoBackup { .. }), "{refused}");
    }
    let other = Database::open(folder.path()).unwrap();
    let refused = database.restore(&name).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    drop(other);
    let path = database.backups_folder().join(&name);
    damage(&path);
    let refused = database.restore(&name).unwrap_err();
    assert!(refused.is_damage() && refused.to_string().contains(&name), "{refused}");
    assert_eq!(database.deeds(id).unwrap().done.len(), 2);
    assert_eq!(fs::read_dir(database.backups_folder()).unwrap().count(), 2, "the backup and the lock");
}

#[test]
fn an_older_layout_is_backed_up_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = Database::path_in(folder.path());
    let old = Connection::open(&path).unwrap();
    for layout in &crate::database::LAYOUTS[..2] {
        old.execute_batch(layout).unwrap();
    }
    old.pragma_update(None, "user_version", 2).unwrap();
    let sql = "INSERT INTO contract (sha256, path, pages, text, added_at, opened_at) VALUES (?1, ?1, 1, 't', 5, ?2)";
    for (name, opened_at) in [("newer", 9), ("older", 6)] {
        old.execute(sql, rusqlite::params![name, opened_at]).unwrap();
    }
    drop(old);
    let database = Database::open_with_care(folder.path()).unwrap().database;
    let order = |database: &Database| {
        database.overview().unwrap().into_iter().map(|contract| contract.path).collect::<Vec<_>>()
    };
    assert_eq!(order(&database), ["newer", "older"]);
    let [backup] = &database.backups()[..] else { panic!("{:?}", database.backups()) };
    database.keep_contract(&opened(&sha('a'), "/a.pdf", "text")).unwrap();
    database.restore(&backup.name).unwrap();
    assert_eq!(order(&database), ["newer", "older"]);
    assert_eq!(layout(&database.connection()).unwrap(), crate::database::LAYOUTS.len() as u32);
}

#[test]
fn a_copy_that_was_interrupted_is_removed_with_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (database, _) = decided(folder.path(), 1);
    fs::create_dir(database.backups_folder()).unwrap();
    let unfinished = database.backups_folder().join(".backup-x1y2z3.sqlite");
    fs::write(&unfinished, "half").unwrap();
    assert!(database.backups().is_empty());
    database.back_up().unwrap();
    assert!(!unfinished.exists());
    assert_eq!(database.backups().len(), 1);
}

/// Overwrites the middle of a database.
fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let (from, to) = (bytes.len() / 4, bytes.len() / 4 * 3);
    bytes[from..to].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_database_is_set_aside_and_the_newest_sound_backup_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 2);
    database.back_up().unwrap();
    database.keep_deed(id, &accept(7)).unwrap();
    database.back_up().unwrap();
    let newest = database.backups_folder().join(&database.backups()[0].name);
    drop(database);
    damage(&newest);
    let path = Database::path_in(folder.path());
    damage(&path);
    let damaged = fs::read(&path).unwrap();

    let opened = Database::open_with_care(folder.path()).unwrap();
    let notice = opened.notice.unwrap();
    assert!(notice.contains("the backup of 20") && notice.contains("took its place"), "{notice}");
    let aside = notice.split('`').nth(1).unwrap();
    assert_eq!(fs::read(aside).unwrap(), damaged, "nothing of it is lost");
    assert_eq!(opened.database.deeds(id).unwrap().done, [accept(0), accept(1)]);
    assert_eq!(opened.database.faults().unwrap(), Vec::<String>::new());
    drop(opened.database);
    assert_eq!(Database::open_with_care(folder.path()).unwrap().notice, None, "it is said once");
}

#[test]
fn without_a_backup_a_new_database_is_begun() {
    for (text, is_new) in
        [("a letter to a client, longer than the header of a page would be", true), ("", false)]
    {
        let folder = tempfile::tempdir().unwrap();
        fs::write(Database::path_in(folder.path()), text).unwrap();
        let opened = Database::open_with_care(folder.path()).unwrap();
        assert!(opened.database.overview().unwrap().is_empty());
        let notice = opened.notice.unwrap_or_default();
        assert_eq!(notice.contains("no backup, so that a new one was begun"), is_new, "{notice}");
        if is_new {
            assert_eq!(fs::read_to_string(notice.split('`').nth(1).unwrap()).unwrap(), text);
        }
    }
}

#[test]
fn an_empty_file_where_there_are_backups_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (database, id) = decided(folder.path(), 2);
    database.back_up().unwrap();
    drop(database);
    fs::write(Database::path_in(folder.path()), "").unwrap();
    let opened = Database::open_with_care(folder.path()).unwrap();
    assert!(opened.notice.unwrap().contains("took its place"));
    assert_eq!(opened.database.deeds(id).unwrap().done.len(), 2);
}

#[test]
fn a_damaged_database_that_another_program_uses_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (database, _) = decided(folder.path(), 2);
    let path = Database::path_in(folder.path());
    database.connection().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    damage(&path);
    let refused = Database::open_with_care(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    assert!(path.exists());
}
