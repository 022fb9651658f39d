//! The file that holds the preferences.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use proviso_disk::{Readers, write_whole};

use crate::{Preferences, StoreError};

/// The preferences as they were found.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedPreferences {
    /// The values in force.
    pub preferences: Preferences,
    /// What the person should be told: that a damaged file was put aside, or a value dropped.
    pub notice: Option<String>,
}

/// A JSON file with preferences. It is replaced in one step, so that a crash leaves the old or the new one.
#[derive(Debug, Clone)]
pub struct PreferencesFile {
    path: PathBuf,
}

impl PreferencesFile {
    /// The file `preferences.json` in `folder`, which need not exist yet.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("preferences.json") }
    }

    /// Reads the preferences. A missing file means defaults; a damaged one is kept aside under a name that is not
    /// taken, and defaults hold.
    ///
    /// # Errors
    /// If the file is there and cannot be read or put aside.
    pub fn load(&self) -> Result<LoadedPreferences, StoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(LoadedPreferences { preferences: Preferences::default(), notice: None });
            }
            Err(source) => return Err(self.failed("read", source)),
        };
        match serde_json::from_slice::<Preferences>(&bytes) {
            Ok(mut preferences) => {
                let repaired = preferences.repair();
                let notice = (!repaired.is_empty()).then(|| repaired.join(" "));
                Ok(LoadedPreferences { preferences, notice })
            }
            Err(error) => {
                let aside = self.put_aside()?;
                let notice = format!(
                    "The preferences could not be understood ({error}). They were kept as `{}` and the defaults are in use.",
                    aside.display()
                );
                Ok(LoadedPreferences { preferences: Preferences::default(), notice: Some(notice) })
            }
        }
    }

    /// Writes the preferences, replacing the file in one step.
    ///
    /// # Errors
    /// If the folder cannot be made or the file cannot be written; the old file is then still there.
    pub fn save(&self, preferences: &Preferences) -> Result<(), StoreError> {
        self.write(preferences).map_err(|source| self.failed("written", source))
    }

    fn write(&self, preferences: &Preferences) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut bytes = serde_json::to_vec_pretty(preferences)?;
        bytes.push(b'\n');
        write_whole(&self.path, &bytes, Readers::Owner)
    }

    fn put_aside(&self) -> Result<PathBuf, StoreError> {
        let aside = (1..)
            .map(|n| self.path.with_extension(format!("damaged-{n}.json")))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.path.with_extension("damaged.json"));
        fs::rename(&self.path, &aside).map_err(|source| self.failed("put aside", source))?;
        Ok(aside)
    }

    fn failed(&self, action: &'static str, source: io::Error) -> StoreError {
        StoreError::Io { path: self.path.clone(), action, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    #[test]
    fn what_is_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = PreferencesFile::in_folder(&folder.path().join("new/folder"));
        assert_eq!(file.load().unwrap().preferences, Preferences::default());
        let chosen = Preferences { threads: Some(3), theme: Theme::Dark, ..Preferences::default() };
        file.save(&chosen).unwrap();
        assert_eq!(file.load().unwrap(), LoadedPreferences { preferences: chosen, notice: None });
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = PreferencesFile::in_folder(folder.path());
        for round in 1..=2 {
            fs::write(folder.path().join("preferences.json"), "{\"theme\": \"da").unwrap();
            let loaded = file.load().unwrap();
            assert_eq!(loaded.preferences, Preferences::default());
            let aside = folder.path().join(format!("preferences.damaged-{round}.json"));
            assert!(loaded.notice.unwrap().contains(&*aside.to_string_lossy()));
            assert_eq!(fs::read_to_string(aside).unwrap(), "{\"theme\": \"da");
        }
    }

    #[test]
    fn fields_of_another_version_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("preferences.json"), r#"{"theme":"light","later":1}"#).unwrap();
        let loaded = PreferencesFile::in_folder(folder.path()).load().unwrap();
        assert_eq!(loaded.preferences.theme, Theme::Light);
        assert_eq!(loaded.notice, None);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("occupied"), "").unwrap();
        let file = PreferencesFile::in_folder(&folder.path().join("occupied"));
        let message = file.save(&Preferences::default()).unwrap_err().to_string();
        assert!(message.contains("occupied"), "{message}");
    }
}
