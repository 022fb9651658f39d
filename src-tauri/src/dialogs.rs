//! The desktop's own dialogs. They are opened from here only: the page in the window may not open any.

use std::path::PathBuf;

use proviso_app::view::ExportFormat;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath, MessageDialogKind};

/// Asks for contracts to open; empty where the person changes their mind. Blocks until then.
pub fn choose_contracts(window: &WebviewWindow) -> Vec<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("Open contracts");
    let chosen = dialog.add_filter("PDF documents", &["pdf", "PDF"]).blocking_pick_files();
    chosen.into_iter().flatten().filter_map(local).collect()
}

/// Asks for a folder of contracts. Blocks until the person answers.
pub fn choose_contract_folder(window: &WebviewWindow) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("Folder of contracts");
    dialog.blocking_pick_folder().and_then(local)
}

/// Asks for the folder of a model. Blocks until the person answers.
pub fn choose_model_folder(window: &WebviewWindow) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("Folder of a model");
    dialog.blocking_pick_folder().and_then(local)
}

/// A file that is to be written.
pub struct Saving {
    /// What the dialog is called.
    pub title: &'static str,
    /// The folder that is proposed, if it is there.
    pub folder: Option<PathBuf>,
    /// The name that is proposed.
    pub name: String,
    /// What is written.
    pub kind: FileKind,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Comma-separated values.
    Table,
    /// An Excel workbook.
    Workbook,
    /// JSON.
    Json,
    /// A PDF.
    Pdf,
    /// A calendar.
    Calendar,
    /// The receipt of a reading.
    Receipt,
}

impl FileKind {
    /// What an export is written to.
    pub fn of(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Findings | ExportFormat::Cuad => Self::Table,
            ExportFormat::Workbook => Self::Workbook,
            ExportFormat::Json => Self::Json,
            ExportFormat::AnnotatedPdf => Self::Pdf,
            ExportFormat::Calendar => Self::Calendar,
            ExportFormat::Receipt => Self::Receipt,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Table => "Comma-separated values",
            Self::Workbook => "Excel workbook",
            Self::Json => "JSON",
            Self::Pdf => "PDF document",
            Self::Calendar => "Calendar",
            Self::Receipt => "Receipt of a reading",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Table => "csv",
            Self::Workbook => "xlsx",
            Self::Json | Self::Receipt => "json",
            Self::Pdf => "pdf",
            Self::Calendar => "ics",
        }
    }

    /// The name that is proposed for a contract's export.
    pub fn name(self, contract: &str) -> String {
        let what = match self {
            Self::Table | Self::Workbook | Self::Json => "clauses",
            Self::Pdf => "annotated",
            Self::Calendar => "key dates",
            Self::Receipt => "receipt",
        };
        format!("{contract} - {what}.{}", self.ending())
    }
}

/// Asks where to write a file. Blocks until the person answers.
pub fn choose_place(window: &WebviewWindow, saving: &Saving) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window);
    let mut dialog = dialog.set_title(saving.title).set_file_name(&saving.name);
    if let Some(folder) = saving.folder.as_ref().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let kind = saving.kind;
    let chosen = dialog.add_filter(kind.in_words(), &[kind.ending()]).blocking_save_file();
    chosen.and_then(local).map(|path| with_ending(path, kind))
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

/// A name typed without an ending gets one, so that other programs know the file.
fn with_ending(path: PathBuf, kind: FileKind) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(kind.ending()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_an_ending_where_it_has_none() {
        for (typed, kind, expected) in [
            ("/a/b", FileKind::Table, "/a/b.csv"),
            ("/a/b", FileKind::Workbook, "/a/b.xlsx"),
            ("/a/b.txt", FileKind::Table, "/a/b.txt"),
        ] {
            assert_eq!(with_ending(typed.into(), kind), PathBuf::from(expected));
        }
    }
}
