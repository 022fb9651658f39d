//! The weights of an encoder's parts as named arrays, to be written to files and filled from them.

use proviso_kernels::{Stored, StoredArray};

/// An array with its name within a file.
pub(crate) struct NamedArray<'a> {
    pub name: String,
    pub array: StoredArray<'a>,
}

/// Collects the arrays of parts under the names of the parts.
#[derive(Default)]
pub(crate) struct Arrays<'a>(Vec<NamedArray<'a>>);

impl<'a> Arrays<'a> {
    /// Adds the arrays of a part.
    pub fn add(&mut self, name: &str, part: &'a mut dyn Stored) {
        let named = part.arrays().into_iter();
        self.0.extend(named.map(|array| NamedArray { name: format!("{name}.{}", array.part), array }));
    }

    /// All that were added, in their order.
    pub fn into_all(self) -> Vec<NamedArray<'a>> {
        self.0
    }
}
