//! A model scored on contracts whose clauses are known.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use proviso_core::{Category, Finding, Topic};
use proviso_extract::scoring::{
    Contract, Prediction, Report, Scored, Scoring, said_once, score, sentences_of, spread,
};

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
/// A span tagger is scored by its findings, the curve of a calibrated one by its n-best lists: the findings with the sentences of
/// each (`scoring::sentences_of`), and nothing twice (`scoring::said_once`). A model that answers questions is scored by its own
/// lists, as CUAD's script does.
///
/// # Errors
/// If the model fails.
pub fn evaluate(
    reader: &Reader,
    contracts: &[Contract],
    on_contract: &dyn Fn(usize),
) -> Result<Evaluation, AppError> {
    let mut evaluating = Evaluating::new(reader);
    for (index, contract) in contracts.iter().enumerate() {
        evaluating.read(contract)?;
        on_contract(index + 1);
    }
    Ok(evaluating.finish())
}

/// An evaluation on its way, contract by contract.
pub(crate) struct Evaluating<'a> {
    reader: &'a Reader,
    scored: Vec<Scored<'a>>,
    findings: Vec<Vec<Finding>>,
    windows: usize,
    tokens: usize,
    spent: Duration,
}

impl<'a> Evaluating<'a> {
    pub(crate) fn new(reader: &'a Reader) -> Self {
        let (scored, findings) = (Vec::new(), Vec::new());
        Self { reader, scored, findings, windows: 0, tokens: 0, spent: Duration::ZERO }
    }

    /// Reads one more contract.
    ///
    /// # Errors
    /// If the model fails.
    pub(crate) fn read(&mut self, contract: &'a Contract) -> Result<(), AppError> {
        let start = Instant::now();
        let text = &contract.text;
        self.tokens += self.reader.model().tokenizer.encode(text)?.len();
        let reading = read_text(self.reader, text, Course::to_the_end(&Cancel::default()))?;
        self.windows += reading.windows;
        // Half of a score is nothing; half of a probability is one.
        let is_calibrated = self.reader.model().manifest().calibration.is_some() && reading.passes.is_none();
        self.scored.push(Scored {
            contract,
            predictions: predictions(contract, &reading),
            listed: is_calibrated.then(|| n_best(contract, &reading.findings)),
        });
        self.findings.push(reading.findings);
        self.spent += start.elapsed();
        Ok(())
    }

    /// The figures of all that were read.
    pub(crate) fn finish(self) -> Evaluation {
        let manifest = self.reader.model().manifest();
        let spread: fn(f64) -> f64 = if manifest.calibration.is_some() { spread } else { |score| score };
        let scoring = Scoring { threshold_of: &|category| manifest.threshold(category), spread };
        Evaluation {
            report: score(&self.scored, &scoring),
            nbest: nbest(&self.scored, spread),
            contracts: self.scored.len(),
            findings: self.findings,
            windows: self.windows,
            tokens: self.tokens,
            seconds: self.spent.as_secs_f64(),
        }
    }
}

/// What was proposed: by findings, or by the n-best lists of a model that answers questions.
fn predictions(contract: &Contract, reading: &Reading) -> BTreeMap<Category, Vec<Prediction>> {
    if reading.passes.is_none() {
        return predictions_of(contract, reading.findings.iter());
    }
    let answers = reading.n_best.iter().flat_map(|(topic, answers)| {
        let answers = answers.iter().filter(|answer| !answer.is_none());
        answers.map(move |answer| (topic, answer.text(&contract.text), answer.probability))
    });
    by_category(contract, answers)
}

/// The n-best lists of a calibrated span tagger.
fn n_best(contract: &Contract, findings: &[Finding]) -> BTreeMap<Category, Vec<Prediction>> {
    let sentences = sentences_of(&contract.text, findings);
    let lists = predictions_of(contract, findings.iter().chain(&sentences));
    lists.into_iter().map(|(category, list)| (category, said_once(list))).collect()
}

fn predictions_of<'a>(
    contract: &Contract,
    findings: impl Iterator<Item = &'a Finding>,
) -> BTreeMap<Category, Vec<Prediction>> {
    let proposed = findings.map(|finding| {
        let text = &contract.text[finding.range.start..finding.range.end];
        (&finding.topic, text, f64::from(finding.confidence))
    });
    by_category(contract, proposed)
}

/// Passages with their probabilities; the dataset has no answers to a person's own questions.
fn by_category<'a>(
    contract: &Contract,
    proposed: impl Iterator<Item = (&'a Topic, &'a str, f64)>,
) -> BTreeMap<Category, Vec<Prediction>> {
    let mut predictions: BTreeMap<Category, Vec<Prediction>> = BTreeMap::new();
    for (topic, text, probability) in proposed {
        let Some(category) = topic.category() else { continue };
        let prediction = Prediction { text: contract.compared(text), probability };
        predictions.entry(category).or_default().push(prediction);
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
                let list = scored.listed().get(category).into_iter().flatten();
                (id.clone(), list.map(spread).collect())
            })
        })
        .collect()
}
