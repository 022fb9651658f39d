//! Results handed out in the order of the passes.

use std::collections::BTreeMap;

use crate::Logits;

/// Keeps the results of passes that are made before their turn, and hands each out when all before it are there.
pub(crate) struct InTurn<F> {
    waiting: BTreeMap<usize, Logits>,
    handed_out: usize,
    on_logits: F,
}

impl<F: FnMut(usize, &Logits)> InTurn<F> {
    pub fn new(on_logits: F) -> Self {
        Self { waiting: BTreeMap::new(), handed_out: 0, on_logits }
    }

    /// The result of the pass of that number.
    pub fn take(&mut self, index: usize, logits: Logits) {
        self.waiting.insert(index, logits);
        while let Some(logits) = self.waiting.remove(&self.handed_out) {
            (self.on_logits)(self.handed_out, &logits);
            self.handed_out += 1;
        }
    }

    /// How many were handed out.
    pub fn handed_out(&self) -> usize {
        self.handed_out
    }
}
