//! A model on a device: a pass over a batch scores all its windows.

use super::{
    BatchEncoder, ComputeDevice, DeviceError,
    builder::{DeviceBuilder, dtype},
    linear::Linear,
    stack::Stack,
};
use crate::{
    EncoderError, Logits, ModelFolder, Pass, Precision, TextTokenizer,
    frame::{Frame, Framed, Sequence},
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
}

impl DeviceModel {
    /// Loads the weights of a model folder onto a device at a level of precision, f32 or f16. `tokenizer` says which special
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
        let dtype = dtype(precision)?;
        let architecture = folder.architecture()?;
        let frame = Frame::new(folder, tokenizer, architecture.family)?;
        let outputs = folder.manifest().outputs();
        let source = folder.weights()?;
        let all = DeviceBuilder { weights: Weights::new(&source), device: device.device(), dtype };
        let encoder = DeviceBuilder { weights: all.weights.encoder()?, ..all.clone() };
        let head = all.floats().linear(folder.manifest().kind.head(), outputs, architecture.width)?;
        // The stack comes last, as it waits until everything is on the device.
        let stack = Stack::load(&encoder, &architecture)?;
        Ok(Self { stack, head, outputs, frame, precision })
    }
}

impl BatchEncoder for DeviceModel {
    fn logits(&self, passes: &[Pass<'_>]) -> Result<Vec<Logits>, DeviceError> {
        if passes.is_empty() {
            return Ok(Vec::new());
        }
        let framed: Vec<Framed> = passes.iter().map(|pass| self.frame.around(*pass)).collect();
        let sequences: Vec<Sequence<'_>> = framed.iter().map(Framed::sequence).collect();
        let hidden = self.stack.run(&sequences)?;
        let all: Vec<f32> = self.head.forward(&hidden)?.flatten_all()?.to_vec1()?;
        let padded = all.chunks_exact(all.len() / passes.len());
        let scored = padded.zip(&framed).map(|(all, framed)| {
            let logits = framed.pick(all, self.outputs);
            check_range(logits.values(), self.precision)?;
            Ok(logits)
        });
        scored.collect()
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
