//! Passes of a contract that were made before the program was cut off, so that they are not made again.

#[cfg(test)]
mod damage;
mod journal;
mod journalled;
mod shelf;

pub(crate) use journal::PassJournal;
pub(crate) use journalled::Journalled;
pub(crate) use shelf::JournalShelf;
