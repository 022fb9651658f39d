//! What a person decides at the workbench.

use super::{OpenContract, Workbench, records::Change, reviewing};
use crate::{
    AppError,
    view::{ReadingView, ReviewAction},
};

impl Workbench {
    /// A contract that was read, with what was decided since, also elsewhere than at the contract itself.
    ///
    /// # Errors
    /// If the contract is not open or not read yet.
    pub fn reading(&self, id: u32) -> Result<ReadingView, AppError> {
        let contract = self.contract(id)?;
        contract.reading_view(id).ok_or_else(|| AppError::NotRead(contract.path.clone()))
    }

    /// Decides something about a contract, and keeps that before it answers.
    ///
    /// # Errors
    /// If the contract is not open or not read yet, the action is not possible, or it cannot be kept; nothing is then changed.
    pub fn review(&self, id: u32, action: &ReviewAction) -> Result<ReadingView, AppError> {
        let contract = self.contract(id)?;
        let deed = reviewing::deed(action, &contract.clauses(), &contract.opened.document);
        let deed = deed.map_err(|reason| AppError::Review { path: contract.path.clone(), reason })?;
        self.change_review(id, &contract, &Change::Do(deed))
    }

    /// Undoes what was decided last about a contract.
    ///
    /// # Errors
    /// As [`review`](Self::review).
    pub fn undo_review(&self, id: u32) -> Result<ReadingView, AppError> {
        self.change_review(id, &*self.contract(id)?, &Change::Undo)
    }

    /// Does again what was undone last.
    ///
    /// # Errors
    /// As [`review`](Self::review).
    pub fn redo_review(&self, id: u32) -> Result<ReadingView, AppError> {
        self.change_review(id, &*self.contract(id)?, &Change::Redo)
    }

    fn change_review(
        &self,
        id: u32,
        contract: &OpenContract,
        change: &Change,
    ) -> Result<ReadingView, AppError> {
        let not_read = || AppError::NotRead(contract.path.clone());
        contract.read().ok_or_else(not_read)?;
        let kept = match contract.kept() {
            Some(kept) => kept,
            None => self.0.records.opened(&contract.path.display().to_string(), &contract.opened)?,
        };
        contract.decided(kept.id, self.0.records.change(kept.id, change)?);
        self.0.back_up_if_due();
        contract.reading_view(id).ok_or_else(not_read)
    }
}
