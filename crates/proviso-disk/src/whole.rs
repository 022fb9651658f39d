//! A file written beside its place.

use std::{fs, io, io::Write, path::Path};

use crate::{folder::sync_folder, unfinished};

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Whoever may read any file that a person saves.
    Anybody,
    /// The person alone.
    Owner,
}

/// Writes a file beside its place and renames it, so that there is never half of one. What programs that were killed left beside
/// it is removed.
///
/// # Errors
/// If the folder is missing or cannot be written to, or the disk is full. What was there before still is.
pub fn write_whole(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    unfinished::remove(folder);
    let mut file = unfinished::begin(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    if readers == Readers::Anybody {
        make_readable(file.path())?;
    }
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

/// Temporary files are private; a table is as readable as any file that a person saves.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write_whole(&path, b"old", Readers::Anybody).unwrap();
        write_whole(&path, b"new", Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(write_whole(&folder.path().join("missing/table.csv"), b"x", Readers::Anybody).is_err());
    }

    #[test]
    fn what_a_killed_program_left_goes_and_what_another_one_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let named = |name: &str| folder.path().join(name);
        let others = [".proviso-notes.txt", ".proviso-abc", "proviso-a1B2c3", ".proviso-a1B2ü"].map(named);
        others.iter().for_each(|path| fs::write(path, "not ours").unwrap());
        fs::create_dir(named(".proviso-folder")).unwrap();
        // Nobody holds this one any more.
        fs::write(named(".proviso-a1B2c3"), "half").unwrap();
        let being_written = unfinished::begin(folder.path()).unwrap();

        write_whole(&named("table.csv"), b"rows", Readers::Anybody).unwrap();
        assert!(!named(".proviso-a1B2c3").exists());
        assert!(being_written.path().exists());
        assert!(others.iter().all(|path| path.exists()));
        assert!(named(".proviso-folder").is_dir());
        being_written.persist(named("other.csv")).unwrap();
        assert!(named("other.csv").exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_what_is_exported_can_be_read_by_others() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        for (readers, mode) in [(Readers::Anybody, 0o644), (Readers::Owner, 0o600)] {
            let path = folder.path().join(format!("{readers:?}"));
            write_whole(&path, b"", readers).unwrap();
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }
}
