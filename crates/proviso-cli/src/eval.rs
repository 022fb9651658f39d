//! `proviso eval`.

use std::collections::BTreeMap;

use anyhow::bail;
use proviso_app::{
    AnswerEvaluation, AppError, Evaluation, Machine, Reader, Screened, evaluate, evaluate_answers,
    measure_screening,
};
use proviso_encoder::ModelKind;
use proviso_extract::scoring::{CategoryReport, Contract, load_answers, load_contracts};
use proviso_plan::Work;
use serde::Serialize;

mod answers;

use crate::{Outcome, arguments::EvalArguments, environment, output, progress};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'a AnswerEvaluation>,
}

pub fn run(arguments: &EvalArguments) -> anyhow::Result<Outcome> {
    let (machine, reader) = environment::reader(&arguments.running, &arguments.asking, Work::Many)?;
    let mut contracts = load_contracts(&arguments.data).map_err(AppError::from)?;
    contracts.truncate(arguments.limit.unwrap_or(usize::MAX));
    let text = match arguments.screening {
        Some(recall) => screening(&reader, &contracts, recall, arguments)?,
        None => scores(&machine, &reader, &contracts, arguments)?,
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}

fn scores(
    machine: &Machine,
    reader: &Reader,
    contracts: &[Contract],
    arguments: &EvalArguments,
) -> anyhow::Result<String> {
    let bar = progress::bar(contracts.len() as u64, "contracts");
    let evaluation = evaluate(reader, contracts, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    machine.refine(reader.model(), reader.plan(), evaluation.windows, evaluation.seconds);
    reader.model().take_notices().iter().for_each(|notice| output::complain(notice));
    if let Some(path) = &arguments.nbest {
        proviso_export::write_file(path, &serde_json::to_vec(&evaluation.nbest)?)?;
    }
    let answers = match &arguments.answers {
        Some(path) => {
            let gold = load_answers(path).map_err(AppError::from)?;
            Some(evaluate_answers(contracts, &evaluation.findings, reader.model().manifest(), &gold))
        }
        None => None,
    };
    if arguments.json {
        return Ok(
            serde_json::to_string(&Figures { answers: answers.as_ref(), ..figures(&evaluation) })? + "\n"
        );
    }
    Ok(table(&evaluation) + &answers.as_ref().map(answers::table).unwrap_or_default())
}

fn screening(
    reader: &Reader,
    contracts: &[Contract],
    recall: f64,
    arguments: &EvalArguments,
) -> anyhow::Result<String> {
    if reader.model().manifest().kind != ModelKind::SpanTagger {
        bail!(
            "only a span tagger screens for another model; leave out `--screening` or choose another model"
        );
    }
    let bar = progress::bar(contracts.len() as u64, "contracts");
    let screened = measure_screening(reader, contracts, recall, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    Ok(if arguments.json { serde_json::to_string(&screened)? + "\n" } else { screening_table(&screened) })
}

fn screening_table(screened: &Screened) -> String {
    let mut text = format!("{:<36} {:>7} {:>7} {:>7}\n", "category", "answers", "recall", "kept");
    let (held_out, chosen_on) = (&screened.held_out, &screened.chosen_on);
    for (name, of) in &held_out.per_category {
        text += &format!("{name:<36} {:>7} {:>7.3} {:>7.3}\n", of.answers, of.recall, of.kept);
    }
    text + &format!(
        "\nThreshold {:.5}. On contracts that thresholds were not chosen on, {:.1} % of the passages with an answer are kept, and \
         {:.1} % of all;\non those that it was chosen on, {:.1} % and {:.1} %.\n",
        screened.threshold,
        100.0 * held_out.recall,
        100.0 * held_out.kept,
        100.0 * chosen_on.recall,
        100.0 * chosen_on.kept,
    )
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
        answers: None,
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
