//! `proviso models`.

mod import;

use proviso_app::{AppError, Model};
use proviso_encoder::ModelFolder;

use crate::{
    Outcome,
    arguments::{ModelsArguments, ModelsCommand},
    environment, output,
};

pub fn run(arguments: &ModelsArguments) -> anyhow::Result<Outcome> {
    match &arguments.command {
        ModelsCommand::List => list(),
        ModelsCommand::Import(arguments) => import::run(arguments),
        ModelsCommand::Verify { name } => verify(name),
        ModelsCommand::Remove { name } => remove(name),
    }
}

fn list() -> anyhow::Result<Outcome> {
    let mut text = String::new();
    let mut outcome = Outcome::Complete;
    for found in ModelFolder::list(&environment::models_folders()?) {
        match found {
            Ok(model) => text += &line(&model),
            Err(error) => {
                output::complain(&format!("error: {error}"));
                outcome = Outcome::SomeFailed;
            }
        }
    }
    if text.is_empty() {
        output::complain("no models were found");
    }
    output::print(text.as_bytes())?;
    Ok(outcome)
}

fn line(model: &ModelFolder) -> String {
    let manifest = model.manifest();
    let figures = manifest.scores.as_ref().map_or_else(
        || "not scored".to_owned(),
        |scores| format!("AUPR {:.3}, weighted F1 {:.3} ({})", scores.aupr, scores.weighted_f1, scores.data),
    );
    format!(
        "{}  {:.1} M weights in {}  {figures}\n    {}\n    {}\n",
        manifest.name,
        manifest.parameters as f64 / 1e6,
        manifest.precision,
        manifest.description,
        model.path().display(),
    )
}

fn verify(name: &str) -> anyhow::Result<Outcome> {
    let model = Model::find(Some(name), &environment::models_folders()?)?;
    model.verify().map_err(AppError::from)?;
    let files = model.manifest().files.len();
    output::print(
        format!("{}: all {files} files are as the manifest describes them\n", model.manifest().name)
            .as_bytes(),
    )?;
    Ok(Outcome::Complete)
}

fn remove(name: &str) -> anyhow::Result<Outcome> {
    let folder = environment::model_library()?.remove(name)?;
    output::print(format!("{name}: removed from {}\n", folder.display()).as_bytes())?;
    Ok(Outcome::Complete)
}
