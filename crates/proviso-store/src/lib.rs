//! What lasts between two runs of the application: the preferences, in a file that a person can read; and in a database what was
//! measured, and the contracts with what models found in them and what people decided. The database is looked at when it is opened
//! and backed up as it is used; `docs/storage.md` says what happens when.

mod backups;
mod contracts;
mod database;
mod days;
mod deeds;
mod error;
mod file_identity;
mod hold;
mod integrity;
mod measurements;
mod opening;
mod overview;
mod own_question;
mod preferences;
mod preferences_file;
mod queue;
mod readings;

pub use backups::BackupRecord;
pub use contracts::{ContractId, KnownContract, OpenedRecord};
pub use database::Database;
pub use deeds::DeedRecords;
pub use error::StoreError;
pub use measurements::{LoadingRecord, MeasuredOn, MeasurementRecords, PaceRecord, StaleMeasuring};
pub use opening::Opened;
pub use overview::{ContractContents, ContractOverview, QuotedFinding, Revision};
pub use own_question::OwnQuestion;
pub use preferences::{DeviceWish, PrecisionWish, Preferences, Speed, Theme};
pub use preferences_file::{LoadedPreferences, PreferencesFile};
pub use queue::{QueueChange, QueueEntry, QueueRecord, QueueState};
pub use readings::ReadingRecord;
