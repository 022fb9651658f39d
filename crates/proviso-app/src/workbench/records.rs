//! What is kept of the contracts of the window: that they were opened, what models found in them, and what was decided.

use std::{path::Path, sync::Arc};

use proviso_core::{Carried, Deed};
use proviso_review::{Review, carry_over};
use proviso_store::{
    ContractContents, ContractId, ContractOverview, Database, DeedRecords, KnownContract, Opened,
    OpenedRecord, QueueChange, QueueRecord, ReadingRecord, StoreError,
};

use crate::{AppError, contract::OpenedContract};

/// The database of the person's data folder. A window without one reads and shows contracts; only what is to be kept fails, and
/// says why.
pub(super) struct Records {
    /// Why there is none, where there is none.
    database: Result<Arc<Database>, String>,
    /// What happened to it when it was opened.
    notice: Option<String>,
}

/// What is known of an open contract.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Its name within the database.
    pub id: ContractId,
    /// What was decided about it.
    pub deeds: DeedRecords,
}

impl Kept {
    pub fn review(&self) -> Review {
        Review::of(&self.deeds.carried, &self.deeds.done)
    }
}

impl Records {
    pub fn open(data_folder: &Path) -> Self {
        match Database::open_with_care(data_folder) {
            Ok(Opened { database, notice }) => Self { database: Ok(Arc::new(database)), notice },
            Err(error) => {
                let notice = format!("What you decide about clauses cannot be kept: {error}.");
                Self { database: Err(error.to_string()), notice: Some(notice) }
            }
        }
    }

    /// What the person should be told: what happened to the database, or that nothing can be kept.
    pub fn notice(&self) -> Option<String> {
        self.notice.clone()
    }

    /// The database, for other things that are kept in it.
    pub fn shared(&self) -> Option<Arc<Database>> {
        self.database.as_ref().ok().cloned()
    }

    /// The database.
    ///
    /// # Errors
    /// If there is none.
    pub fn database(&self) -> Result<&Arc<Database>, AppError> {
        self.database.as_ref().map_err(|reason| AppError::NotKept(reason.clone()))
    }

    /// Keeps that a contract was opened. Decisions on an earlier version of it are carried over to this one: where other bytes
    /// lie at its path than before, or where another version of Proviso took another text out of the same bytes. The text of a
    /// file that a password protects is not kept, so nothing is carried from it to another.
    ///
    /// # Errors
    /// If there is no database, or it cannot be used.
    pub fn opened(&self, path: &str, opened: &OpenedContract) -> Result<Kept, AppError> {
        let database = self.database()?;
        let (sha256, text) = (&opened.file.sha256, opened.document.text());
        let kept_text = (!opened.is_protected).then_some(text);
        let pages = opened.document.pages().len() as u32;
        let record = OpenedRecord { sha256, path, pages, text: kept_text };
        let known = database.contract(sha256)?;
        let is_same = known.as_ref().map(|known| known.text.as_deref().is_none_or(|old| old == text));
        let before = match (&known, is_same) {
            (Some(known), Some(false)) => Some(known.clone()),
            (Some(_), _) => None,
            (None, _) => database.earlier_version(path, sha256)?,
        };
        if database.is_read_only() {
            return read_only(database, known.as_ref(), is_same);
        }
        let id = match before {
            Some(KnownContract { id, text: Some(old) }) => {
                database.keep_carried(&record, &carried(database, id, &old, text)?)?
            }
            _ => database.keep_contract(&record)?,
        };
        Ok(Kept { id, deeds: database.deeds(id)? })
    }

    /// Does a deed, undoes the last one, or does it again.
    ///
    /// # Errors
    /// If there is no database, or it cannot be written; nothing is then done.
    pub fn change(&self, contract: ContractId, change: &Change) -> Result<DeedRecords, AppError> {
        let database = self.database()?;
        Ok(match change {
            Change::Do(deed) => database.keep_deed(contract, deed)?,
            Change::Undo => database.undo_deed(contract)?,
            Change::Redo => database.redo_deed(contract)?,
        })
    }

    /// An earlier reading in the same setting. One that cannot be read is none: the model reads again.
    pub fn reading(&self, contract: ContractId, settings: &str) -> Option<ReadingRecord> {
        self.database.as_ref().ok()?.reading(contract, settings).ok().flatten()
    }

    /// Keeps a reading. One that cannot be kept is made again next time.
    pub fn keep_reading(
        &self,
        contract: ContractId,
        settings: &str,
        reading: &ReadingRecord,
        opened: &OpenedContract,
    ) {
        let text = (!opened.is_protected).then(|| opened.document.text());
        if let Ok(database) = &self.database {
            let _ = database.keep_reading(contract, settings, reading, text);
        }
    }

    /// All contracts that were opened.
    ///
    /// # Errors
    /// If there is no database, or it cannot be read.
    pub fn overview(&self) -> Result<Vec<ContractOverview>, AppError> {
        Ok(self.database()?.overview()?)
    }

    /// What is kept of a contract; where nothing was decided, without findings that have less confidence than `least`.
    ///
    /// # Errors
    /// If there is no database, or it cannot be read.
    pub fn contents(&self, contract: ContractId, least: f32) -> Result<Option<ContractContents>, AppError> {
        Ok(self.database()?.contents(contract, least)?)
    }

    /// The queue as it was kept.
    ///
    /// # Errors
    /// If there is no database, or it cannot be read.
    pub fn queue(&self) -> Result<QueueRecord, AppError> {
        Ok(self.database()?.queue()?)
    }

    /// Keeps a change of the queue.
    ///
    /// # Errors
    /// If there is no database, or it cannot be written.
    pub fn keep_queue(&self, change: &QueueChange) -> Result<(), AppError> {
        Ok(self.database()?.keep_queue(change)?)
    }
}

/// What was decided about a contract, from a database in which nothing can be kept; decisions are not carried over there.
fn read_only(
    database: &Database,
    known: Option<&KnownContract>,
    is_same: Option<bool>,
) -> Result<Kept, AppError> {
    match known {
        Some(known) if is_same != Some(false) => Ok(Kept { id: known.id, deeds: database.deeds(known.id)? }),
        _ => Err(AppError::NotKept("nothing can be written to the database".to_owned())),
    }
}

/// A change of a review.
pub(super) enum Change {
    Do(Deed),
    Undo,
    Redo,
}

/// The decisions on a contract, for another text. What was lost before stays lost.
fn carried(database: &Database, id: ContractId, old: &str, new: &str) -> Result<Vec<Carried>, StoreError> {
    let deeds = database.deeds(id)?;
    let review = Review::of(&deeds.carried, &deeds.done);
    let mut carried = carry_over(&review, old, new);
    carried.extend_from_slice(review.lost());
    Ok(carried)
}
