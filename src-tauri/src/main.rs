//! Proviso's window: commands and events over `proviso-app`, and nothing more.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod dialogs;
mod folders;
mod session;
mod window;

use anyhow::Context;
use session::Session;

fn main() -> anyhow::Result<()> {
    // The same program is started again as the process that reads a PDF: that one never gets to a window.
    proviso_app::run_worker_if_asked();
    proviso_app::give_up_network(window::needs_connections());

    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Session::default())
        .setup(|app| {
            session::start_workbench(app.handle());
            window::open(app.handle())?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::about,
            commands::app_info,
            commands::launch_documents,
            commands::listen_to_queue,
            commands::add_to_queue,
            commands::change_queue,
            commands::choose_documents,
            commands::choose_folder,
            commands::open_document,
            commands::document_bytes,
            commands::known_reading,
            commands::close_document,
            commands::export_contract,
            commands::preferences,
            commands::save_preferences,
            commands::running,
            commands::measurements,
            commands::measure,
            commands::cancel_measuring,
            commands::models,
            commands::choose_model_folder,
            commands::import_model,
            commands::cancel_import,
            commands::verify_model,
            commands::remove_model,
            commands::refine_document,
            commands::cancel_refining,
            commands::current_reading,
            commands::review_document,
            commands::undo_review,
            commands::redo_review,
            commands::matrix,
            commands::accept_cells,
            commands::confirm_absent_cells,
            commands::export_matrix,
            commands::backups,
            commands::back_up,
            commands::restore_backup,
        ])
        .run(tauri::generate_context!())
        .context("Proviso's window could not be opened")
}
