//! What lasts between two runs of the application: the preferences, in a file that a person can read; and in a database what was
//! measured, and the contracts with what models found in them and what people decided.

mod contracts;
mod database;
mod deeds;
mod error;
mod measurements;
mod own_question;
mod preferences;
mod preferences_file;
mod queue;
mod readings;

pub use contracts::{ContractId, KnownContract, OpenedRecord};
pub use database::Database;
pub use deeds::DeedRecords;
pub use error::StoreError;
pub use measurements::{LoadingRecord, MeasuredOn, MeasurementRecords, PaceRecord, StaleMeasuring};
pub use own_question::OwnQuestion;
pub use preferences::{DeviceWish, PrecisionWish, Preferences, Speed, Theme};
pub use preferences_file::{LoadedPreferences, PreferencesFile};
pub use queue::{QueueChange, QueueEntry, QueueRecord, QueueState};
pub use readings::{ContractOverview, ReadingRecord};
