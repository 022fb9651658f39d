//! Models whose parts lie in files of their own, packed for the kernels: a file a layer, one for what surrounds the layers,
//! and one for the embeddings of words, of which rows are read as they are needed.
//!
//! The files are safetensors, so any program can look into them; their tensors are the kernels' arrays
//! `[panels, rows, width, group]`. A file that was packed for other kernels than this processor's is rearranged when read.

mod array_file;
mod folder;
mod pack;
mod words;
mod write;

pub(crate) use folder::PackedFolder;
pub use pack::{Packing, PackingProgress};
pub(crate) use words::WordRows;
