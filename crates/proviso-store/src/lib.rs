//! What lasts between two runs of the application: the preferences.

mod preferences;
mod preferences_file;

pub use preferences::{DeviceWish, PrecisionWish, Preferences, Speed, Theme};
pub use preferences_file::{LoadedPreferences, PreferencesFile, StoreError};
