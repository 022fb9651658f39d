//! What a person does with the queue of contracts.

use super::Workbench;
use crate::{
    AppError,
    queue::{Queue, To},
    view::{QueueAction, QueueMove, QueueUpdate},
};

impl Workbench {
    /// Whether no contract is in the queue.
    pub fn queue_is_empty(&self) -> bool {
        self.0.line.is_empty()
    }

    /// Tells `listener` everything about the queue, and from now on what changes, until it answers that it listens no longer. It
    /// is called from several threads, one at a time, and must not call the workbench.
    pub fn listen_to_queue(&self, listener: impl Fn(QueueUpdate) -> bool + Send + 'static) {
        self.0.line.listen(Box::new(listener));
    }

    /// Adds files at the end of the queue; one that is in it and failed or was cancelled is taken up again. Answers with the ids of all
    /// of them, in the order in which they are named.
    ///
    /// # Errors
    /// If they cannot be kept; none is then added.
    pub fn add_to_queue(&self, paths: &[String]) -> Result<Vec<u32>, AppError> {
        self.0.line.change(&self.0.records, |queue| queue.add(paths))?;
        Ok(self.0.line.ids(paths))
    }

    /// Does something with the queue, and keeps it before it answers.
    ///
    /// # Errors
    /// If it cannot be kept; nothing is then changed.
    pub fn change_queue(&self, action: QueueAction) -> Result<(), AppError> {
        self.0.line.change(&self.0.records, |queue| match action {
            QueueAction::Pause => queue.pause(true),
            QueueAction::Resume => queue.pause(false),
            QueueAction::Cancel { id } => queue.cancel(id),
            QueueAction::Retry { id } => queue.retry(id),
            QueueAction::RetryFailed => Queue::retry_failed(queue),
            QueueAction::Remove { id } => queue.remove(id),
            QueueAction::Move { id, to } => queue.shift(
                id,
                match to {
                    QueueMove::Front => To::Front,
                    QueueMove::Earlier => To::Earlier,
                    QueueMove::Later => To::Later,
                },
            ),
            QueueAction::Show { id } => queue.show(id),
        })
    }
}
