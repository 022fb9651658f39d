//! The desktop's own dialogs. They are opened from here only: the page in the window may not open any.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath, MessageDialogKind};

/// Asks for contracts to open; empty where the person changes their mind. Blocks until then.
pub fn choose_contracts(window: &WebviewWindow) -> Vec<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("Open contracts");
    let chosen = dialog.add_filter("PDF documents", &["pdf", "PDF"]).blocking_pick_files();
    chosen.into_iter().flatten().filter_map(local).collect()
}

/// Asks for the folder of a model. Blocks until the person answers.
pub fn choose_model_folder(window: &WebviewWindow) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("Folder of a model");
    dialog.blocking_pick_folder().and_then(local)
}

/// Asks where to write a contract's table. Blocks until the person answers.
pub fn choose_table(window: &WebviewWindow, contract: &Path, name: &str) -> Option<PathBuf> {
    let mut dialog =
        window.dialog().file().set_parent(window).set_title("Export clauses").set_file_name(name);
    if let Some(folder) = contract.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let chosen = dialog.add_filter("Comma-separated values", &["csv"]).blocking_save_file();
    chosen.and_then(local).map(with_csv_ending)
}

/// Says why the application cannot go on. Blocks until the person has read it.
pub fn fatal(app: &AppHandle, message: &str) {
    app.dialog()
        .message(message)
        .title("Proviso cannot start")
        .kind(MessageDialogKind::Error)
        .blocking_show();
}

fn local(path: FilePath) -> Option<PathBuf> {
    path.into_path().ok()
}

/// A name typed without an ending gets one, so that a spreadsheet knows the file.
fn with_csv_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("csv") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gets_an_ending_where_it_has_none() {
        assert_eq!(with_csv_ending(PathBuf::from("/a/b")), PathBuf::from("/a/b.csv"));
        assert_eq!(with_csv_ending(PathBuf::from("/a/b.txt")), PathBuf::from("/a/b.txt"));
    }
}
