//! How much room a disk has.

use std::path::Path;

use serde::Deserialize;

use super::{source::Source, units::megabytes};
use crate::hardware::Disk;

/// What was recorded of a disk.
#[derive(Deserialize)]
struct Recorded {
    free_bytes: u64,
}

/// The disk on which a folder lies, or will lie once it is made; `None` where the system does not tell.
pub(super) fn of(folder: &Path, source: Source<'_>) -> Option<Disk> {
    let free_bytes = match source {
        Source::ThisMachine => free_bytes(folder)?,
        Source::Recorded(machine) => Source::recorded_answer::<Recorded>(machine, "disk.json")?.free_bytes,
    };
    Some(Disk { folder: folder.to_owned(), free_mb: megabytes(free_bytes), read_mb_per_s: None })
}

/// Bytes that may be written by this user where the folder lies, or its nearest ancestor that exists.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    // A relative path's last ancestor is empty and stands for the folder that the program was started in.
    let or_here = |path: &'_ Path| if path.as_os_str().is_empty() { ".".into() } else { path.to_owned() };
    let existing = folder.ancestors().map(or_here).find(|path| path.exists())?;
    fs4::available_space(existing).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_does_not_exist_yet_is_taken_for_where_it_will_be() {
        let folder = tempfile::tempdir().unwrap();
        let here = of(folder.path(), Source::ThisMachine).unwrap();
        let missing = folder.path().join("proviso/models");
        let there = of(&missing, Source::ThisMachine).unwrap();
        assert!(here.free_mb > 0 && there.free_mb > 0);
        assert_eq!((there.folder, there.read_mb_per_s), (missing, None));
        for relative in ["no-such-folder/models", ""] {
            assert!(of(Path::new(relative), Source::ThisMachine).is_some(), "{relative:?}");
        }
    }
}
