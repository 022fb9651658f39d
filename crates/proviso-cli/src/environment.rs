//! Where this program finds models.

use std::path::PathBuf;

use anyhow::Context;

/// The program itself, which is started again to read PDFs.
pub fn program() -> anyhow::Result<PathBuf> {
    std::env::current_exe().context("Proviso cannot find its own program file")
}

/// The folders in which models are looked for.
pub fn models_folders() -> anyhow::Result<Vec<PathBuf>> {
    let data_folder = dirs::data_dir().map(|folder| folder.join("proviso"));
    Ok(proviso_app::models_folders(data_folder.as_deref(), None, &program()?))
}
