//! A model larger than memory: some layers stay, the others are read from the disk while layers before them compute.
//!
//! Windows go through the model layer by layer, a group of them at a time: each layer is read once for all windows of a group,
//! so with enough windows the disk is not waited for. (Sheng et al., FlexGen, arXiv 2303.06865, schedule a model's generation in
//! such blocks; an encoder has no cache to keep, so nothing but the streams of the windows is held between two layers.)

mod layers;
mod model;
mod read_ahead;
mod together;

pub(crate) use layers::is_resident;
pub use model::{OffloadSettings, OffloadedModel, OnDisk};
pub(crate) use read_ahead::{LayerReader, ReadAhead};
