//! A model scored on contracts whose clauses are known.

use std::{collections::BTreeMap, time::Instant};

use proviso_core::{Category, Finding};
use proviso_extract::scoring::{Contract, Prediction, Report, Scored, Scoring, score, spread};

use crate::{
    AppError, Cancel, Reader, Reading,
    reading::{Course, read_text},
};

/// What a model reached on a set of contracts, and how long it took.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The figures.
    pub report: Report,
    /// Everything that was proposed, by question id: the input of CUAD's own scorer. Of a calibrated model the probabilities are
    /// spread (`scoring::spread`), as the scorer's thresholds are too coarse near 0.
    pub nbest: BTreeMap<String, Vec<Prediction>>,
    /// Everything that was found, by contract in their order.
    pub findings: Vec<Vec<Finding>>,
    /// Contracts read.
    pub contracts: usize,
    /// Passes through the model.
    pub windows: usize,
    /// Tokens of the contracts' texts; passages that several windows share count once.
    pub tokens: usize,
    /// Wall-clock seconds spent reading.
    pub seconds: f64,
}

/// Reads every contract and scores what was found. `on_contract` hears how many have been read.
///
/// A span tagger is scored by its findings; a model that answers questions by its n-best lists, as CUAD's own script does.
///
/// # Errors
/// If the model fails.
pub fn evaluate(
    reader: &Reader,
    contracts: &[Contract],
    on_contract: &dyn Fn(usize),
) -> Result<Evaluation, AppError> {
    let (mut scored, mut findings) = (Vec::new(), Vec::new());
    let (mut windows, mut tokens) = (0, 0);
    let start = Instant::now();
    for contract in contracts {
        let text = &contract.text;
        tokens += reader.model().tokenizer.encode(text)?.len();
        let reading = read_text(reader, text, Course::to_the_end(&Cancel::default()))?;
        windows += reading.windows;
        scored.push(Scored { contract, predictions: predictions(text, &reading) });
        findings.push(reading.findings);
        on_contract(scored.len());
    }
    let seconds = start.elapsed().as_secs_f64();
    let manifest = reader.model().manifest();
    let spread: fn(f64) -> f64 = if manifest.calibration.is_some() { spread } else { |score| score };
    let report = score(&scored, &Scoring { threshold_of: &|category| manifest.threshold(category), spread });
    let nbest = nbest(&scored, spread);
    Ok(Evaluation { report, nbest, findings, contracts: contracts.len(), windows, tokens, seconds })
}

/// What was proposed; the dataset has no answers to a person's own questions.
fn predictions(contract: &str, reading: &Reading) -> BTreeMap<Category, Vec<Prediction>> {
    let mut predictions: BTreeMap<Category, Vec<Prediction>> = BTreeMap::new();
    let mut add = |category, text: &str, probability| {
        let prediction = Prediction { text: text.to_owned(), probability };
        predictions.entry(category).or_default().push(prediction);
    };
    if reading.passes.is_some() {
        for (topic, answers) in &reading.n_best {
            let Some(category) = topic.category() else { continue };
            let answers = answers.iter().filter(|answer| !answer.is_none());
            answers.for_each(|answer| add(category, answer.text(contract), answer.probability));
        }
    } else {
        for finding in &reading.findings {
            let Some(category) = finding.topic.category() else { continue };
            let text = &contract[finding.range.start..finding.range.end];
            add(category, text, f64::from(finding.confidence));
        }
    }
    predictions
}

fn nbest(scored: &[Scored<'_>], spread: fn(f64) -> f64) -> BTreeMap<String, Vec<Prediction>> {
    let spread = |prediction: &Prediction| {
        let probability = spread(prediction.probability);
        Prediction { probability, ..prediction.clone() }
    };
    scored
        .iter()
        .flat_map(|scored| {
            scored.contract.question_ids.iter().map(|(category, id)| {
                let predictions = scored.predictions.get(category).into_iter().flatten();
                (id.clone(), predictions.map(spread).collect())
            })
        })
        .collect()
}
