//! `proviso plan`.

use proviso_plan::{Hardware, Plan, Work};
use serde::Serialize;

use crate::{
    Outcome,
    arguments::PlanArguments,
    environment::{Planned, machine, planned_on},
    output,
};

#[derive(Serialize)]
struct Printed<'a> {
    model: &'a str,
    hardware: &'a Hardware,
    plan: &'a Plan,
}

pub fn run(arguments: &PlanArguments) -> anyhow::Result<Outcome> {
    let work = if arguments.bulk { Work::Many } else { Work::OneContract };
    let machine = machine(arguments.hardware.as_deref())?;
    let Planned { folder, machine, plan } =
        planned_on(machine, &arguments.running, work, !arguments.exhaustive)?;
    let model = &folder.manifest().name;
    let text = if arguments.json {
        serde_json::to_string(&Printed { model, hardware: machine.hardware(), plan: &plan })? + "\n"
    } else {
        format!("{model}: {}\n{}\n", folder.manifest().description, plan.sentences().join("\n"))
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}
