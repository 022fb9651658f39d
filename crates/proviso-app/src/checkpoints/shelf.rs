//! Where journals of passes lie, and how many.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use proviso_core::Sha256Hex;
use sha2::{Digest, Sha256};

use super::journal::PassJournal;

/// Contracts that were begun and not read to their end, whose passes are kept: the one that is read and some that were
/// cancelled or put off. Those begun longest ago go first.
const MOST: usize = 4;

/// The folder of journals.
pub(crate) struct JournalShelf(PathBuf);

impl JournalShelf {
    pub fn in_folder(data_folder: &Path) -> Self {
        Self(data_folder.join("begun"))
    }

    /// The journal of a contract in a setting, with what was made before.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn journal(&self, contract: &Sha256Hex, settings: &str) -> io::Result<PassJournal> {
        fs::create_dir_all(&self.0)?;
        let owner = format!("{contract} {settings}");
        let name = Sha256Hex::from_digest(&Sha256::digest(&owner).into());
        let path = self.0.join(format!("{name}.passes"));
        self.make_room(&path);
        PassJournal::open(&path, &owner)
    }

    /// Removes what is too much beside the one that is wanted.
    fn make_room(&self, wanted: &Path) {
        let entries = fs::read_dir(&self.0).into_iter().flatten().filter_map(Result::ok);
        let others = entries.map(|entry| entry.path()).filter(|path| path != wanted);
        let changed = |path: &Path| {
            fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
        };
        let mut others: Vec<(SystemTime, PathBuf)> = others.map(|path| (changed(&path), path)).collect();
        others.sort();
        let most = others.len().saturating_sub(MOST - 1);
        for (_, path) in others.into_iter().take(most) {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_contract_and_setting_has_its_own_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = JournalShelf::in_folder(&folder.path().join("new"));
        let sha = |digit: &str| digit.repeat(64).parse::<Sha256Hex>().unwrap();
        let count = || fs::read_dir(folder.path().join("new/begun")).unwrap().count();
        drop(shelf.journal(&sha("a"), "fast").unwrap());
        drop(shelf.journal(&sha("a"), "fast").unwrap());
        assert_eq!(count(), 1);
        drop(shelf.journal(&sha("a"), "accurate").unwrap());
        drop(shelf.journal(&sha("b"), "fast").unwrap());
        assert_eq!(count(), 3);
        for digit in ["c", "d", "e", "f"] {
            drop(shelf.journal(&sha(digit), "fast").unwrap());
        }
        assert_eq!(count(), MOST);
    }
}
