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
use proviso_extract::{
    Answer, Asking, Evidence, KeptAnswers, PassesDone, PassesReport, ReadSettings, Screen, TaggedText,
    WindowsRead, ask, read_tokens,
};
use proviso_plan::Plan;

use crate::{AppError, Model, Reader, VERSION, reader::AskingWith};

/// The confidence from which an answer about a person's own category is shown: where the model holds it for likelier than
/// that there is none.
pub(crate) const OWN_THRESHOLD: f32 = 0.5;

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

/// What was found in a contract.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Everything that the model proposes, also below the thresholds.
    pub findings: Vec<Finding>,
    /// Passes through the model.
    pub windows: usize,
    /// Of a span tagger: what speaks for each category at every token.
    pub evidence: Option<Evidence>,
    /// Of a model that answers questions: what became of the passes.
    pub passes: Option<PassesReport>,
    /// Of such a model: for each question the best answers as CUAD's scorer reads them.
    pub n_best: Vec<(Topic, Vec<Answer>)>,
}

/// Finds the clauses of a document: everything that the model proposes, also below the thresholds.
///
/// # Errors
/// If the model fails, or the reading is cancelled.
pub fn read_contract(
    reader: &Reader,
    document: &Document,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<Reading, AppError> {
    read_text(reader, document.text(), waiting, on_progress, cancel)
}

/// As [`read_contract`], for a text without pages.
pub(crate) fn read_text(
    reader: &Reader,
    text: &str,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<Reading, AppError> {
    let Some(asking) = &reader.asking else {
        let tokens = reader.model.tokenizer.encode(text)?;
        let (tagged, windows) =
            tag(&reader.model, &reader.plan, text, &tokens, waiting, on_progress, cancel)?;
        let TaggedText { findings, evidence } = tagged;
        let evidence = Some(evidence);
        return Ok(Reading { findings, windows, evidence, passes: None, n_best: Vec::new() });
    };
    let screen = match &asking.screener {
        None => None,
        Some(screener) => {
            let tokens = screener.model.tokenizer.encode(text)?;
            let (tagged, _) = tag(&screener.model, &screener.plan, text, &tokens, waiting, &|_| {}, cancel)?;
            Some(Screen::of(tagged.evidence, screener.threshold))
        }
    };
    ask_text(reader, asking, screen.as_ref(), text, waiting, on_progress, cancel)
}

/// A text through a span tagger; the windows that were read too.
pub(crate) fn tag(
    model: &Model,
    plan: &Plan,
    text: &str,
    tokens: &Tokens,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<(TaggedText, usize), AppError> {
    let settings = ReadSettings { window: plan.window, stride: plan.stride };
    let windows = proviso_encoder::cut_windows(tokens.len(), plan.window, plan.stride).len();
    let is_cancelled = || cancel.is_asked();
    let labels = &model.manifest().labels;
    let read = |reader: &dyn PassReader| {
        read_tokens(reader, labels, text, tokens, settings, on_progress, &is_cancelled)
    };
    let tagged = model.with_reader(schedule(plan, waiting), read)?;
    let mut tagged = tagged.map_err(|Cancelled| AppError::Cancelled)?;
    for finding in &mut tagged.findings {
        if let Some(category) = finding.topic.category() {
            finding.confidence = model.manifest().confidence(category, finding.confidence);
        }
    }
    Ok((tagged, windows))
}

/// Questions put to a text; `screen` says where they need not be.
pub(crate) fn ask_text(
    reader: &Reader,
    asking: &AskingWith,
    screen: Option<&Screen>,
    text: &str,
    waiting: Waiting,
    on_progress: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<Reading, AppError> {
    // Models were trained on contracts whose white space is all blanks.
    let tokens = reader.model.tokenizer.encode_words(text)?;
    let identity = reader.identity();
    let asked = Asking {
        questions: &asking.questions,
        text,
        tokens: &tokens,
        settings: asking.settings,
        screen,
        kept: Some(KeptAnswers { cache: &asking.answers, model: &identity }),
    };
    let is_cancelled = || cancel.is_asked();
    let report = |passes: PassesDone| on_progress(WindowsRead { done: passes.done, total: passes.total });
    let read = |reader: &dyn PassReader| ask(reader, &asked, &report, &is_cancelled);
    let answered = reader.model.with_reader(schedule(&reader.plan, waiting), read)?;
    let answered = answered.map_err(|Cancelled| AppError::Cancelled)?;
    let topics = asking.questions.iter().map(|question| question.topic.clone());
    Ok(Reading {
        findings: answered.findings,
        windows: answered.passes.made,
        evidence: None,
        passes: Some(answered.passes),
        n_best: topics.zip(answered.n_best).collect(),
    })
}

fn schedule(plan: &Plan, waiting: Waiting) -> Schedule {
    Schedule { workers: plan.workers, stand_back: waiting == Waiting::AtWindow }
}

impl Reader {
    /// What answers that are kept belong to: the model with the numbers that it runs with.
    fn identity(&self) -> String {
        format!("{} {}", self.model.folder().weights_hash(), self.plan.precision)
    }
}

/// The findings that reach the threshold of their category: the person's where there is one, else the model's. A category
/// of the person's own has no threshold in any model.
pub fn above_thresholds(
    findings: &[Finding],
    manifest: &Manifest,
    chosen: &BTreeMap<String, f32>,
) -> Vec<Finding> {
    findings.iter().filter(|finding| reaches_threshold(finding, manifest, chosen)).cloned().collect()
}

/// Whether a finding reaches the threshold of its category.
pub(crate) fn reaches_threshold(
    finding: &Finding,
    manifest: &Manifest,
    chosen: &BTreeMap<String, f32>,
) -> bool {
    let topic = &finding.topic;
    let of_model = || topic.category().map_or(OWN_THRESHOLD, |known| manifest.threshold(known));
    finding.confidence >= chosen.get(topic.name()).copied().unwrap_or_else(of_model)
}

/// The receipt of a run.
pub fn run_record(folder: &ModelFolder, plan: &Plan, more: Option<String>, seconds: f64) -> RunRecord {
    RunRecord {
        version: VERSION.to_owned(),
        model: folder.manifest().name.clone(),
        model_sha256: folder.weights_hash().clone(),
        precision: plan.precision.name().to_owned(),
        device: plan.device.name().to_owned(),
        plan: plan.sentences().into_iter().chain(more).collect(),
        seconds,
    }
}
