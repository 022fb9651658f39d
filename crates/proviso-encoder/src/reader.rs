//! The port through which a text's windows are read, whatever reads them.

use crate::{Cancelled, Encoder, EncoderError, Schedule, SpanLogits, Window, run_windows};

/// Something that sends the windows of a text through a model, in the way that suits the device it runs on.
pub trait WindowReader {
    /// The number of categories that are scored.
    fn categories(&self) -> usize;

    /// Reads every window of `ids` and hands the logits to `on_window` in the order of the windows. `on_window` runs on the
    /// calling thread.
    ///
    /// # Errors
    /// The first failure, after which no further window is begun.
    fn read_windows(
        &self,
        ids: &[u32],
        windows: &[Window],
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_window: &mut dyn FnMut(Window, &SpanLogits),
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

impl<E: Encoder + ?Sized> WindowReader for OnProcessor<'_, E> {
    fn categories(&self) -> usize {
        self.encoder.categories()
    }

    fn read_windows(
        &self,
        ids: &[u32],
        windows: &[Window],
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_window: &mut dyn FnMut(Window, &SpanLogits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        run_windows(self.encoder, ids, windows, self.schedule, is_cancelled, on_window)
    }
}
