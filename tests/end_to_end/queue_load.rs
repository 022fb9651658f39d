//! Thousands of contracts in one queue, and what a window asks meanwhile: what memory they take, whether the last are read as fast as
//! the first, how long an answer takes, how soon a cancelled contract lets go, and what is told of those that cannot be read.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use proviso_app::view::{Preferences, QueueAction, QueueEntryView, QueueStage, Speed};
use serde_json::{Value, json};

use crate::queue::{Seen, Window};

/// What a process needed at most of memory, in MB.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

/// How many contracts are cancelled while they are read, and taken up again.
const CANCELLED: usize = 20;

/// Contracts of which nothing more is to be done for now.
fn over(seen: &Seen) -> usize {
    seen.last.as_ref().map_or(0, |last| (last.state.total - last.state.waiting) as usize)
}

impl Window {
    /// Waits for something, however long that takes.
    fn patiently<T>(&self, is: impl Fn(&Seen) -> Option<T>) -> T {
        let mut seen = self.seen.0.lock().unwrap();
        loop {
            if let Some(found) = is(&seen) {
                return found;
            }
            seen = self.seen.1.wait(seen).unwrap();
        }
    }

    /// Cancels what is being read, and takes it up again. Answers with the milliseconds until another had its turn.
    fn cancel_and_retry(&self) -> f64 {
        let id = self.patiently(|seen| {
            seen.entries.iter().find(|entry| entry.stage == QueueStage::Reading).map(|entry| entry.id)
        });
        let begin = Instant::now();
        self.act(QueueAction::Cancel { id });
        self.patiently(|seen| {
            let at_work = |entry: &&QueueEntryView| {
                entry.id != id && matches!(entry.stage, QueueStage::Opening | QueueStage::Reading)
            };
            seen.entries.iter().find(at_work).map(|_| ())
        });
        let taken = milliseconds(begin);
        self.act(QueueAction::Retry { id });
        taken
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// How long each kind of question took, in milliseconds.
#[derive(Default)]
struct Answers(BTreeMap<&'static str, Vec<f64>>);

impl Answers {
    fn time<T>(&mut self, what: &'static str, question: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let answer = question();
        self.0.entry(what).or_default().push(milliseconds(begin));
        answer
    }

    /// What a window asks as somebody works in it: the list, the matrix, a contract that was read, another one in view.
    fn ask(&mut self, window: &Window, round: usize) {
        self.time("the whole queue", || window.bench.listen_to_queue(|_| false));
        let done: Vec<(u32, String)> = {
            let seen = window.seen.0.lock().unwrap();
            let done = seen.entries.iter().filter(|entry| entry.stage == QueueStage::Done);
            done.map(|entry| (entry.id, entry.path.clone())).collect()
        };
        if let Some((id, path)) = done.get(round * 7919 % done.len().max(1)) {
            self.time("another contract in view", || window.act(QueueAction::Show { id: Some(*id) }));
            let open = self.time("opening a contract", || window.bench.open(Path::new(path), None, &|_| {}));
            let open = open.unwrap().id;
            self.time("its reading", || window.bench.known_reading(open).unwrap().unwrap());
            self.time("closing it", || window.bench.close(open));
        }
        if round.is_multiple_of(10) {
            self.time("the matrix", || window.bench.matrix().unwrap());
        }
    }

    fn report(&self) -> Value {
        let of = |times: &Vec<f64>| {
            let mut sorted = times.clone();
            sorted.sort_by(f64::total_cmp);
            let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize].round();
            json!({"asked": sorted.len(), "median_ms": at(0.5), "of_100_the_99th_ms": at(0.99), "longest_ms": at(1.0)})
        };
        self.0.iter().map(|(what, times)| ((*what).to_owned(), of(times))).collect()
    }
}

/// Closes the window and opens another one. Answers with the milliseconds in which that makes its first matrix, of so many contracts.
fn first_matrix(window: Window, data: &Path, contracts: usize) -> f64 {
    drop(window);
    let window = Window::open(data);
    let begin = Instant::now();
    let matrix = window.bench.matrix().unwrap();
    let taken = milliseconds(begin);
    assert_eq!(matrix.rows.iter().filter(|row| row.is_read).count(), contracts);
    taken
}

/// Reads a folder of contracts through the queue. `PROVISO_QUEUE/measured.json` says what was seen.
#[test]
#[ignore = "takes an hour, and a folder of contracts that PROVISO_QUEUE names"]
fn many_contracts_are_measured() {
    let folder = PathBuf::from(std::env::var_os("PROVISO_QUEUE").unwrap());
    let files = proviso_app::pdf_files(std::slice::from_ref(&folder));
    // What is compared: the first and the last hundred, or the thirds of a short queue.
    let part = (files.len() / 3).min(100);
    let data = tempfile::tempdir().unwrap();
    let window = Window::open(data.path());
    window.bench.save_preferences(Preferences { speed: Speed::Fast, ..Preferences::default() }).unwrap();
    let (begin, ended) = (Instant::now(), AtomicBool::new(false));
    let mut answers = Answers::default();
    answers.time("adding all", || window.add(&files));
    let mut marks = Vec::new();
    let mut cancelling = Vec::new();
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            for round in 0.. {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                answers.ask(&window, round);
                thread::sleep(Duration::from_millis(500));
            }
        });
        for goal in [part, files.len() - part, files.len()] {
            if goal == files.len() - part {
                for step in 1..=CANCELLED {
                    let next = part + (goal - part) * step / (CANCELLED + 1);
                    window.patiently(|seen| (over(seen) >= next).then_some(()));
                    cancelling.push(window.cancel_and_retry());
                }
            }
            window.patiently(|seen| (over(seen) >= goal).then_some(()));
            marks.push((begin.elapsed().as_secs_f64(), peak_memory()));
        }
        ended.store(true, Ordering::Relaxed);
        asking.join().unwrap();
    });
    let pace = |contracts: usize, seconds: f64| (contracts as f64 * 60.0 / seconds * 10.0).round() / 10.0;
    let failed: Vec<QueueEntryView> = {
        let seen = window.seen.0.lock().unwrap();
        let is_failed = |entry: &&QueueEntryView| entry.stage == QueueStage::OpenFailed;
        seen.entries.iter().filter(is_failed).cloned().collect()
    };
    let first_matrix = first_matrix(window, data.path(), files.len() - failed.len());
    let report = json!({
        "contracts": files.len(),
        "seconds": marks[2].0.round(),
        "first_and_last": part,
        "peak_mb_after_the_first": marks[0].1.round(),
        "peak_mb_after_all": marks[2].1.round(),
        "first_a_minute": pace(part, marks[0].0),
        "between_a_minute": pace(files.len() - 2 * part, marks[1].0 - marks[0].0),
        "last_a_minute": pace(part, marks[2].0 - marks[1].0),
        "answers": answers.report(),
        "first_matrix_after_a_start_ms": first_matrix.round(),
        "cancelled": cancelling.len(),
        "longest_until_cancelled_ms": cancelling.iter().copied().fold(0.0, f64::max).round(),
        "failed": failed.len(),
        "database_mb": (fs::metadata(data.path().join("proviso.sqlite")).unwrap().len() as f64 / 1e6).round(),
    });
    let text = serde_json::to_string_pretty(&report).unwrap();
    fs::write(folder.join("measured.json"), &text).unwrap();
    // Each failure is told with its file, and none but the files that were made to fail.
    let is_broken = |path: &str| path.contains("broken");
    let broken = files.iter().filter(|path| is_broken(&path.to_string_lossy())).count();
    assert_eq!(failed.len(), broken, "{text}");
    for entry in &failed {
        let message = entry.message.as_deref().unwrap_or_default();
        assert!(is_broken(&entry.path) && message.contains(&entry.file_name), "{}: {message}", entry.path);
    }
    assert!(marks[2].1 < 1.3 * marks[0].1, "memory grows with the queue: {text}");
}
