//! A process that decides, exports and adds to its queue, killed at random moments: everything that it acknowledged is there, the database
//! is sound, and every exported file is whole. `PROVISO_KILLS` says how often; a few times in every run of the tests.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

use calamine::{Xlsx, open_workbook};
use proviso_app::view::{ExportFormat, Preferences, QueueAction, ReviewAction, Speed};
use proviso_core::Deed;
use proviso_export::write_file;
use proviso_store::Database;

use crate::{program::contract, workbench::workbench};

const CONTRACT: &str = "services-two-column.pdf";
/// The folder of the process that is killed.
const FOLDER: &str = "PROVISO_KILLED_IN";
/// Makes what a process does its own.
const SEED: &str = "PROVISO_KILLED_SEED";
/// Kills after which another folder is begun, so that reviews do not grow without end.
const A_FOLDER: u64 = 50;
/// Deeds before which a process is killed.
const DEEDS: u64 = 25;

const EXPORTS: [(ExportFormat, &str); 6] = [
    (ExportFormat::Findings, "table.csv"),
    (ExportFormat::Workbook, "book.xlsx"),
    (ExportFormat::Json, "clauses.json"),
    (ExportFormat::Calendar, "dates.ics"),
    (ExportFormat::Receipt, "receipt.json"),
    (ExportFormat::AnnotatedPdf, "copy.pdf"),
];

/// Numbers that are as good as random (Marsaglia's xorshift).
pub(crate) struct Random(u64);

/// How many kills `PROVISO_KILLS` asks for.
pub(crate) fn kills(usual: u64) -> u64 {
    env::var("PROVISO_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

impl Random {
    /// The seed that a person names, or another one in each run.
    pub(crate) fn seed() -> u64 {
        env::var(SEED).map_or_else(|_| u64::from(std::process::id()) + 1, |seed| seed.parse().unwrap())
    }

    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// What is kept, as far as a process acknowledged it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Kept {
    done: Vec<String>,
    undone: Vec<String>,
    queue: Vec<String>,
}

impl Kept {
    /// What a line of the process does, once it is done.
    fn after(&self, line: &str) -> Self {
        let mut kept = self.clone();
        match line.split_once(' ').unwrap_or((line, "")) {
            ("note", text) => {
                kept.done.push(text.to_owned());
                kept.undone.clear();
            }
            ("undo", _) => kept.undone.splice(..0, kept.done.pop()).for_each(drop),
            ("redo", _) if !kept.undone.is_empty() => kept.done.push(kept.undone.remove(0)),
            ("queue", path) => kept.queue.push(path.to_owned()),
            _ => {}
        }
        kept
    }

    /// What is in the database, which has to be sound and as it was left.
    fn found(data: &Path) -> Self {
        let opened = Database::open_with_care(data).unwrap();
        assert_eq!(opened.notice, None);
        assert_eq!(opened.database.faults().unwrap(), Vec::<String>::new());
        let texts = |deeds: Vec<Deed>| deeds.into_iter().map(text).collect();
        let [contract] = <[_; 1]>::try_from(opened.database.overview().unwrap()).unwrap();
        let queue = opened.database.queue().unwrap().entries.into_iter().map(|entry| entry.path).collect();
        let deeds = opened.database.deeds(contract.id).unwrap();
        Self { done: texts(deeds.done), undone: texts(deeds.undone), queue }
    }
}

fn text(deed: Deed) -> String {
    match deed {
        Deed::Note { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

/// What the kills showed.
#[derive(Debug, Default)]
struct Figures {
    kills: u64,
    while_starting: u64,
    acknowledged: BTreeMap<String, u64>,
    in_the_middle: u64,
    of_these_kept: u64,
    left_beside_exports: usize,
}

#[test]
fn what_was_acknowledged_outlasts_kills() {
    let (kills, seed) = (kills(10), Random::seed());
    let mut random = Random::of(seed);
    let mut figures = Figures::default();
    while figures.kills < kills {
        let folder = prepared();
        let mut kept = Kept::default();
        for _ in 0..A_FOLDER.min(kills - figures.kills) {
            kept = killed_once(folder.path(), &kept, &mut random, &mut figures);
        }
        let exports = folder.path().join("exports");
        figures.left_beside_exports += left_beside(&exports);
        // The next export takes them away.
        write_file(&exports.join("last.csv"), b"").unwrap();
        assert_eq!(left_beside(&exports), 0);
    }
    let told = format!("kill -9 (seed {seed}): {figures:?}\n");
    io::stderr().write_all(told.as_bytes()).unwrap();
    assert!(figures.acknowledged.values().sum::<u64>() > kills, "hardly anything was done: {figures:?}");
}

/// A folder with a contract that was read and decided about never.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("exports")).unwrap();
    fs::copy(contract(CONTRACT), folder.path().join("contract.pdf")).unwrap();
    let bench = workbench(&folder.path().join("data"));
    bench.save_preferences(Preferences { speed: Speed::Fast, ..Preferences::default() }).unwrap();
    let id = bench.open(&folder.path().join("contract.pdf"), None, &|_| {}).unwrap().id;
    bench.read(id, &|_| {}).unwrap();
    folder
}

/// Starts a test of this program, one that is ignored, as a process of its own. What it says can be heard.
pub(crate) fn start(test: &str, environment: &[(&str, &OsStr)]) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap());
    (child, told)
}

fn killed_once(folder: &Path, before: &Kept, random: &mut Random, figures: &mut Figures) -> Kept {
    let seed = (random.below(u64::MAX) | 1).to_string();
    let environment = [(FOLDER, folder.as_os_str()), (SEED, OsStr::new(&seed))];
    let (mut child, mut told) = start("kill::the_process_that_is_killed", &environment);
    let (mut kept, mut begun, mut acknowledged) = (before.clone(), None, 0);
    let starting = random.below(8) == 0;
    if starting {
        thread::sleep(Duration::from_millis(random.below(500)));
    } else {
        let deeds = random.below(DEEDS);
        while acknowledged < deeds && hear(&mut told, &mut kept, &mut begun, figures) {
            acknowledged += u64::from(begun.is_none());
        }
        thread::sleep(Duration::from_micros(random.below(6_000)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    while hear(&mut told, &mut kept, &mut begun, figures) {}

    figures.kills += 1;
    figures.while_starting += u64::from(starting);
    let found = Kept::found(&folder.join("data"));
    match begun {
        Some(line) if found != kept => {
            assert_eq!(found, kept.after(&line), "killed in the middle of `{line}`");
            figures.in_the_middle += 1;
            figures.of_these_kept += 1;
        }
        begun => {
            assert_eq!(found, kept);
            figures.in_the_middle += u64::from(begun.is_some());
        }
    }
    exports_are_whole(folder);
    found
}

/// Takes in the next line; false at the end of what was said.
fn hear(
    told: &mut BufReader<ChildStdout>,
    kept: &mut Kept,
    begun: &mut Option<String>,
    figures: &mut Figures,
) -> bool {
    let mut line = String::new();
    if told.read_line(&mut line).unwrap() == 0 {
        return false;
    }
    // A line that the kill cut off was not said.
    let Some(line) = line.strip_suffix('\n') else { return false };
    if let Some(deed) = line.strip_prefix("begin ") {
        *begun = Some(deed.to_owned());
    } else if line == "done" {
        let deed = begun.take().unwrap();
        let kind = deed.split(' ').next().unwrap_or_default().to_owned();
        *figures.acknowledged.entry(kind).or_default() += 1;
        *kept = kept.after(&deed);
    }
    true
}

/// Each file that is there is a whole one, the old or the new.
fn exports_are_whole(folder: &Path) {
    let original = fs::read(folder.join("contract.pdf")).unwrap();
    for (format, name) in EXPORTS {
        let path = folder.join("exports").join(name);
        let Ok(bytes) = fs::read(&path) else { continue };
        let is_whole = match format {
            ExportFormat::Findings => {
                let mut rows = csv::Reader::from_reader(&bytes[3..]);
                bytes.ends_with(b"\r\n") && rows.records().all(|row| row.is_ok())
            }
            ExportFormat::Workbook => open_workbook::<Xlsx<_>, _>(&path).is_ok(),
            ExportFormat::Json | ExportFormat::Receipt => {
                serde_json::from_slice::<serde_json::Value>(&bytes).is_ok()
            }
            ExportFormat::Calendar => bytes.ends_with(b"END:VCALENDAR\r\n"),
            _ => bytes.starts_with(&original) && bytes.trim_ascii_end().ends_with(b"%%EOF"),
        };
        assert!(is_whole, "{name} is half of one");
    }
}

/// Files that exports began and never finished; they have names of their own.
fn left_beside(exports: &Path) -> usize {
    let names = fs::read_dir(exports).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".proviso-")).count()
}

#[test]
#[ignore = "the process that is killed, which the test above starts"]
fn the_process_that_is_killed() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let seed: u64 = env::var(SEED).unwrap().parse().unwrap();
    let mut random = Random(seed);
    let bench = workbench(&folder.join("data"));
    // What is added does not lie there.
    bench.change_queue(QueueAction::Pause).unwrap();
    let id = bench.open(&folder.join("contract.pdf"), None, &|_| {}).unwrap().id;
    let findings = bench.read(id, &|_| {}).unwrap().findings;
    for number in 0_u64.. {
        match random.below(10) {
            0..=4 => {
                let finding = findings[random.below(findings.len() as u64) as usize].id;
                let text = format!("{seed}-{number}");
                say(&format!("begin note {text}"));
                bench.review(id, &ReviewAction::Note { finding, text }).unwrap();
            }
            5 => {
                say("begin undo");
                bench.undo_review(id).unwrap();
            }
            6 => {
                say("begin redo");
                bench.redo_review(id).unwrap();
            }
            7 => {
                let path = format!("/deals/{seed}-{number}.pdf");
                say(&format!("begin queue {path}"));
                bench.add_to_queue(&[path]).unwrap();
            }
            _ => {
                let (format, name) = EXPORTS[random.below(EXPORTS.len() as u64) as usize];
                say(&format!("begin export {name}"));
                bench.export(id, format, &folder.join("exports").join(name)).unwrap();
            }
        }
        say("done");
    }
}

/// A line past the test runner, at once.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
