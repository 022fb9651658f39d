//! `proviso eval`.

mod answers;
mod charts;
mod pdf_texts;
mod study;
mod tables;

use anyhow::bail;
use proviso_app::{
    AnswerEvaluation, AppError, Evaluation, Machine, Reader, evaluate, evaluate_answers, measure_screening,
};
use proviso_encoder::ModelKind;
use proviso_extract::scoring::{Contract, Report, load_answers, load_contracts};
use proviso_plan::Work;
use serde::Serialize;

use crate::{Outcome, arguments::EvalArguments, environment, output, progress};

#[derive(Serialize)]
struct Figures<'a> {
    #[serde(flatten)]
    report: &'a Report,
    contracts: usize,
    windows: usize,
    seconds: f64,
    tokens_per_second: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'a AnswerEvaluation>,
}

pub fn run(arguments: &EvalArguments) -> anyhow::Result<Outcome> {
    let mut contracts = load_contracts(&arguments.data).map_err(AppError::from)?;
    contracts.truncate(arguments.limit.unwrap_or(usize::MAX));
    if let Some(folder) = &arguments.pdf_dir {
        contracts = pdf_texts::from_pdfs(contracts, folder)?;
    }
    if let Some(folder) = &arguments.study {
        output::print(study::run(arguments, &contracts, folder)?.as_bytes())?;
        return Ok(Outcome::Complete);
    }
    let (machine, reader) = environment::reader(&arguments.running, &arguments.asking, Work::Many)?;
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
    Ok(tables::scores(&evaluation) + &answers.as_ref().map(answers::table).unwrap_or_default())
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
    Ok(if arguments.json { serde_json::to_string(&screened)? + "\n" } else { tables::screening(&screened) })
}

fn figures(evaluation: &Evaluation) -> Figures<'_> {
    Figures {
        report: &evaluation.report,
        contracts: evaluation.contracts,
        windows: evaluation.windows,
        seconds: evaluation.seconds,
        tokens_per_second: tables::tokens_per_second(evaluation),
        answers: None,
    }
}
