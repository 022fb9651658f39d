//! `proviso plan`.

use proviso_plan::{Hardware, Plan};
use serde::Serialize;

use crate::{
    Outcome,
    arguments::PlanArguments,
    environment::{Planned, planned},
    output,
};

#[derive(Serialize)]
struct Printed<'a> {
    model: &'a str,
    hardware: &'a Hardware,
    plan: &'a Plan,
}

pub fn run(arguments: &PlanArguments) -> anyhow::Result<Outcome> {
    let Planned { folder, hardware, plan } = planned(&arguments.running)?;
    let model = &folder.manifest().name;
    let text = if arguments.json {
        serde_json::to_string(&Printed { model, hardware: &hardware, plan: &plan })? + "\n"
    } else {
        format!("{model}: {}\n{}\n", folder.manifest().description, plan.reasons.join("\n"))
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}
