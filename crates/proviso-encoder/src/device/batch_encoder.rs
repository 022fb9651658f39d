//! The port behind which models stand that read many windows at once.

use super::DeviceError;
use crate::{Logits, Pass};

/// A model that makes many passes at once. How many are best, and how many there is memory for, depends on the device; after
/// [`DeviceError::OutOfMemory`] fewer can be tried at once.
pub trait BatchEncoder: Send + Sync {
    /// The logits of passes, in their order. They may have different lengths, but all cost as much as the longest.
    ///
    /// # Errors
    /// If a pass is longer than the model's positions reach, the device's memory does not suffice, or a computation fails.
    fn logits(&self, passes: &[Pass<'_>]) -> Result<Vec<Logits>, DeviceError>;

    /// Logits of each token.
    fn outputs(&self) -> usize;
}

impl<E: BatchEncoder + ?Sized> BatchEncoder for Box<E> {
    fn logits(&self, passes: &[Pass<'_>]) -> Result<Vec<Logits>, DeviceError> {
        (**self).logits(passes)
    }

    fn outputs(&self) -> usize {
        (**self).outputs()
    }
}
