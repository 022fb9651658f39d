//! The port behind which models stand that read many windows at once.

use super::DeviceError;
use crate::SpanLogits;

/// A model that scores many windows in one pass. How many are best, and how many there is memory for, depends on the
/// device; after [`DeviceError::OutOfMemory`] fewer can be tried at once.
pub trait BatchEncoder: Send + Sync {
    /// Scores the tokens of windows, in their order. Each window is the ids of a text's tokens without special ones, which
    /// the model adds itself. Windows may have different lengths, but all cost as much as the longest.
    ///
    /// # Errors
    /// If a window is longer than the model's positions reach, the device's memory does not suffice, or a computation
    /// fails.
    fn span_logits_batch(&self, windows: &[&[u32]]) -> Result<Vec<SpanLogits>, DeviceError>;

    /// The number of categories that are scored.
    fn categories(&self) -> usize;
}

impl<E: BatchEncoder + ?Sized> BatchEncoder for Box<E> {
    fn span_logits_batch(&self, windows: &[&[u32]]) -> Result<Vec<SpanLogits>, DeviceError> {
        (**self).span_logits_batch(windows)
    }

    fn categories(&self) -> usize {
        (**self).categories()
    }
}
