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
use proviso_export::{QuestionRecord, RunRecord, SettingsRecord};
use proviso_extract::{
    Answer, Asking, Evidence, KeptAnswers, PassesDone, PassesReport, Question, ReadSettings, Screen,
    TaggedText, WindowsRead, answer_findings, ask, read_tokens,
};
use proviso_plan::Plan;

use crate::{
    AppError, Model, Reader, ReaderWish, VERSION,
    checkpoints::{Journalled, PassJournal},
    confidence::make_confidences,
    reader::AskingWith,
};

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

/// How a reading goes on.
#[derive(Clone, Copy)]
pub(crate) struct Course<'a> {
    /// Who waits for it.
    pub waiting: Waiting,
    /// What hears how far it is.
    pub on_progress: &'a dyn Fn(WindowsRead),
    /// The wish to stop it.
    pub cancel: &'a Cancel,
    /// Where its passes are kept, so that it can be cut off and gone on with.
    pub journal: Option<&'a PassJournal>,
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
    read_text(reader, document.text(), Course { waiting, on_progress, cancel, journal: None })
}

/// As [`read_contract`], for a text without pages.
pub(crate) fn read_text(reader: &Reader, text: &str, course: Course<'_>) -> Result<Reading, AppError> {
    let mut reading = find(reader, text, course)?;
    let manifest = reader.model.manifest();
    answer_findings(text, &mut reading.findings, |finding| {
        reaches_threshold(finding, manifest, &BTreeMap::new())
    });
    Ok(reading)
}

/// The clauses of a text, without their answers.
fn find(reader: &Reader, text: &str, course: Course<'_>) -> Result<Reading, AppError> {
    let Some(asking) = &reader.asking else {
        let tokens = reader.model.tokenizer.encode(text)?;
        let (tagged, windows) = tag(&reader.model, &reader.plan, text, &tokens, course)?;
        let TaggedText { findings, evidence } = tagged;
        let evidence = Some(evidence);
        return Ok(Reading { findings, windows, evidence, passes: None, n_best: Vec::new() });
    };
    let screen = match &asking.screener {
        None => None,
        Some(screener) => {
            let tokens = screener.model.tokenizer.encode(text)?;
            let unseen = Course { on_progress: &|_| {}, ..course };
            let (tagged, _) = tag(&screener.model, &screener.plan, text, &tokens, unseen)?;
            Some(Screen::of(tagged.evidence, screener.threshold))
        }
    };
    ask_text(reader, asking, screen.as_ref(), text, course)
}

/// A text through a span tagger; the windows that were read too.
pub(crate) fn tag(
    model: &Model,
    plan: &Plan,
    text: &str,
    tokens: &Tokens,
    course: Course<'_>,
) -> Result<(TaggedText, usize), AppError> {
    let settings = ReadSettings { window: plan.window, stride: plan.stride };
    let windows = proviso_encoder::cut_windows(tokens.len(), plan.window, plan.stride).len();
    let is_cancelled = || course.cancel.is_asked();
    let labels = &model.manifest().labels;
    let read = |reader: &dyn PassReader| {
        read_tokens(reader, labels, text, tokens, settings, course.on_progress, &is_cancelled)
    };
    let tagged = course.through(model, plan, read)?;
    let mut tagged = tagged.map_err(|Cancelled| AppError::Cancelled)?;
    make_confidences(&mut tagged.findings, model.manifest());
    Ok((tagged, windows))
}

/// Questions put to a text; `screen` says where they need not be.
pub(crate) fn ask_text(
    reader: &Reader,
    asking: &AskingWith,
    screen: Option<&Screen>,
    text: &str,
    course: Course<'_>,
) -> Result<Reading, AppError> {
    // Models were trained on contracts whose white space is all blanks.
    let tokens = reader.model.tokenizer.encode_words(text)?;
    let identity = identity(&reader.model, &reader.plan);
    let asked = Asking {
        questions: &asking.questions,
        text,
        tokens: &tokens,
        settings: asking.settings,
        screen,
        kept: Some(KeptAnswers { cache: &asking.answers, model: &identity }),
    };
    let is_cancelled = || course.cancel.is_asked();
    let report =
        |passes: PassesDone| (course.on_progress)(WindowsRead { done: passes.done, total: passes.total });
    let read = |reader: &dyn PassReader| ask(reader, &asked, &report, &is_cancelled);
    let answered = course.through(&reader.model, &reader.plan, read)?;
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

impl<'a> Course<'a> {
    /// Nobody looks on, and nothing is kept.
    pub fn to_the_end(cancel: &'a Cancel) -> Self {
        Self { waiting: Waiting::ForResult, on_progress: &|_| {}, cancel, journal: None }
    }

    /// Hands what makes a model's passes to `read`: all of them, or those that the journal does not know.
    fn through<T>(self, model: &Model, plan: &Plan, read: impl FnOnce(&dyn PassReader) -> T) -> T {
        model.with_reader(schedule(plan, self.waiting), |reader| match self.journal {
            None => read(reader),
            Some(journal) => read(&Journalled { reader, journal, model: &identity(model, plan) }),
        })
    }
}

fn schedule(plan: &Plan, waiting: Waiting) -> Schedule {
    Schedule { workers: plan.workers, stand_back: waiting == Waiting::AtWindow }
}

/// What passes that are kept belong to: the model with the numbers that it runs with.
fn identity(model: &Model, plan: &Plan) -> String {
    format!("{} {}", model.folder().weights_hash(), plan.precision)
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
    reaches(&finding.topic, finding.confidence, manifest, chosen)
}

/// Whether a confidence reaches the threshold of a category.
pub(crate) fn reaches(
    topic: &Topic,
    confidence: f32,
    manifest: &Manifest,
    chosen: &BTreeMap<String, f32>,
) -> bool {
    confidence >= threshold(topic, manifest, chosen)
}

/// The threshold of a category: the person's where there is one, else the model's.
pub(crate) fn threshold(topic: &Topic, manifest: &Manifest, chosen: &BTreeMap<String, f32>) -> f32 {
    let of_model = || topic.category().map_or(OWN_THRESHOLD, |known| manifest.threshold(known));
    chosen.get(topic.name()).copied().unwrap_or_else(of_model)
}

/// What was chosen for a reading, for its receipt.
pub fn settings_record(wish: &ReaderWish, thresholds: &BTreeMap<String, f32>) -> SettingsRecord {
    let question =
        |asked: &Question| QuestionRecord { name: asked.topic.name().to_owned(), text: asked.text.clone() };
    SettingsRecord {
        speed: wish.request.speed.name().to_owned(),
        screening: wish.request.screening,
        questions: wish.own.iter().map(question).collect(),
        thresholds: thresholds.clone(),
    }
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
