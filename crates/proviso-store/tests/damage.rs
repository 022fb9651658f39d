//! The database, its log, its backups and the preferences with damage anywhere: what can be saved is there, what cannot be is refused
//! with an error that names the file, and nothing is deleted.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_core::{Anchor, Deed, Finding, Sha256Hex, TextRange, Topic};
use proviso_hostile::{Kind, damaged, seeds};
use proviso_store::{
    ContractId, Database, OpenedRecord, Preferences, PreferencesFile, QueueChange, QueueEntry, QueueState,
    ReadingRecord, StoreError, Theme,
};

const DATABASE: &str = "proviso.sqlite";

fn sha(digit: u32) -> Sha256Hex {
    format!("{digit:x}").repeat(64).parse().unwrap()
}

fn accept(start: usize) -> Deed {
    let clause = Anchor { topic: Topic::named("Insurance"), range: TextRange::new(start, start + 5) };
    Deed::Accept { clause }
}

/// Fills a database with contracts, readings, decisions and a queue.
fn fill(database: &Database, contracts: u32) -> Vec<ContractId> {
    let text = "The Supplier keeps insurance. ".repeat(200);
    let entries = (1..=contracts).map(|id| QueueEntry {
        id,
        path: format!("/deals/{id}.pdf"),
        place: i64::from(id),
        state: QueueState::Waiting,
        reason: None,
        windows: None,
        seconds: None,
    });
    database.keep_queue(&QueueChange { entries: entries.collect(), ..QueueChange::default() }).unwrap();
    let keep = |number: u32| {
        let (sha256, path) = (sha(number), format!("/deals/{number}.pdf"));
        let opened = OpenedRecord { sha256: &sha256, path: &path, pages: 2, text: Some(&text) };
        let id = database.keep_contract(&opened).unwrap();
        let finding = |at: usize| Finding {
            topic: Topic::named("Insurance"),
            range: TextRange::new(30 * at, 30 * at + 29),
            confidence: 0.5,
            answer: Some("Yes".into()),
        };
        let findings = (0..40).map(finding).collect();
        let reading = ReadingRecord { run: "{}".into(), windows: 3, findings };
        database.keep_reading(id, "mini", &reading, Some(&text)).unwrap();
        (0..6).for_each(|start| drop(database.keep_deed(id, &accept(start)).unwrap()));
        id
    };
    (1..=contracts).map(keep).collect()
}

/// A person's folder as it lies on the disk while the program is used: the database, its log with what was not written back, and a
/// backup of an earlier state.
fn folder_in_use() -> (tempfile::TempDir, Vec<ContractId>) {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fill(&Database::open(folder.path()).unwrap(), 2);
    let database = Database::open(folder.path()).unwrap();
    database.back_up().unwrap();
    let contracts = fill(&database, 6);
    copy_folder(folder.path(), copy.path());
    assert!(fs::metadata(copy.path().join("proviso.sqlite-wal")).unwrap().len() > 10_000);
    (copy, contracts)
}

/// Copies a folder's files, and those of the folders in it.
fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

/// What became of folders.
#[derive(Debug, Default)]
struct Tally {
    as_it_was: usize,
    repaired: usize,
    refused: usize,
}

fn names_the_file(error: &StoreError) {
    assert!(error.to_string().contains(DATABASE) || error.to_string().contains("backups"), "{error}");
}

/// Opens a folder, reads everything, and keeps something new.
fn try_folder(folder: &Path, contracts: &[ContractId], tally: &mut Tally) {
    let opened = match Database::open_with_care(folder) {
        Ok(opened) => opened,
        Err(error) => {
            names_the_file(&error);
            assert!(folder.join(DATABASE).exists(), "what is refused stays where it is");
            tally.refused += 1;
            return;
        }
    };
    match &opened.notice {
        None => tally.as_it_was += 1,
        Some(notice) => {
            assert!(notice.contains("damaged") && notice.contains("proviso.damaged-"), "{notice}");
            let aside = |name: &str| name.starts_with("proviso.damaged-") && name.ends_with(".sqlite");
            let mut names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(names.any(|name| aside(&name.to_string_lossy())), "it was kept");
            tally.repaired += 1;
        }
    }
    let database = opened.database;
    let _ = database.overview().inspect_err(names_the_file);
    let _ = database.queue().inspect_err(names_the_file);
    let _ = database.faults().inspect_err(names_the_file);
    for id in contracts {
        let _ = database.reading(*id, "mini").inspect_err(names_the_file);
        let _ = database.deeds(*id).inspect_err(names_the_file);
    }
    for backup in database.backups() {
        let _ = database.restore(&backup.name).inspect_err(names_the_file);
    }
    let _ = database.keep_deed(contracts[0], &accept(99)).inspect_err(names_the_file);
}

fn damage(path: &Path, seed: u64) {
    fs::write(path, damaged(Kind::Binary, &fs::read(path).unwrap(), seed)).unwrap();
}

/// The files of a person's folder that hold something.
fn files(folder: &Path) -> [PathBuf; 3] {
    let backups = fs::read_dir(folder.join("backups")).unwrap().map(|entry| entry.unwrap().path());
    let backup = backups.filter(|path| path.extension().is_some_and(|ending| ending == "sqlite")).max();
    [folder.join(DATABASE), folder.join("proviso.sqlite-wal"), backup.unwrap()]
}

#[test]
fn a_damaged_folder_is_repaired_or_refused() {
    let (whole, contracts) = folder_in_use();
    let mut tally = Tally::default();
    for seed in seeds("a person's folder", 45) {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(whole.path(), folder.path());
        // Now one of them, now several.
        for (number, path) in files(folder.path()).iter().enumerate() {
            if seed % 3 == number as u64 || seed % 7 == 0 {
                damage(path, seed);
            }
        }
        try_folder(folder.path(), &contracts, &mut tally);
    }
    println!("damaged folders: {tally:?}");
    assert!(tally.as_it_was > 0 && tally.repaired > 0, "{tally:?}");
}

#[test]
fn a_changed_byte_in_the_head_of_the_database_is_told_or_does_no_harm() {
    let (whole, contracts) = folder_in_use();
    drop(Database::open(whole.path()).unwrap());
    let mut tally = Tally::default();
    for at in 0..100 {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(whole.path(), folder.path());
        let path = folder.path().join(DATABASE);
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= if at % 2 == 0 { 0x01 } else { 0xff };
        fs::write(&path, bytes).unwrap();
        try_folder(folder.path(), &contracts, &mut tally);
    }
    println!("changed bytes in the head: {tally:?}");
    assert!(tally.as_it_was > 0 && tally.repaired > 0, "{tally:?}");
}

#[test]
fn a_layout_that_its_tables_contradict_is_damage() {
    for layout in [0, 2] {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        fill(&database, 2);
        database.back_up().unwrap();
        drop(database);
        // The head's place for the number of the layout.
        let path = folder.path().join(DATABASE);
        let mut bytes = fs::read(&path).unwrap();
        bytes[60..64].copy_from_slice(&[0, 0, 0, layout]);
        fs::write(&path, bytes).unwrap();
        let opened = Database::open_with_care(folder.path()).unwrap();
        assert!(opened.notice.unwrap().contains("the backup of"), "it is not changed to what it is already");
        assert_eq!(opened.database.overview().unwrap().len(), 2);
    }
}

#[test]
fn damaged_preferences_are_repaired_or_put_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = PreferencesFile::in_folder(folder.path());
    let chosen = Preferences {
        theme: Theme::Dark,
        threads: Some(3),
        memory_budget_mb: Some(500),
        thresholds: [("Insurance".to_owned(), 0.25), ("Parties".to_owned(), 0.5)].into(),
        model: Some("ours".into()),
        ..Preferences::default()
    };
    file.save(&chosen).unwrap();
    let path = folder.path().join("preferences.json");
    let whole = fs::read(&path).unwrap();
    let mut understood = 0;
    for seed in seeds("preferences", 300) {
        fs::write(&path, damaged(Kind::Text, &whole, seed)).unwrap();
        let mut loaded = file.load().unwrap();
        assert!(loaded.preferences.repair().is_empty(), "what is in force is possible");
        if path.exists() {
            understood += 1;
        } else {
            assert!(loaded.notice.unwrap().contains("preferences.damaged-"));
        }
        for entry in fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
            fs::remove_file(entry).unwrap();
        }
    }
    assert!(understood > 0);
}
