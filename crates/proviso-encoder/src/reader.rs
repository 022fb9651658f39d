//! The port through which a text's passes are made, whatever makes them.

use crate::{Cancelled, Encoder, EncoderError, Logits, Passes, Schedule, run_passes};

/// Something that makes the passes of a text through a model, in the way that suits the device it runs on.
pub trait PassReader {
    /// Logits of each token.
    fn outputs(&self) -> usize;

    /// Makes every pass and hands the logits to `on_logits` with the pass's number, in the order of the numbers. `on_logits`
    /// runs on the calling thread.
    ///
    /// # Errors
    /// The first failure, after which no further pass is begun.
    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError>;
}

/// The processor: one window per worker.
#[derive(Debug)]
pub struct OnProcessor<'a, E: ?Sized> {
    /// The model.
    pub encoder: &'a E,
    /// How its windows are run.
    pub schedule: Schedule,
}

impl<E: Encoder + ?Sized> PassReader for OnProcessor<'_, E> {
    fn outputs(&self) -> usize {
        self.encoder.outputs()
    }

    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        run_passes(self.encoder, passes, self.schedule, is_cancelled, on_logits)
    }
}
