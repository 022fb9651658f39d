//! A model on a device: a pass over a batch scores all its windows.

use std::sync::Arc;

use super::{
    BatchEncoder, ComputeDevice, DeviceError, DeviceOffload, builder::DeviceBuilder, linear::Linear,
    stack::Stack, target::Target,
};
use crate::{
    Cancelled, EncoderError, Logits, ModelFolder, Pass, Precision, TextTokenizer,
    frame::{Frame, Framed, Sequence},
    packed::PackedFolder,
    weights::Weights,
};

/// An encoder on a device with a linear head that gives every token its logits: what
/// [`ProcessorModel`](crate::ProcessorModel) is on the processor.
pub struct DeviceModel {
    stack: Stack,
    head: Linear,
    outputs: usize,
    frame: Frame,
    precision: Precision,
    /// The most windows that are computed at once; more wait between two layers.
    at_once: usize,
}

impl DeviceModel {
    /// Loads all weights of a model folder onto a device at a level of precision, f32 or f16. `tokenizer` says which special
    /// tokens frame a window.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run, the level of precision is another,
    /// or the device has no room.
    pub fn load(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        device: &ComputeDevice,
        precision: Precision,
    ) -> Result<Self, DeviceError> {
        if folder.manifest().packed.is_some() {
            let all = DeviceOffload { on_device: usize::MAX, resident: 0, at_once: usize::MAX };
            return Self::load_spread(folder, tokenizer, device, precision, all);
        }
        let target = Target::new(device.device(), precision)?;
        let architecture = folder.architecture()?;
        let frame = Frame::new(folder, tokenizer, architecture.family)?;
        let outputs = folder.manifest().outputs();
        let source = folder.weights()?;
        let all = DeviceBuilder { weights: Weights::new(&source), target };
        let encoder = DeviceBuilder { weights: all.weights.encoder()?, ..all.clone() };
        let head = all.floats().linear(folder.manifest().kind.head(), outputs, architecture.width)?;
        // The stack comes last, as it waits until everything is on the device.
        let stack = Stack::load(&encoder, &architecture)?;
        Ok(Self { stack, head, outputs, frame, precision, at_once: usize::MAX })
    }

    /// Loads a packed model, of which some layers stay on the device, some in main memory, and the others on the disk. The
    /// embeddings of words stay on the disk, and the processor makes of them what enters the first layer.
    ///
    /// # Errors
    /// As [`load`](Self::load), or if the model is not packed, or was packed in other numbers.
    pub fn load_spread(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        device: &ComputeDevice,
        precision: Precision,
        offload: DeviceOffload,
    ) -> Result<Self, DeviceError> {
        let target = Target::new(device.device(), precision)?;
        let packed = Arc::new(PackedFolder::open_at(folder, precision)?);
        let frame = Frame::new(folder, tokenizer, packed.architecture().family)?;
        let offload = DeviceOffload { on_device: offload.on_device.min(packed.layers()), ..offload };
        let (stack, head) = Stack::spread(&packed, &target, offload)?;
        let outputs = folder.manifest().outputs();
        Ok(Self { stack, head, outputs, frame, precision, at_once: offload.at_once })
    }
}

impl BatchEncoder for DeviceModel {
    fn logits(
        &self,
        passes: &[Pass<'_>],
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Vec<Logits>, Cancelled>, DeviceError> {
        let framed: Vec<Framed> = passes.iter().map(|pass| self.frame.around(*pass)).collect();
        let sequences: Vec<Sequence<'_>> = framed.iter().map(Framed::sequence).collect();
        let parts = match self.stack.run(&sequences, self.at_once, is_cancelled)? {
            Ok(parts) => parts,
            Err(cancelled) => return Ok(Err(cancelled)),
        };
        let mut scored = Vec::with_capacity(passes.len());
        for (hidden, framed) in parts.iter().zip(framed.chunks(self.at_once.max(1))) {
            let all: Vec<f32> = self.head.forward(hidden)?.flatten_all()?.to_vec1()?;
            for (all, framed) in all.chunks_exact(all.len() / framed.len()).zip(framed) {
                let logits = framed.pick(all, self.outputs);
                check_range(logits.values(), self.precision)?;
                scored.push(logits);
            }
        }
        Ok(Ok(scored))
    }

    fn outputs(&self) -> usize {
        self.outputs
    }
}

/// A value that leaves the range of f16 becomes infinite, and normalisation makes of it what is no number. (A score of minus
/// infinity gives a weight of zero, which is right.)
fn check_range(logits: &[f32], precision: Precision) -> Result<(), EncoderError> {
    if logits.iter().all(|logit| logit.is_finite()) {
        Ok(())
    } else {
        Err(EncoderError::OutOfRange(precision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_that_are_no_numbers_are_refused() {
        assert!(check_range(&[1.0, -8.0], Precision::F16).is_ok());
        for value in [f32::NAN, f32::INFINITY] {
            let error = check_range(&[1.0, value], Precision::F16).unwrap_err();
            assert!(error.to_string().contains("f16 has; choose f32"), "{error}");
        }
    }
}
