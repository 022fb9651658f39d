//! `proviso models`.

mod import;

use proviso_app::{AppError, Machine, Model};
use proviso_encoder::{ModelFolder, ModelKind};

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
    let machine = environment::machine(None)?;
    for found in ModelFolder::list(&environment::models_folders()?) {
        match found {
            Ok(model) => text += &entry(&model, &machine),
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
    // Without a folder of one's own there is nothing that was interrupted.
    for name in environment::model_library().map(|library| library.interrupted()).unwrap_or_default() {
        output::complain(&format!(
            "the import of `{name}` was interrupted: import it again to go on, or drop it with `proviso models remove {name}`"
        ));
    }
    Ok(outcome)
}

fn entry(model: &ModelFolder, machine: &Machine) -> String {
    let manifest = model.manifest();
    let kind = match manifest.kind {
        ModelKind::SpanTagger => "finds all kinds of clause in one pass",
        ModelKind::QuestionAnswering => "answers questions one by one",
    };
    let quality = manifest.scores.as_ref().map_or_else(
        || "not scored".to_owned(),
        |scores| format!("AUPR {:.3}, weighted F1 {:.3} ({})", scores.aupr, scores.weighted_f1, scores.data),
    );
    let speed = machine.best_pace(model).map_or_else(
        || "not measured here".to_owned(),
        |pace| {
            format!(
                "{:.1} windows a second in {} on {}",
                pace.windows_per_second, pace.precision, pace.device
            )
        },
    );
    format!(
        "{}  {kind}\n    {:.1} M weights in {}, {:.0} MB; {speed}; {quality}\n    {}\n    {}\n",
        manifest.name,
        manifest.parameters as f64 / 1e6,
        manifest.precision,
        model.bytes() as f64 / 1e6,
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
