//! `proviso plan`.

use proviso_app::{AppError, Model};
use proviso_plan::{Hardware, Plan, plan};
use serde::Serialize;

use crate::{Outcome, arguments::PlanArguments, environment, output};

#[derive(Serialize)]
struct Printed<'a> {
    model: &'a str,
    hardware: &'a Hardware,
    plan: &'a Plan,
}

pub fn run(arguments: &PlanArguments) -> anyhow::Result<Outcome> {
    let folder = Model::find(arguments.running.model.as_deref(), &environment::models_folders()?)?;
    let hardware = Hardware::detect();
    let plan = plan(&hardware, Model::needs(folder.manifest()), arguments.running.request())
        .map_err(AppError::from)?;
    let model = &folder.manifest().name;
    let text = if arguments.json {
        serde_json::to_string(&Printed { model, hardware: &hardware, plan: &plan })? + "\n"
    } else {
        format!("{model}: {}\n{}\n", folder.manifest().description, plan.reasons.join("\n"))
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}
