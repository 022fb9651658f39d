//! The queue at the workbench: read one after another, cut off, gone on with, and by one window only.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use proviso_app::{
    Workbench,
    view::{
        FindingView, Preferences, QueueAction, QueueEntryView, QueueMove, QueueStage, QueueUpdate,
        ReadProgress, Speed,
    },
};

use crate::{program::contract, workbench::workbench};

/// Long enough for a reading on a busy computer; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(240);

pub(crate) const SHORT: &str = "services-two-column.pdf";
const LONG: &str = "supply-long.pdf";

/// What a window knows of the queue by what it was told.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) entries: Vec<QueueEntryView>,
    pub(crate) last: Option<QueueUpdate>,
    /// Every stage of a contract at which it was seen, in their order.
    way: Vec<(u32, QueueStage)>,
}

pub(crate) struct Window {
    pub(crate) bench: Workbench,
    pub(crate) seen: Arc<(Mutex<Seen>, Condvar)>,
}

impl Window {
    pub(crate) fn open(folder: &Path) -> Self {
        let bench = workbench(folder);
        let seen = Arc::new((Mutex::new(Seen::default()), Condvar::new()));
        let told = Arc::clone(&seen);
        bench.listen_to_queue(move |update| {
            told.0.lock().unwrap().take(update);
            told.1.notify_all();
            true
        });
        Self { bench, seen }
    }

    pub(crate) fn add(&self, paths: &[PathBuf]) -> Vec<u32> {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        self.bench.add_to_queue(&paths).unwrap()
    }

    pub(crate) fn act(&self, action: QueueAction) {
        self.bench.change_queue(action).unwrap();
    }

    /// Waits until what was told fulfils a condition.
    fn until<T>(&self, what: &str, is: impl Fn(&Seen) -> Option<T>) -> T {
        let mut seen = self.seen.0.lock().unwrap();
        loop {
            if let Some(found) = is(&seen) {
                return found;
            }
            let (again, timeout) = self.seen.1.wait_timeout(seen, PATIENCE).unwrap();
            assert!(!timeout.timed_out(), "{what}: {:?}", again.entries);
            seen = again;
        }
    }

    fn until_all_are(&self, stage: QueueStage) {
        self.until("all of a stage", |seen| {
            seen.entries.iter().all(|entry| entry.stage == stage).then_some(())
        });
    }

    fn until_reading(&self, id: u32, windows: u32) {
        self.until("a reading", |seen| {
            let entry = seen.entry(id)?;
            let done = entry.progress.filter(|_| entry.stage == QueueStage::Reading)?.windows_done;
            (done >= windows).then_some(())
        });
    }

    fn stages(&self) -> Vec<(u32, QueueStage)> {
        self.seen.0.lock().unwrap().entries.iter().map(|entry| (entry.id, entry.stage)).collect()
    }

    /// What was found in a contract that was read.
    fn findings(&self, path: &Path) -> Vec<FindingView> {
        let id = self.bench.open(path, None, &|_| {}).unwrap().id;
        self.bench.known_reading(id).unwrap().expect("a contract that was read").findings
    }
}

impl Seen {
    fn take(&mut self, update: QueueUpdate) {
        self.entries.retain(|entry| !update.removed.contains(&entry.id));
        for entry in &update.entries {
            if self.way.last() != Some(&(entry.id, entry.stage)) {
                self.way.push((entry.id, entry.stage));
            }
            match self.entries.iter_mut().find(|known| known.id == entry.id) {
                Some(known) => *known = entry.clone(),
                None => self.entries.push(entry.clone()),
            }
        }
        if let Some(order) = &update.order {
            let place = |entry: &QueueEntryView| order.iter().position(|id| *id == entry.id);
            self.entries.sort_by_key(place);
            assert_eq!(order.len(), self.entries.len(), "the order names every contract that was told");
        }
        assert_eq!(update.state.total as usize, self.entries.len());
        self.last = Some(update);
    }

    fn entry(&self, id: u32) -> Option<&QueueEntryView> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

/// A contract with other bytes and the same text.
pub(crate) fn copy(of: &str, folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let mut bytes = fs::read(contract(of)).unwrap();
    bytes.extend_from_slice(format!("\n% {name}\n").as_bytes());
    fs::write(&path, bytes).unwrap();
    path
}

fn journals(folder: &Path) -> usize {
    fs::read_dir(folder.join("begun")).map_or(0, Iterator::count)
}

/// A finding but for where it is open.
fn said(findings: &[FindingView]) -> Vec<(String, u32, u32, u32, Option<String>)> {
    let said = |finding: &FindingView| {
        let FindingView { category, start, end, confidence, answer, .. } = finding.clone();
        (category, start, end, confidence.to_bits(), answer)
    };
    findings.iter().map(said).collect()
}

#[test]
fn contracts_are_read_one_after_another_and_each_failure_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path());
    let files = [SHORT, "not-a-pdf.pdf", "consulting-encrypted.pdf", "lease-with-scan.pdf"].map(contract);
    let ids = window.add(&files);
    let stages = window.until("the end", |seen| {
        (seen.last.as_ref()?.state.waiting == 0)
            .then(|| seen.entries.iter().map(|entry| entry.stage).collect::<Vec<_>>())
    });
    use QueueStage::{Done, Locked, OpenFailed, Opening, Reading, Waiting};
    assert_eq!(stages, [Done, OpenFailed, Locked, Done]);
    let seen = window.seen.0.lock().unwrap();
    let message = seen.entry(ids[1]).unwrap().message.clone().unwrap();
    assert!(message.contains("not-a-pdf.pdf"), "{message}");
    let way: Vec<_> = seen.way.iter().filter(|(id, _)| *id == ids[0]).map(|(_, stage)| *stage).collect();
    assert_eq!(way, [Waiting, Opening, Reading, Done]);
    let state = seen.last.as_ref().unwrap().state.clone();
    assert_eq!((state.total, state.done, state.failed, state.seconds_left), (4, 2, 1, None));
    drop(seen);
    assert_eq!(journals(folder.path()), 0, "what is kept needs no journal");
    assert!(!window.findings(&files[0]).is_empty());

    // One that a password protects is read when it is opened with it.
    window.bench.open(&files[2], Some("proviso"), &|_| {}).unwrap();
    window.act(QueueAction::Retry { id: ids[2] });
    window.until("the protected one", |seen| (seen.entry(ids[2])?.stage == Done).then_some(()));
    window.act(QueueAction::RetryFailed);
    window.until("the second failure", |seen| {
        let tried = seen.way.iter().filter(|step| **step == (ids[1], OpenFailed)).count();
        (tried == 2).then_some(())
    });
    drop(window);
    assert_eq!(Window::open(folder.path()).stages().len(), 4);
}

#[test]
fn a_paused_queue_stays_paused_over_a_restart_and_its_order_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path());
    window.act(QueueAction::Pause);
    let files: Vec<_> = (1..=4).map(|n| copy(SHORT, folder.path(), &format!("{n}.pdf"))).collect();
    let ids = window.add(&files);
    window.act(QueueAction::Move { id: ids[3], to: QueueMove::Front });
    window.act(QueueAction::Move { id: ids[0], to: QueueMove::Later });
    window.act(QueueAction::Cancel { id: ids[2] });
    window.act(QueueAction::Show { id: Some(ids[0]) });
    let stages = window.stages();
    use QueueStage::{Cancelled, Waiting};
    assert_eq!(stages, [(ids[3], Waiting), (ids[1], Waiting), (ids[0], Waiting), (ids[2], Cancelled)]);
    drop(window);

    let window = Window::open(folder.path());
    assert_eq!(window.stages(), stages);
    window.act(QueueAction::Resume);
    window.until("the end", |seen| (seen.last.as_ref()?.state.waiting == 0).then_some(()));
    let seen = window.seen.0.lock().unwrap();
    let done = seen.way.iter().filter(|(_, stage)| *stage == QueueStage::Done).map(|(id, _)| *id);
    assert_eq!(done.collect::<Vec<_>>(), [ids[0], ids[3], ids[1]], "the one in view is read first");
}

#[test]
fn a_reading_that_is_cut_off_at_any_pass_finds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let fast = Preferences { speed: Speed::Fast, ..Preferences::default() };
    let bench = workbench(folder.path());
    bench.save_preferences(fast).unwrap();
    let whole = copy(SHORT, folder.path(), "whole.pdf");
    let id = bench.open(&whole, None, &|_| {}).unwrap().id;
    let total = Mutex::new(0);
    let expected = bench.read(id, &|progress| *total.lock().unwrap() = progress.windows_total).unwrap();
    let total = total.into_inner().unwrap();
    assert!(total > 5);
    for cut in 1..total {
        let path = copy(SHORT, folder.path(), &format!("cut-{cut}.pdf"));
        let id = bench.open(&path, None, &|_| {}).unwrap().id;
        let cancel = |done| {
            if done == cut {
                bench.cancel(id);
            }
        };
        let outcome = bench.read(id, &|progress| cancel(progress.windows_done));
        // A window that is under way beside it may be the last one.
        if outcome.is_err() {
            assert_eq!(journals(folder.path()), 1, "cut at {cut}");
        }
        let reading = bench.read(id, &|_| {}).unwrap();
        assert_eq!(said(&reading.findings), said(&expected.findings), "cut at {cut}");
        assert_eq!(journals(folder.path()), 0);
    }
}

#[test]
fn what_was_read_before_a_restart_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path());
    let path = copy(LONG, folder.path(), "long.pdf");
    let id = window.add(std::slice::from_ref(&path))[0];
    window.until_reading(id, 10);
    drop(window);
    assert_eq!(journals(folder.path()), 1);

    let window = Window::open(folder.path());
    let begun = |progress: &ReadProgress| progress.windows_done > 0;
    let first = window.until("the next report", |seen| seen.entry(id)?.progress.filter(begun));
    // The time left is told from the first window on that had to be computed.
    assert_eq!(first.seconds_left, None, "it began with {first:?}");
    window.until_all_are(QueueStage::Done);
    let findings = window.findings(&path);
    drop(window);

    let other = tempfile::tempdir().unwrap();
    let window = Window::open(other.path());
    window.add(std::slice::from_ref(&path));
    window.until_all_are(QueueStage::Done);
    assert_eq!(said(&window.findings(&path)), said(&findings));
}

#[test]
fn a_contract_is_cancelled_or_taken_out_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path());
    let files = ["a.pdf", "b.pdf"].map(|name| copy(LONG, folder.path(), name));
    let ids = window.add(&files);
    window.until_reading(ids[0], 1);
    // A contract that is shown and closed again is read all the same.
    let open = window.bench.open(&files[0], None, &|_| {}).unwrap();
    assert!(window.bench.known_reading(open.id).unwrap().is_none());
    window.bench.close(open.id);
    window.act(QueueAction::Cancel { id: ids[0] });
    assert_eq!(window.stages()[0], (ids[0], QueueStage::Cancelled), "at once");
    window.until_reading(ids[1], 1);
    assert_eq!(journals(folder.path()), 2, "what was cancelled can be gone on with");
    window.act(QueueAction::Remove { id: ids[1] });
    assert_eq!(window.stages(), [(ids[0], QueueStage::Cancelled)]);
    window.act(QueueAction::Retry { id: ids[0] });
    window.until_all_are(QueueStage::Done);
    assert_eq!(journals(folder.path()), 0, "nothing is left of what was taken out");
}

#[test]
fn a_contract_that_is_open_in_the_window_is_read_there() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path());
    let path = copy(SHORT, folder.path(), "a.pdf");
    let open = window.bench.open(&path, None, &|_| {}).unwrap();
    assert!(window.bench.known_reading(open.id).unwrap().is_none());
    window.add(std::slice::from_ref(&path));
    window.until_all_are(QueueStage::Done);
    let reading = window.bench.known_reading(open.id).unwrap().unwrap();
    assert_eq!(reading.document_id, open.id);
    assert!(!reading.plan[0].contains("before"), "{:?}", reading.plan);
    // In another setting it is not known.
    let fast = Preferences { speed: Speed::Fast, ..Preferences::default() };
    window.bench.save_preferences(fast).unwrap();
    assert!(window.bench.known_reading(open.id).unwrap().is_none());
}

#[test]
fn only_one_window_works_off_the_queue_that_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let first = Window::open(folder.path());
    first.act(QueueAction::Pause);
    let path = copy(SHORT, folder.path(), "a.pdf");
    first.add(std::slice::from_ref(&path));
    let second = Window::open(folder.path());
    assert!(second.stages().is_empty());
    let notice = second.bench.preferences().notice.unwrap();
    assert!(notice.contains("Another window"), "{notice}");
    // It reads what it is given, and that is kept; its queue is not.
    let other = copy(SHORT, folder.path(), "b.pdf");
    second.add(std::slice::from_ref(&other));
    second.until_all_are(QueueStage::Done);
    drop(second);
    assert_eq!(first.stages().len(), 1);
    assert!(!first.findings(&other).is_empty());
    drop(first);
    let third = Window::open(folder.path());
    assert_eq!(third.stages().len(), 1);
    assert_eq!(third.bench.preferences().notice, None);
}
