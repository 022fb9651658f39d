//! What this program finds on this computer: itself, the models, and how one of them would run.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use proviso_app::{AppError, Machine, MachineSettings, Model, ModelLibrary, Reader, ReaderWish, plan_reader};
use proviso_encoder::{ModelFolder, ModelKind};
use proviso_export::SettingsRecord;
use proviso_plan::{Plan, Work};

use crate::arguments::{AskingArguments, RunningArguments};

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

/// Finds the model that was asked for and decides how it is run on a machine for so much work; what screens for it is not
/// loaded.
pub fn planned_on(
    machine: Machine,
    running: &RunningArguments,
    work: Work,
    screening: bool,
) -> anyhow::Result<Planned> {
    let folders = models_folders()?;
    let folder = Model::find(running.model.as_deref(), &folders)?;
    let wish = ReaderWish { request: running.request(work, screening), own: Vec::new(), folders };
    let (plan, _) = plan_reader(&machine, &folder, &wish)?;
    Ok(Planned { folder, machine, plan })
}

/// Loads the model that was asked for, as planned for so much work on this computer.
pub fn reader(
    running: &RunningArguments,
    asking: &AskingArguments,
    work: Work,
) -> anyhow::Result<(Machine, Reader)> {
    let machine = machine(None)?;
    let (folder, wish) = wished(running, asking, work)?;
    let reader = Reader::load(&machine, folder, &wish)?;
    Ok((machine, reader))
}

/// The model that was asked for, and what is to be read with it.
pub fn wished(
    running: &RunningArguments,
    asking: &AskingArguments,
    work: Work,
) -> anyhow::Result<(ModelFolder, ReaderWish)> {
    let folders = models_folders()?;
    let folder = Model::find(running.model.as_deref(), &folders)?;
    if folder.manifest().kind == ModelKind::SpanTagger && !asking.question.is_empty() {
        let name = &folder.manifest().name;
        bail!("the model `{name}` cannot be asked questions of your own; name one that can with `--model`");
    }
    Ok((folder, wish(running, asking, work, folders)))
}

/// What was typed, for the receipt of a reading.
pub fn settings_record(running: &RunningArguments, asking: &AskingArguments, work: Work) -> SettingsRecord {
    proviso_app::settings_record(&wish(running, asking, work, Vec::new()), &BTreeMap::new())
}

fn wish(
    running: &RunningArguments,
    asking: &AskingArguments,
    work: Work,
    folders: Vec<PathBuf>,
) -> ReaderWish {
    let request = running.request(work, !asking.exhaustive);
    ReaderWish { request, own: asking.question.clone(), folders }
}
