//! What lasts between two runs of the application: the preferences, in a file that a person can read, and what was measured,
//! in a database.

mod database;
mod error;
mod measurements;
mod own_question;
mod preferences;
mod preferences_file;

pub use database::Database;
pub use error::StoreError;
pub use measurements::{LoadingRecord, MeasuredOn, MeasurementRecords, PaceRecord, StaleMeasuring};
pub use own_question::OwnQuestion;
pub use preferences::{DeviceWish, PrecisionWish, Preferences, Speed, Theme};
pub use preferences_file::{LoadedPreferences, PreferencesFile};
