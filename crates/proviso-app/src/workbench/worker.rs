//! The thread that works off the queue.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, Weak},
    thread::{self, JoinHandle},
};

use super::{Inner, line::Line};
use crate::{lock::lock, queue::Outcome};

/// Works off the queue until it is dropped.
pub(super) struct Worker {
    line: Arc<Line>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Worker {
    pub fn start(line: &Arc<Line>, inner: &Arc<Inner>) -> Self {
        // It keeps nothing alive that its owner lets go.
        let (its_line, inner) = (Arc::clone(line), Arc::downgrade(inner));
        let thread = thread::spawn(move || work(&its_line, &inner));
        Self { line: Arc::clone(line), thread: Mutex::new(Some(thread)) }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.line.end();
        if let Some(thread) = lock(&self.thread).take() {
            // It cannot panic but by a fault of the queue itself, which is then at its end anyway.
            let _ = thread.join();
        }
        self.line.let_go();
    }
}

fn work(line: &Line, inner: &Weak<Inner>) {
    while let Some(task) = line.next() {
        let Some(inner) = inner.upgrade() else { return };
        // A fault of one contract ends that contract only.
        let outcome = catch_unwind(AssertUnwindSafe(|| inner.take_turn(&task)));
        let outcome = outcome.unwrap_or_else(|_| {
            Some(Outcome::NotRead(format!("Proviso met an error of its own while it read `{}`", task.path)))
        });
        *lock(&inner.at_work) = None;
        line.finish(&inner.records, task.id, outcome.as_ref());
    }
}
