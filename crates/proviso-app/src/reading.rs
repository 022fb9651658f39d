//! A contract read by a model.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use proviso_core::{Document, Finding, Topic};
use proviso_encoder::{Cancelled, Manifest, ModelFolder, PassReader, Schedule, Tokens};
use proviso_export::RunRecord;
use proviso_extract::{ReadSettings, WindowsRead, read_tokens};
use proviso_plan::Plan;

use crate::{AppError, Model, VERSION};

/// A wish to stop, shared between who has it and who does the work.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work was asked to stop.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Who waits for a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A person at a terminal, or another program: nothing else is to be done.
    ForResult,
    /// A person at the window, which has to stay quick meanwhile.
    AtWindow,
}

/// The confidence from which an answer about a person's own category is shown: where the model holds it for likelier than
/// that there is none.
const OWN_THRESHOLD: f32 = 0.5;

/// Finds the clauses of a document: everything that the model proposes, also below the thresholds.
///
/// # Errors
/// If the model fails, or the reading is cancelled.
pub fn read_contract(
    model: &Model,
    plan: &Plan,
    document: &Document,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<Vec<Finding>, AppError> {
    let text = document.text();
    read_tokenized(model, plan, text, &model.tokenizer.encode(text)?, waiting, on_progress, cancel)
}

/// As [`read_contract`], for a text whose tokens are known.
pub(crate) fn read_tokenized(
    model: &Model,
    plan: &Plan,
    text: &str,
    tokens: &Tokens,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<Vec<Finding>, AppError> {
    let settings = ReadSettings { window: plan.window, stride: plan.stride };
    let schedule = Schedule { workers: plan.workers, stand_back: waiting == Waiting::AtWindow };
    let is_cancelled = || cancel.is_asked();
    let labels = &model.manifest().labels;
    let read = |reader: &dyn PassReader| {
        read_tokens(reader, labels, text, tokens, settings, on_progress, &is_cancelled)
    };
    let read = model.with_reader(schedule, read)?;
    read.map(|read| read.findings).map_err(|Cancelled| AppError::Cancelled)
}

/// The findings that reach the threshold of their category: the person's where there is one, else the model's. A category
/// of the person's own has no threshold in any model.
pub fn above_thresholds(
    findings: &[Finding],
    manifest: &Manifest,
    chosen: &BTreeMap<String, f32>,
) -> Vec<Finding> {
    let of_model = |topic: &Topic| topic.category().map_or(OWN_THRESHOLD, |known| manifest.threshold(known));
    let threshold = |topic: &Topic| chosen.get(topic.name()).copied().unwrap_or_else(|| of_model(topic));
    findings.iter().filter(|finding| finding.confidence >= threshold(&finding.topic)).cloned().collect()
}

/// The receipt of a run.
pub fn run_record(folder: &ModelFolder, plan: &Plan, seconds: f64) -> RunRecord {
    RunRecord {
        version: VERSION.to_owned(),
        model: folder.manifest().name.clone(),
        model_sha256: folder.weights_hash().clone(),
        precision: plan.precision.name().to_owned(),
        device: plan.device.name().to_owned(),
        plan: plan.sentences(),
        seconds,
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::{Category, TextRange};

    use super::*;

    #[test]
    fn every_category_has_a_threshold_also_ones_own() {
        let manifest: Manifest = serde_json::from_str(
            r#"{"schema": 1, "name": "m", "description": "d", "kind": "question-answering", "parameters": 1,
                "precision": "f16", "licence": "MIT", "files": {}, "window": {"length": 512},
                "thresholds": {"Insurance": 0.3}, "scores": {"data": "d", "aupr": 0.5, "weighted_f1": 0.5}}"#,
        )
        .unwrap();
        let finding = |topic: Topic, confidence| Finding {
            topic,
            range: TextRange::new(0, 1),
            confidence,
            answer: None,
        };
        let findings = [
            finding(Category::Parties.into(), 0.4),
            finding(Category::Insurance.into(), 0.4),
            finding(Topic::named("Rent"), 0.4),
            finding(Topic::named("Rent"), 0.6),
            finding(Topic::named("Data Protection"), 0.4),
        ];
        let shown = |chosen: &[(&str, f32)]| {
            let chosen = chosen.iter().map(|&(name, threshold)| (name.to_owned(), threshold)).collect();
            let names = above_thresholds(&findings, &manifest, &chosen).into_iter();
            names.map(|finding| finding.topic.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(&[]), ["Insurance", "Rent"]);
        assert_eq!(
            shown(&[("Data Protection", 0.2), ("Rent", 0.9), ("Insurance", 0.5)]),
            ["Data Protection"]
        );
    }
}
