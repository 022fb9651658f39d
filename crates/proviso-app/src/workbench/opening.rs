//! Files that are being opened, so that window and queue do not take the text out of the same one twice.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, PoisonError},
};

use crate::lock::lock;

/// The files that are being opened.
#[derive(Default)]
pub(super) struct Opening {
    paths: Mutex<BTreeSet<PathBuf>>,
    left: Condvar,
}

/// A file that is being opened by who holds this, and by nobody else.
pub(super) struct OpeningOf<'a> {
    opening: &'a Opening,
    path: PathBuf,
}

impl Opening {
    /// Waits until nobody else opens the file.
    pub fn of(&self, path: &Path) -> OpeningOf<'_> {
        let mut paths = lock(&self.paths);
        while paths.contains(path) {
            paths = self.left.wait(paths).unwrap_or_else(PoisonError::into_inner);
        }
        paths.insert(path.to_owned());
        OpeningOf { opening: self, path: path.to_owned() }
    }
}

impl Drop for OpeningOf<'_> {
    fn drop(&mut self) {
        lock(&self.opening.paths).remove(&self.path);
        self.opening.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use super::*;

    #[test]
    fn a_file_is_opened_by_one_at_a_time_and_others_meanwhile() {
        let opening = Opening::default();
        let (within, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let other = opening.of(Path::new("other.pdf"));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _of = opening.of(Path::new("a.pdf"));
                        most.fetch_max(within.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::yield_now();
                        within.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        drop(other);
        assert_eq!(most.into_inner(), 1);
    }
}
