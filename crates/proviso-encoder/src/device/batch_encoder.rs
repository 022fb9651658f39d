//! The port behind which models stand that read many windows at once.

use super::DeviceError;
use crate::{Cancelled, Logits, Pass};

/// A model that makes many passes at once. How many are best, and how many there is memory for, depends on the device; after
/// [`DeviceError::OutOfMemory`] fewer can be tried at once.
pub trait BatchEncoder: Send + Sync {
    /// The logits of passes, in their order. They may have different lengths, but all cost as much as the longest. Where the
    /// weights have to be brought to the device first, `is_cancelled` is asked between layers.
    ///
    /// # Errors
    /// If a pass is longer than the model's positions reach, the device's memory does not suffice, or a computation fails.
    fn logits(
        &self,
        passes: &[Pass<'_>],
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Vec<Logits>, Cancelled>, DeviceError>;

    /// Logits of each token.
    fn outputs(&self) -> usize;
}

impl<E: BatchEncoder + ?Sized> BatchEncoder for Box<E> {
    fn logits(
        &self,
        passes: &[Pass<'_>],
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Result<Vec<Logits>, Cancelled>, DeviceError> {
        (**self).logits(passes, is_cancelled)
    }

    fn outputs(&self) -> usize {
        (**self).outputs()
    }
}
