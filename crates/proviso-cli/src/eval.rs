//! `proviso eval`.

use std::collections::BTreeMap;

use proviso_app::{AppError, Evaluation, Model, evaluate};
use proviso_extract::scoring::{CategoryReport, load_contracts};
use proviso_plan::Work;
use serde::Serialize;

use crate::{
    Outcome,
    arguments::EvalArguments,
    environment::{Planned, planned},
    output, progress,
};

#[derive(Serialize)]
struct Figures<'a> {
    aupr: f64,
    p_at_80r: f64,
    p_at_90r: f64,
    weighted_f1: f64,
    per_category: &'a BTreeMap<&'static str, CategoryReport>,
    contracts: usize,
    windows: usize,
    seconds: f64,
    tokens_per_second: f64,
}

pub fn run(arguments: &EvalArguments) -> anyhow::Result<Outcome> {
    let Planned { folder, machine, plan } = planned(&arguments.running, Work::Many)?;
    let mut contracts = load_contracts(&arguments.data).map_err(AppError::from)?;
    contracts.truncate(arguments.limit.unwrap_or(usize::MAX));
    let model = Model::load(folder, &plan)?;
    let bar = progress::bar(contracts.len() as u64, "contracts");
    let evaluation = evaluate(&model, &plan, &contracts, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    machine.refine(&model, &plan, evaluation.windows, evaluation.seconds);
    model.take_notices().iter().for_each(|notice| output::complain(notice));
    if let Some(path) = &arguments.nbest {
        proviso_export::write_file(path, &serde_json::to_vec(&evaluation.nbest)?)?;
    }
    let text = if arguments.json {
        serde_json::to_string(&figures(&evaluation))? + "\n"
    } else {
        table(&evaluation)
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}

fn figures(evaluation: &Evaluation) -> Figures<'_> {
    let report = &evaluation.report;
    Figures {
        aupr: report.aupr,
        p_at_80r: report.p_at_80r,
        p_at_90r: report.p_at_90r,
        weighted_f1: report.weighted_f1,
        per_category: &report.per_category,
        contracts: evaluation.contracts,
        windows: evaluation.windows,
        seconds: evaluation.seconds,
        tokens_per_second: evaluation.tokens as f64 / evaluation.seconds,
    }
}

fn table(evaluation: &Evaluation) -> String {
    let figures = figures(evaluation);
    let mut text =
        format!("{:<36} {:>7} {:>7} {:>9} {:>7}\n", "category", "AUPR", "F1", "threshold", "answers");
    for (name, report) in figures.per_category {
        text += &format!(
            "{name:<36} {:>7.3} {:>7.3} {:>9.2} {:>7}\n",
            report.aupr, report.f1, report.threshold, report.answers
        );
    }
    text + &format!(
        "\nAUPR {:.3}   precision at 80 % recall {:.3}, at 90 % {:.3}   weighted F1 {:.3}\n{} contracts, {} windows in \
         {:.1} s: {:.0} tokens a second\n",
        figures.aupr,
        figures.p_at_80r,
        figures.p_at_90r,
        figures.weighted_f1,
        figures.contracts,
        figures.windows,
        figures.seconds,
        figures.tokens_per_second,
    )
}
