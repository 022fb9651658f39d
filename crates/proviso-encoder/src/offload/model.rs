//! A model of which not all layers are in memory.

use std::sync::{Arc, Mutex, PoisonError};

use proviso_kernels::{Buffer, Output, buffer};

use super::{
    layers::Layers,
    together::{Group, Workers},
};
use crate::{
    Cancelled, EncoderError, Logits, ModelFolder, PassReader, Passes, Schedule, TextTokenizer,
    engine::{Linear, Stem, Step},
    frame::{Frame, Framed},
    packed::PackedFolder,
};

/// How much of a model is in memory, and how many windows go through it together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffloadSettings {
    /// Layers that stay in memory.
    pub resident: usize,
    /// Windows that go through each layer before the next one is needed.
    pub group: usize,
}

/// A packed model whose layers are partly on the disk. One text is read at a time.
pub struct OffloadedModel {
    stem: Stem,
    head: Linear,
    frame: Frame,
    group: usize,
    state: Mutex<State>,
}

struct State {
    layers: Layers,
    panel: Buffer,
}

/// An offloaded model with how its windows are run.
#[derive(Clone, Copy)]
pub struct OnDisk<'a> {
    /// The model.
    pub model: &'a OffloadedModel,
    /// How its windows are run: side by side within each layer.
    pub schedule: Schedule,
}

impl OffloadedModel {
    /// Loads what is to stay in memory of a packed model, and begins to read its first layers.
    ///
    /// # Errors
    /// If the model is not packed, or a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        settings: OffloadSettings,
    ) -> Result<Self, EncoderError> {
        let Some(layout) = folder.manifest().packed else {
            return Err(EncoderError::NotPacked(folder.path().to_owned()));
        };
        let packed = Arc::new(PackedFolder::open(folder, layout.precision)?);
        let frame = Frame::new(folder, tokenizer, packed.architecture().family)?;
        let (stem, head) = packed.stem()?;
        let layers = Layers::load(&packed, &stem, settings.resident)?;
        let state = Mutex::new(State { layers, panel: buffer() });
        Ok(Self { stem, head, frame, group: settings.group.max(1), state })
    }

    /// Carries a group through all layers.
    fn run(
        &self,
        layers: &mut Layers,
        workers: &mut Workers,
        group: &Group,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        for index in 0..self.stem.layers() {
            let done = layers.with(index, is_cancelled, |layer| {
                workers.run(Step { stem: &self.stem, layer, index }, group, is_cancelled)
            })?;
            if let Err(cancelled) = done.and_then(|done| done) {
                return Ok(Err(cancelled));
            }
        }
        Ok(Ok(()))
    }

    fn logits(&self, framed: &Framed, hidden: &[f32], panel: &mut Buffer) -> Logits {
        let (rows, outputs) = (framed.sequence().ids.len(), self.head.outputs());
        let mut logits = vec![0.0; rows * outputs];
        self.head.forward_floats(hidden, rows, panel, Output::plain(&mut logits, outputs));
        framed.pick(&logits, outputs)
    }
}

impl PassReader for OnDisk<'_> {
    fn outputs(&self) -> usize {
        self.model.head.outputs()
    }

    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let Self { model, schedule } = *self;
        // A panic leaves buffers that are written before they are read.
        let mut state = model.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { layers, panel } = &mut *state;
        let mut workers = Workers::new(&model.stem, schedule);
        let mut first = 0;
        while first < passes.len() {
            let end = passes.len().min(first + model.group);
            let group = Group::new((first..end).map(|index| model.frame.around(passes.get(index))).collect());
            if let Err(cancelled) = model.run(layers, &mut workers, &group, is_cancelled)? {
                return Ok(Err(cancelled));
            }
            for (number, framed) in group.framed.iter().enumerate() {
                let logits = model.logits(framed, &group.stream(number), panel).in_numbers()?;
                on_logits(first + number, &logits);
            }
            first = end;
        }
        Ok(Ok(()))
    }
}
