//! How far workers may run ahead of what has been handed out.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// Lets a worker begin a window only if few before it still wait for their turn: a worker that the system holds up would
/// otherwise let the others fill the memory.
pub(super) struct Gate {
    lead: usize,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    handed_out: usize,
    is_stopped: bool,
}

impl Gate {
    /// Windows may be begun while fewer than `lead` before them wait.
    pub fn new(lead: usize) -> Self {
        let state = State { handed_out: 0, is_stopped: false };
        Self { lead, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits until the window may be begun; `false` once all is to stop. The first window that was not handed out may
    /// always be begun, so somebody always goes on.
    pub fn enter(&self, window: usize) -> bool {
        let is_too_far = |state: &mut State| !state.is_stopped && window >= state.handed_out + self.lead;
        let state = self.changed.wait_while(self.state(), is_too_far);
        !state.unwrap_or_else(PoisonError::into_inner).is_stopped
    }

    /// One more window was handed out.
    pub fn hand_out(&self) {
        self.state().handed_out += 1;
        self.changed.notify_all();
    }

    /// Nobody begins a window any more.
    pub fn stop(&self) {
        self.state().is_stopped = true;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is a single assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops everybody when the thread that holds it panics, so that nobody waits for what never comes.
pub(super) struct StopOnPanic<'a>(pub &'a Gate);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}
