//! Names the commands that the user interface may call, so that each needs a permission of its own.

const COMMANDS: &[&str] = &[
    "about",
    "app_info",
    "launch_documents",
    "listen_to_queue",
    "add_to_queue",
    "change_queue",
    "choose_documents",
    "choose_folder",
    "open_document",
    "document_bytes",
    "known_reading",
    "close_document",
    "export_contract",
    "preferences",
    "save_preferences",
    "running",
    "measurements",
    "measure",
    "cancel_measuring",
    "models",
    "choose_model_folder",
    "import_model",
    "cancel_import",
    "verify_model",
    "remove_model",
    "refine_document",
    "cancel_refining",
    "current_reading",
    "review_document",
    "undo_review",
    "redo_review",
    "matrix",
    "accept_cells",
    "confirm_absent_cells",
    "export_matrix",
    "backups",
    "back_up",
    "restore_backup",
];

fn main() {
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        panic!("the window's configuration is not sound: {error:#}");
    }
}
