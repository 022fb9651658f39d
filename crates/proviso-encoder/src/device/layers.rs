//! The layers of a stack, wherever they are: on the device, in main memory, or on the disk.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{DeviceError, layer::Layer, target::Target, unpacked_layer::UnpackedLayer};
use crate::{
    Cancelled, EncoderError,
    offload::{LayerReader, ReadAhead, is_resident},
    packed::PackedFolder,
};

/// Layers on the device that others are brought into: one is used while the next is brought.
const SLOTS: usize = 2;

/// The layers of a stack.
pub(super) enum Layers {
    /// All on the device.
    Here(Vec<Layer>),
    /// Of a packed model, some of them. One batch is read at a time.
    Spread(Box<Mutex<Spread>>),
}

/// Layers on the device, and what brings the others.
pub(super) struct Spread {
    target: Target,
    on_device: Vec<Option<Layer>>,
    ahead: ReadAhead<ToDevice>,
}

/// How many layers of a packed model stay where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceOffload {
    /// Layers that stay on the device.
    pub on_device: usize,
    /// Layers of the others that stay in main memory; what is left is read from the disk.
    pub resident: usize,
    /// The most windows that the device computes at once. Of a larger group the others wait in main memory between two layers.
    pub at_once: usize,
}

/// Brings layers to the device.
struct ToDevice {
    folder: Arc<PackedFolder>,
    target: Target,
    resident: Vec<Option<UnpackedLayer>>,
    /// What layers from the disk pass through, once there was one.
    passing: Option<UnpackedLayer>,
    verified: Vec<bool>,
}

impl LayerReader for ToDevice {
    type Memory = Option<Layer>;
    type Error = DeviceError;

    fn read(&mut self, index: usize, memory: &mut Option<Layer>) -> Result<(), DeviceError> {
        // The device need not hold the old one beside the new one.
        *memory = None;
        let unpacked = match &self.resident[index] {
            Some(layer) => layer,
            None => {
                let passing = self.passing.get_or_insert_with(|| shaped(&self.folder));
                passing.fill(&self.folder, index, !self.verified[index])?;
                self.verified[index] = true;
                passing
            }
        };
        *memory = Some(Layer::of(unpacked, &self.target, self.folder.architecture())?);
        // With CUDA each thread has a queue of its own: the layer must be there before another uses it.
        Ok(self.target.device.synchronize()?)
    }
}

impl Layers {
    /// Loads the layers of a packed model that are to stay on the device or in main memory, each kind evenly spread, so that there
    /// is time to bring the others between them.
    ///
    /// # Errors
    /// If a file is missing, was changed, is not of this model, or cannot be read, or the device has no room.
    pub(super) fn spread(
        folder: &Arc<PackedFolder>,
        target: &Target,
        offload: DeviceOffload,
    ) -> Result<Self, DeviceError> {
        let count = folder.layers();
        let (on_device, others): (Vec<usize>, Vec<usize>) =
            (0..count).partition(|index| is_resident(*index, offload.on_device, count));
        let mut passing = shaped(folder);
        let mut loaded: Vec<Option<Layer>> = (0..count).map(|_| None).collect();
        for index in on_device {
            passing.fill(folder, index, true)?;
            loaded[index] = Some(Layer::of(&passing, target, folder.architecture())?);
        }
        let passing = (others.len() > offload.resident).then_some(passing);
        let mut resident: Vec<Option<UnpackedLayer>> = (0..count).map(|_| None).collect();
        for (place, index) in others.iter().enumerate() {
            if is_resident(place, offload.resident.min(others.len()), others.len()) {
                let mut layer = shaped(folder);
                layer.fill(folder, *index, true)?;
                resident[*index] = Some(layer);
            }
        }
        target.device.synchronize()?;
        let slots = (0..SLOTS.min(others.len())).map(|_| None).collect();
        let reader = ToDevice {
            folder: Arc::clone(folder),
            target: target.clone(),
            resident,
            passing,
            verified: vec![false; count],
        };
        let ahead = ReadAhead::begin(folder.layer_paths(), reader, others, slots)?;
        Ok(Self::Spread(Box::new(Mutex::new(Spread { target: target.clone(), on_device: loaded, ahead }))))
    }

    /// The layers for one run through them.
    pub(super) fn begin(&self) -> Run<'_> {
        match self {
            Self::Here(layers) => Run::Here(layers),
            // A panic leaves slots that are filled before they are used.
            Self::Spread(spread) => Run::Spread(spread.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

/// A layer of zeros, to be filled.
fn shaped(folder: &PackedFolder) -> UnpackedLayer {
    UnpackedLayer::shaped(folder.precision(), folder.architecture())
}

/// A run through the layers.
pub(super) enum Run<'a> {
    Here(&'a [Layer]),
    Spread(MutexGuard<'a, Spread>),
}

impl Run<'_> {
    /// Uses a layer, which is waited for if it is still on its way.
    ///
    /// # Errors
    /// If it cannot be brought, or the use fails.
    pub(super) fn with<T>(
        &mut self,
        index: usize,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        work: impl FnOnce(&Layer) -> Result<T, DeviceError>,
    ) -> Result<Result<T, Cancelled>, DeviceError> {
        let spread = match self {
            Self::Here(layers) => return work(&layers[index]).map(Ok),
            Self::Spread(spread) => &mut **spread,
        };
        if let Some(layer) = &spread.on_device[index] {
            return work(layer).map(Ok);
        }
        let slot = match spread.ahead.take(index, is_cancelled)? {
            Ok(slot) => slot,
            Err(cancelled) => return Ok(Err(cancelled)),
        };
        let result = match &slot {
            Some(layer) => work(layer),
            None => Err(EncoderError::Device("a layer did not arrive".into()).into()),
        };
        // Before the slot is filled anew, the device must have done what it was given.
        let finished = spread.target.device.synchronize();
        spread.ahead.used(slot);
        finished?;
        result.map(Ok)
    }
}
