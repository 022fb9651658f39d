//! The bundled kind of model on a device: one pass over a batch scores all windows for all categories.

use super::{
    BatchEncoder, ComputeDevice, DeviceError,
    builder::{DeviceBuilder, dtype},
    linear::Linear,
    stack::Stack,
};
use crate::{
    EncoderError, ModelFolder, Precision, SpanLogits, TextTokenizer, span_tagger::frame_ids, weights::Weights,
};

/// An encoder on a device with a linear head that gives start, end and inside logits for every token and category: what
/// [`SpanTagger`](crate::SpanTagger) is on the processor.
pub struct DeviceTagger {
    stack: Stack,
    head: Linear,
    categories: usize,
    frame: [u32; 2],
    precision: Precision,
}

impl DeviceTagger {
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
        let frame = frame_ids(folder, tokenizer, architecture.family)?;
        let categories = folder.manifest().labels.len();
        let source = folder.weights()?;
        let all = DeviceBuilder { weights: Weights::new(&source), device: device.device(), dtype };
        let encoder = DeviceBuilder { weights: all.weights.encoder()?, ..all.clone() };
        let head = all.floats().linear("span_head", 3 * categories, architecture.width)?;
        // The stack comes last, as it waits until everything is on the device.
        let stack = Stack::load(&encoder, &architecture)?;
        Ok(Self { stack, head, categories, frame, precision })
    }
}

impl BatchEncoder for DeviceTagger {
    fn span_logits_batch(&self, windows: &[&[u32]]) -> Result<Vec<SpanLogits>, DeviceError> {
        if windows.is_empty() {
            return Ok(Vec::new());
        }
        let [first, last] = self.frame;
        let framed: Vec<Vec<u32>> = windows.iter().map(|ids| [&[first], *ids, &[last]].concat()).collect();
        let framed: Vec<&[u32]> = framed.iter().map(Vec::as_slice).collect();
        let hidden = self.stack.run(&framed)?;
        let logits: Vec<f32> = self.head.forward(&hidden)?.flatten_all()?.to_vec1()?;
        let outputs = 3 * self.categories;
        let padded = logits.chunks_exact(logits.len() / windows.len());
        let scored = padded.zip(windows).map(|(logits, ids)| {
            // Nothing is asked of the special tokens.
            let logits = &logits[outputs..][..ids.len() * outputs];
            check_range(logits, self.precision)?;
            Ok(SpanLogits::new(self.categories, logits.to_vec()))
        });
        scored.collect()
    }

    fn categories(&self) -> usize {
        self.categories
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
