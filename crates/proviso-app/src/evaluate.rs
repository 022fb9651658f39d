//! A model scored on contracts whose clauses are known.

use std::{collections::BTreeMap, time::Instant};

use proviso_core::{Category, Finding};
use proviso_encoder::cut_windows;
use proviso_extract::scoring::{Contract, Prediction, Report, Scored, score};
use proviso_plan::Plan;

use crate::{AppError, Cancel, Model, Waiting, reading::read_tokenized};

/// What a model reached on a set of contracts, and how long it took.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The figures.
    pub report: Report,
    /// Everything that was proposed, by question id: the input of CUAD's own scorer.
    pub nbest: BTreeMap<String, Vec<Prediction>>,
    /// Contracts read.
    pub contracts: usize,
    /// Windows read.
    pub windows: usize,
    /// Tokens of the contracts' texts; passages that several windows share count once.
    pub tokens: usize,
    /// Wall-clock seconds spent reading.
    pub seconds: f64,
}

/// Reads every contract and scores what was found. `on_contract` hears how many have been read.
///
/// # Errors
/// If the model fails.
pub fn evaluate(
    model: &Model,
    plan: &Plan,
    contracts: &[Contract],
    on_contract: &dyn Fn(usize),
) -> Result<Evaluation, AppError> {
    let mut scored = Vec::new();
    let (mut windows, mut tokens) = (0, 0);
    let start = Instant::now();
    for contract in contracts {
        let text = &contract.text;
        let of_contract = model.tokenizer.encode(text)?;
        tokens += of_contract.len();
        windows += cut_windows(of_contract.len(), plan.window, plan.stride).len();
        let findings =
            read_tokenized(model, plan, text, &of_contract, Waiting::ForResult, &|_| {}, &Cancel::default())?;
        scored.push(Scored { contract, predictions: predictions(text, &findings) });
        on_contract(scored.len());
    }
    let seconds = start.elapsed().as_secs_f64();
    let report = score(&scored, |category| model.manifest().threshold(category));
    Ok(Evaluation { report, nbest: nbest(&scored), contracts: contracts.len(), windows, tokens, seconds })
}

fn predictions(contract: &str, findings: &[Finding]) -> BTreeMap<Category, Vec<Prediction>> {
    let mut predictions: BTreeMap<Category, Vec<Prediction>> = BTreeMap::new();
    for finding in findings {
        // The dataset has no answers to a person's own questions.
        let Some(category) = finding.topic.category() else { continue };
        let text = contract[finding.range.start..finding.range.end].to_owned();
        let prediction = Prediction { text, probability: f64::from(finding.confidence) };
        predictions.entry(category).or_default().push(prediction);
    }
    predictions
}

fn nbest(scored: &[Scored<'_>]) -> BTreeMap<String, Vec<Prediction>> {
    scored
        .iter()
        .flat_map(|scored| {
            scored.contract.question_ids.iter().map(|(category, id)| {
                (id.clone(), scored.predictions.get(category).cloned().unwrap_or_default())
            })
        })
        .collect()
}
