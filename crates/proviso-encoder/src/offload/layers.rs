//! The layers of a model, wherever they are.

use std::{ops::Deref, sync::Arc};

use super::read_ahead::{LayerReader, ReadAhead};
use crate::{
    Cancelled, EncoderError,
    engine::{Layer, Stem},
    packed::PackedFolder,
};

/// Memory that layers are read into: one layer is used while the next is read.
const SLOTS: usize = 2;

/// Some layers in memory, the others on the disk.
pub(super) struct Layers {
    resident: Vec<Option<Layer>>,
    ahead: ReadAhead<FromDisk>,
}

/// Reads layers from their files into the memory of others.
struct FromDisk {
    folder: Arc<PackedFolder>,
    /// A file is checked when it is read for the first time; its later bytes are the same ones.
    verified: Vec<bool>,
}

impl LayerReader for FromDisk {
    type Memory = Layer;
    type Error = EncoderError;

    fn read(&mut self, index: usize, memory: &mut Layer) -> Result<(), EncoderError> {
        self.folder.fill(index, memory.arrays(), !self.verified[index])?;
        self.verified[index] = true;
        Ok(())
    }
}

/// A layer that can be used.
enum Lease<'a> {
    Resident(&'a Layer),
    Read(Box<Layer>),
}

impl Deref for Lease<'_> {
    type Target = Layer;

    fn deref(&self) -> &Layer {
        match self {
            Self::Resident(layer) => layer,
            Self::Read(layer) => layer,
        }
    }
}

impl Layers {
    /// Loads as many layers as are to stay in memory, evenly spread, so that there is time to read the others between them.
    ///
    /// # Errors
    /// If a file is missing, was changed, is not of this model, or cannot be read.
    pub fn load(folder: &Arc<PackedFolder>, stem: &Stem, resident: usize) -> Result<Self, EncoderError> {
        let count = folder.layers();
        let stays: Vec<bool> = (0..count).map(|index| is_resident(index, resident, count)).collect();
        let order: Vec<usize> = (0..count).filter(|index| !stays[*index]).collect();
        let memory = (0..SLOTS.min(order.len())).map(|_| folder.shaped_layer(stem)).collect();
        let reader = FromDisk { folder: Arc::clone(folder), verified: vec![false; count] };
        let ahead = ReadAhead::begin(folder.layer_paths(), reader, order, memory)?;
        let resident = (0..count).map(|index| stays[index].then(|| folder.layer(index, stem)).transpose());
        Ok(Self { resident: resident.collect::<Result<_, _>>()?, ahead })
    }

    /// Uses a layer, which is waited for if it is still being read.
    ///
    /// # Errors
    /// If it cannot be read, the disk does not answer, or the use fails.
    pub fn with<T>(
        &mut self,
        index: usize,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        work: impl FnOnce(&Layer) -> Result<T, EncoderError>,
    ) -> Result<Result<T, Cancelled>, EncoderError> {
        let lease = match &self.resident[index] {
            Some(layer) => Lease::Resident(layer),
            None => match self.ahead.take(index, is_cancelled)? {
                Ok(layer) => Lease::Read(Box::new(layer)),
                Err(cancelled) => return Ok(Err(cancelled)),
            },
        };
        let result = work(&lease);
        if let Lease::Read(layer) = lease {
            self.ahead.used(*layer);
        }
        result.map(Ok)
    }
}

/// Whether a layer is among `resident` ones that are spread evenly over `count`.
pub(crate) fn is_resident(index: usize, resident: usize, count: usize) -> bool {
    (index + 1) * resident / count > index * resident / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_that_stay_are_spread_evenly() {
        for count in [1, 3, 24] {
            for resident in 0..=count {
                let stays: Vec<bool> = (0..count).map(|index| is_resident(index, resident, count)).collect();
                assert_eq!(stays.iter().filter(|stays| **stays).count(), resident);
            }
        }
        let stays: Vec<usize> = (0..24).filter(|index| is_resident(*index, 6, 24)).collect();
        assert_eq!(stays, [3, 7, 11, 15, 19, 23]);
    }
}
