//! What this program finds on this computer: itself, the models, and how one of them would run.

use std::path::{Path, PathBuf};

use anyhow::Context;
use proviso_app::{AppError, Machine, MachineSettings, Model, ModelLibrary};
use proviso_encoder::ModelFolder;
use proviso_plan::{Plan, Work};

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

/// This computer, or the one that a file describes.
pub fn machine(description: Option<&Path>) -> Result<Machine, AppError> {
    let data_folder = data_folder();
    let models_folder = data_folder.as_ref().map(|folder| folder.join("models"));
    Machine::detect(MachineSettings {
        data_folder: data_folder.as_deref(),
        models_folder: models_folder.as_deref(),
        description,
    })
}

/// A model with what will run it here.
pub struct Planned {
    pub folder: ModelFolder,
    pub machine: Machine,
    pub plan: Plan,
}

/// Finds the model that was asked for and decides how it is run for so much work.
pub fn planned(running: &RunningArguments, work: Work) -> anyhow::Result<Planned> {
    planned_on(machine(None)?, running, work)
}

/// As [`planned`], for a machine that is known already.
pub fn planned_on(machine: Machine, running: &RunningArguments, work: Work) -> anyhow::Result<Planned> {
    let folder = Model::find(running.model.as_deref(), &models_folders()?)?;
    let plan = machine.plan(&folder, running.request(work))?;
    Ok(Planned { folder, machine, plan })
}
