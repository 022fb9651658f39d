//! Files that are whole or not there, also after a crash or a power cut: [`write_whole`] writes beside the place and renames,
//! [`sync_folder`] lets a new name last.
//!
//! Nothing here knows what is in a file.

mod folder;
mod unfinished;
mod whole;

pub use folder::sync_folder;
pub use whole::{Readers, write_whole};
