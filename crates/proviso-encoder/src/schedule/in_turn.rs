//! Results handed out in the order of the windows.

use std::collections::BTreeMap;

use crate::{SpanLogits, Window};

/// Keeps the results of windows that are read before their turn, and hands each out when all before it are there.
pub(crate) struct InTurn<'a, F> {
    windows: &'a [Window],
    waiting: BTreeMap<usize, SpanLogits>,
    handed_out: usize,
    on_window: F,
}

impl<'a, F: FnMut(Window, &SpanLogits)> InTurn<'a, F> {
    pub fn new(windows: &'a [Window], on_window: F) -> Self {
        Self { windows, waiting: BTreeMap::new(), handed_out: 0, on_window }
    }

    /// The result of the window at `index`.
    pub fn take(&mut self, index: usize, logits: SpanLogits) {
        self.waiting.insert(index, logits);
        while let Some(logits) = self.waiting.remove(&self.handed_out) {
            (self.on_window)(self.windows[self.handed_out], &logits);
            self.handed_out += 1;
        }
    }

    /// Whether every window was handed out.
    pub fn is_complete(&self) -> bool {
        self.handed_out == self.windows.len()
    }
}
