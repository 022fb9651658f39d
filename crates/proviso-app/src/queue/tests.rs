//! The rules of the queue.

use proviso_store::Database;

use super::*;

/// A queue that is kept, as the workbench does it.
struct Kept {
    queue: Queue,
    database: Database,
    folder: tempfile::TempDir,
}

impl Kept {
    fn with(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let mut kept = Self { queue: Queue::default(), database, folder };
        kept.put(|queue| queue.add(&paths(names)));
        kept
    }

    fn put(&mut self, wish: impl FnOnce(&Queue) -> QueueChange) {
        let change = wish(&self.queue);
        self.database.keep_queue(&change).unwrap();
        self.queue.apply(&change);
        assert_eq!(
            self.queue.entries(),
            self.database.queue().unwrap().entries,
            "what is kept is what there is"
        );
    }

    fn id(&self, name: &str) -> u32 {
        self.queue.ids(&paths(&[name]))[0]
    }

    fn restarted(self) -> Self {
        let Self { database, folder, .. } = self;
        drop(database);
        let database = Database::open(folder.path()).unwrap();
        Self { queue: Queue::of(database.queue().unwrap()), database, folder }
    }

    fn order(&self) -> Vec<&str> {
        self.queue.entries().iter().map(|entry| entry.path.as_str()).collect()
    }

    fn next(&self) -> Option<&str> {
        self.queue.next().map(|entry| entry.path.as_str())
    }

    fn state(&self, name: &str) -> QueueState {
        self.queue.entry(self.id(name)).unwrap().state
    }

    fn finish(&mut self, name: &str, outcome: &Outcome) {
        let id = self.id(name);
        self.put(|queue| queue.finish(id, outcome));
    }
}

fn paths(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const READ: Outcome = Outcome::Read { windows: 12, seconds: Some(0.5) };

#[test]
fn contracts_are_read_in_their_order_and_the_one_in_view_first() {
    let mut kept = Kept::with(&["a", "b", "c", "b"]);
    assert_eq!((kept.order(), kept.next()), (vec!["a", "b", "c"], Some("a")));
    let c = kept.id("c");
    kept.put(|queue| queue.show(Some(c)));
    assert_eq!(kept.next(), Some("c"));
    kept.finish("c", &READ);
    assert_eq!(kept.next(), Some("a"));
    kept.finish("a", &READ);
    kept.finish("b", &Outcome::Locked);
    assert_eq!(kept.next(), None);
    kept.put(|queue| queue.show(Some(99)));
    assert_eq!(kept.queue.in_view(), None, "nobody can look at what is not there");
}

#[test]
fn only_what_waits_is_moved_and_only_among_what_waits() {
    let mut kept = Kept::with(&["a", "b", "c", "d", "e"]);
    kept.finish("a", &READ);
    kept.finish("c", &Outcome::NotOpened("Damaged.".into()));
    let mut shift = |name: &str, to| {
        let id = kept.id(name);
        kept.put(|queue| queue.shift(id, to));
        kept.order().concat()
    };
    assert_eq!(shift("e", To::Front), "aecbd");
    assert_eq!(shift("e", To::Earlier), "aecbd", "it is the first already");
    assert_eq!(shift("e", To::Later), "abced");
    assert_eq!(shift("e", To::Later), "abcde");
    assert_eq!(shift("e", To::Later), "abcde", "it is the last already");
    assert_eq!(shift("d", To::Earlier), "adcbe");
    assert_eq!(shift("a", To::Later), "adcbe", "what was read stays where it is");
    assert_eq!(kept.restarted().order().concat(), "adcbe");
}

#[test]
fn pausing_lasts_over_a_restart() {
    let mut kept = Kept::with(&["a"]);
    kept.put(|queue| queue.pause(true));
    assert!(kept.queue.pause(true).is_empty());
    let mut kept = kept.restarted();
    assert_eq!((kept.queue.paused(), kept.next()), (true, None));
    kept.put(|queue| queue.pause(false));
    assert_eq!(kept.next(), Some("a"));
}

#[test]
fn what_is_cancelled_or_taken_out_while_it_is_read_stays_so() {
    let mut kept = Kept::with(&["a", "b"]);
    let (a, b) = (kept.id("a"), kept.id("b"));
    kept.put(|queue| queue.cancel(a));
    kept.finish("a", &READ);
    assert_eq!((kept.state("a"), kept.next()), (QueueState::Cancelled, Some("b")));
    kept.put(|queue| queue.show(Some(b)));
    kept.put(|queue| queue.remove(b));
    kept.put(|queue| queue.finish(b, &READ));
    assert_eq!((kept.order(), kept.next(), kept.queue.in_view()), (vec!["a"], None, None));
    assert!(kept.queue.cancel(a).is_empty() && kept.queue.remove(b).is_empty());
}

#[test]
fn what_failed_is_tried_again_alone_or_with_the_others() {
    let mut kept = Kept::with(&["a", "b", "c", "d"]);
    kept.finish("a", &Outcome::NotOpened("Damaged.".into()));
    kept.finish("b", &Outcome::NotRead("No text.".into()));
    kept.finish("c", &Outcome::Locked);
    kept.finish("d", &READ);
    let mut kept = kept.restarted();
    assert_eq!(kept.queue.entry(kept.id("a")).unwrap().reason.as_deref(), Some("Damaged."));
    kept.put(Queue::retry_failed);
    let states = ["a", "b", "c", "d"].map(|name| kept.state(name));
    use QueueState::{Done, Locked, Waiting};
    assert_eq!(states, [Waiting, Waiting, Locked, Done]);
    assert_eq!(kept.queue.entry(kept.id("a")).unwrap().reason, None);
    for name in ["c", "d", "a"] {
        let id = kept.id(name);
        kept.put(|queue| queue.retry(id));
        assert_eq!(kept.state(name), Waiting);
    }
    assert_eq!(kept.order().concat(), "abcd");
}

#[test]
fn what_is_added_again_is_tried_again_unless_it_was_read() {
    let mut kept = Kept::with(&["a", "b", "c"]);
    kept.finish("a", &READ);
    kept.finish("b", &Outcome::NotRead("No text.".into()));
    let c = kept.id("c");
    kept.put(|queue| queue.cancel(c));
    kept.put(|queue| queue.add(&paths(&["a", "b", "c", "d", "b"])));
    let states = ["a", "b", "c", "d"].map(|name| kept.state(name));
    use QueueState::{Done, Waiting};
    assert_eq!(states, [Done, Waiting, Waiting, Waiting]);
    assert_eq!(kept.order().concat(), "abcd");
}

#[test]
fn ids_are_not_used_again_while_the_program_runs() {
    let mut kept = Kept::with(&["a", "b"]);
    let b = kept.id("b");
    kept.put(|queue| queue.remove(b));
    kept.put(|queue| queue.add(&paths(&["c"])));
    assert!(kept.id("c") > b);
}
