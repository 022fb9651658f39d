//! Names in a folder.

use std::path::Path;

/// Lets a new name in a folder outlast a power cut, where the system can do that.
pub fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}
