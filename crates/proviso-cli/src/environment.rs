//! What this program finds on this computer: itself, the models, and how one of them would run.

use std::path::PathBuf;

use anyhow::Context;
use proviso_app::{AppError, Model, ModelLibrary};
use proviso_encoder::ModelFolder;
use proviso_plan::{Hardware, Plan, plan};

use crate::arguments::RunningArguments;

/// The program itself, which is started again to read PDFs.
pub fn program() -> anyhow::Result<PathBuf> {
    std::env::current_exe().context("Proviso cannot find its own program file")
}

/// The folders in which models are looked for.
pub fn models_folders() -> anyhow::Result<Vec<PathBuf>> {
    Ok(proviso_app::models_folders(data_folder().as_deref(), None, &program()?))
}

/// The models that can be imported and removed.
pub fn model_library() -> anyhow::Result<ModelLibrary> {
    let data_folder = data_folder().context("there is no folder to keep models in: set HOME")?;
    Ok(ModelLibrary::new(&data_folder, models_folders()?))
}

/// The folder of Proviso's data among those of the person's other programs; the window has the same.
fn data_folder() -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join("proviso"))
}

/// A model with what will run it here.
pub struct Planned {
    pub folder: ModelFolder,
    pub hardware: Hardware,
    pub plan: Plan,
}

/// Finds the model that was asked for and decides how it is run.
pub fn planned(running: &RunningArguments) -> anyhow::Result<Planned> {
    let folder = Model::find(running.model.as_deref(), &models_folders()?)?;
    let hardware = Hardware::detect();
    let plan = plan(&hardware, Model::needs(&folder)?, running.request()).map_err(AppError::from)?;
    Ok(Planned { folder, hardware, plan })
}
