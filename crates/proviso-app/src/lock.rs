//! Locks whose content outlives a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for a lock. What is behind the locks here stays whole when a holder panics: every change is a single assignment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
