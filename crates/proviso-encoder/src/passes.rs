//! The passes of a text, made when their turn comes.

use crate::{Pass, Window};

/// Passes by their number.
pub trait Passes: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// The pass of that number, which is below [`len`](Self::len).
    fn get(&self, index: usize) -> Pass<'_>;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The windows of a text, asked nothing.
#[derive(Debug, Clone, Copy)]
pub struct TextWindows<'a> {
    /// The text's tokens.
    pub ids: &'a [u32],
    /// Its windows.
    pub windows: &'a [Window],
}

impl Passes for TextWindows<'_> {
    fn len(&self) -> usize {
        self.windows.len()
    }

    fn get(&self, index: usize) -> Pass<'_> {
        self.windows[index].tokens(self.ids).into()
    }
}

/// Some of other passes, in an order of their own.
pub struct Chosen<'a> {
    /// The passes among which is chosen.
    pub all: &'a dyn Passes,
    /// The numbers of those that are chosen.
    pub indices: &'a [usize],
}

impl Passes for Chosen<'_> {
    fn len(&self) -> usize {
        self.indices.len()
    }

    fn get(&self, index: usize) -> Pass<'_> {
        self.all.get(self.indices[index])
    }
}
