//! A process that works off its queue, killed at random moments: each contract that it told to be read is kept as read with its
//! findings, none that was added is missing, and what was cut off in the middle finds the same in the end. `PROVISO_KILLS` says how
//! often; a few times in every run of the tests.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::ChildStdout,
    thread,
    time::Duration,
};

use proviso_app::view::{Preferences, QueueStage, Speed};
use proviso_store::{Database, QueueState};

use crate::{
    kill::{Random, kills, say, start},
    queue::{SHORT, copy},
    workbench::workbench,
};

/// The folder of the process that is killed.
const FOLDER: &str = "PROVISO_QUEUE_KILLED_IN";
/// Contracts of a queue. They have the same text, so that the same has to be found in all of them.
const CONTRACTS: usize = 6;
/// What the process says when everything is read.
const END: &str = "end";

/// What the kills showed.
#[derive(Debug, Default)]
struct Figures {
    kills: u64,
    queues_read_to_their_end: u64,
    contracts_told_to_be_read: usize,
    /// Kills after which a contract was begun and not read to its end.
    within_a_contract: u64,
}

#[test]
fn what_was_acknowledged_of_a_queue_outlasts_kills() {
    let (kills, seed) = (kills(6), Random::seed());
    let mut random = Random::of(seed);
    let mut figures = Figures::default();
    while figures.kills < kills {
        let folder = prepared();
        let mut told = BTreeSet::new();
        let mut ended = false;
        while !ended && figures.kills < kills {
            ended = killed_once(folder.path(), &mut told, &mut random, &mut figures);
        }
        figures.contracts_told_to_be_read += told.len();
        figures.queues_read_to_their_end += u64::from(ended);
    }
    let text = format!("kill -9 of a queue (seed {seed}): {figures:?}\n");
    io::stderr().write_all(text.as_bytes()).unwrap();
}

fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("contracts")).unwrap();
    for number in 0..CONTRACTS {
        copy(SHORT, &folder.path().join("contracts"), &format!("{number}.pdf"));
    }
    folder
}

/// Starts the process, kills it, and looks at what is left. Answers whether everything was read.
fn killed_once(
    folder: &Path,
    told: &mut BTreeSet<String>,
    random: &mut Random,
    figures: &mut Figures,
) -> bool {
    let environment = [(FOLDER, folder.as_os_str())];
    let (mut child, mut lines) = start("kill_queue::the_process_whose_queue_is_killed", &environment);
    // At least a contract's beginning is waited for, so that the queue gets on.
    let patience = told.len() + random.below(3) as usize;
    let (mut added, mut ended) = (false, false);
    while told.len() < patience && !ended && hear(&mut lines, told, &mut added, &mut ended) {}
    if !ended {
        thread::sleep(Duration::from_millis(random.below(1500)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    while hear(&mut lines, told, &mut added, &mut ended) {}
    figures.kills += 1;
    figures.within_a_contract += u64::from(begun(folder));
    look_at(folder, told, added, ended);
    ended
}

fn begun(folder: &Path) -> bool {
    fs::read_dir(folder.join("data/begun")).is_ok_and(|mut entries| entries.next().is_some())
}

/// Takes in the next line; false at the end of what was said.
fn hear(
    lines: &mut BufReader<ChildStdout>,
    told: &mut BTreeSet<String>,
    added: &mut bool,
    ended: &mut bool,
) -> bool {
    let mut line = String::new();
    if lines.read_line(&mut line).unwrap() == 0 {
        return false;
    }
    // A line that the kill cut off was not said.
    let Some(line) = line.strip_suffix('\n') else { return false };
    if let Some(path) = line.strip_prefix("read ") {
        told.insert(path.to_owned());
    }
    *added |= line == "added";
    *ended |= line == END;
    true
}

/// What is kept has to be sound, and to hold everything that was told.
fn look_at(folder: &Path, told: &BTreeSet<String>, added: bool, ended: bool) {
    let opened = Database::open_with_care(&folder.join("data")).unwrap();
    assert_eq!(opened.notice, None);
    assert_eq!(opened.database.faults().unwrap(), Vec::<String>::new());
    let queue = opened.database.queue().unwrap().entries;
    assert!(queue.is_empty() || queue.len() == CONTRACTS, "added together: {queue:?}");
    assert!(!added || queue.len() == CONTRACTS, "{queue:?}");
    let overview = opened.database.overview().unwrap();
    let mut found = Vec::new();
    for entry in &queue {
        let is_done = entry.state == QueueState::Done;
        assert!(is_done || (entry.state == QueueState::Waiting && !told.contains(&entry.path)), "{entry:?}");
        if is_done {
            let contract = overview.iter().find(|contract| contract.path == entry.path).unwrap();
            found.push(opened.database.contents(contract.id, 0.0).unwrap().unwrap().findings.unwrap());
        }
    }
    assert!(!ended || found.len() == CONTRACTS);
    assert!(
        found.iter().all(|findings| findings.len() > 10 && *findings == found[0]),
        "the same text was read"
    );
}

#[test]
#[ignore = "the process that is killed, which the test above starts"]
fn the_process_whose_queue_is_killed() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let bench = workbench(&folder.join("data"));
    bench.save_preferences(Preferences { speed: Speed::Fast, ..Preferences::default() }).unwrap();
    bench.listen_to_queue(|update| {
        for entry in update.entries.iter().filter(|entry| entry.stage == QueueStage::Done) {
            say(&format!("read {}", entry.path));
        }
        if update.state.done as usize == CONTRACTS {
            say(END);
        }
        true
    });
    let files: Vec<String> = proviso_app::pdf_files(&[folder.join("contracts")])
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    bench.add_to_queue(&files).unwrap();
    say("added");
    thread::park();
}
