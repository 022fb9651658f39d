//! What contracts are read with: a loaded model with its plan, and for one that answers questions what is asked of it.

use std::{path::PathBuf, sync::Arc};

use proviso_encoder::{EncoderError, ModelFolder, ModelKind};
use proviso_extract::{AnswerCache, PassesReport, PreparedQuestion, Question, QuestionSettings};
use proviso_plan::{Plan, PlanRequest};

use crate::{AppError, Machine, Model, model::bundled};

/// A model with everything that a reading needs beside the contract.
#[derive(Clone)]
pub struct Reader {
    pub(crate) model: Arc<Model>,
    pub(crate) plan: Plan,
    /// Of a model that answers questions.
    pub(crate) asking: Option<Arc<AskingWith>>,
}

/// What a model that answers questions is asked, and how.
pub(crate) struct AskingWith {
    pub questions: Vec<PreparedQuestion>,
    pub settings: QuestionSettings,
    pub screener: Option<Screener>,
    pub answers: Arc<AnswerCache>,
}

/// The quick model that says where a question is worth asking.
#[derive(Clone)]
pub(crate) struct Screener {
    pub model: Arc<Model>,
    pub plan: Plan,
    /// The evidence from which a passage is worth a question.
    pub threshold: f32,
}

/// What a reading is to be made with.
#[derive(Debug, Clone)]
pub struct ReaderWish {
    /// What is asked of the plan; whether passages are screened is part of it.
    pub request: PlanRequest,
    /// Questions of the person's own, which only a model that answers questions is asked.
    pub own: Vec<Question>,
    /// Where models are looked for, the one that screens among them.
    pub folders: Vec<PathBuf>,
}

impl Reader {
    /// Plans how a model is run here and loads it, and the one that screens for it where that is wished.
    ///
    /// # Errors
    /// If what is asked for is not possible here, or a model cannot be loaded.
    pub fn load(machine: &Machine, folder: ModelFolder, wish: &ReaderWish) -> Result<Self, AppError> {
        let (plan, screening) = plan_reader(machine, &folder, wish)?;
        let screener = screening
            .map(|(folder, plan, threshold)| {
                let model = Arc::new(Model::load(folder, &plan)?);
                Ok::<_, AppError>(Screener { model, plan, threshold })
            })
            .transpose()?;
        let model = Arc::new(Model::load(folder, &plan)?);
        Self::of(model, plan, &wish.own, screener, Arc::new(AnswerCache::new(AnswerCache::PASSES)))
    }

    /// A reader of models that are loaded.
    ///
    /// # Errors
    /// If a question cannot be put into the model's tokens.
    pub(crate) fn of(
        model: Arc<Model>,
        plan: Plan,
        own: &[Question],
        screener: Option<Screener>,
        answers: Arc<AnswerCache>,
    ) -> Result<Self, AppError> {
        let asking = match model.manifest().kind {
            ModelKind::SpanTagger => None,
            ModelKind::QuestionAnswering => {
                let questions = Question::cuad().into_iter().chain(own.iter().cloned());
                Some(Arc::new(AskingWith {
                    questions: prepared(&model, questions)?,
                    settings: settings(&model, &plan)?,
                    screener,
                    answers,
                }))
            }
        };
        Ok(Self { model, plan, asking })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How it is run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

/// A model that screens for another: its folder, its plan and its threshold.
type Screening = (ModelFolder, Plan, f32);

/// Plans a model's run, and that of the one that screens for it where that is wished and needed. Both together keep within
/// the memory that is allowed.
///
/// # Errors
/// If what is asked for is not possible here.
pub fn plan_reader(
    machine: &Machine,
    folder: &ModelFolder,
    wish: &ReaderWish,
) -> Result<(Plan, Option<Screening>), AppError> {
    let screening = match folder.manifest().kind {
        ModelKind::QuestionAnswering if wish.request.screening => plan_screener(machine, wish)?,
        _ => None,
    };
    let taken = screening.as_ref().map_or(0, |(_, plan, _)| plan.memory_mb);
    let request = PlanRequest { screening: screening.is_some(), ..wish.request.beside(taken) };
    Ok((machine.plan(folder, request)?, screening))
}

/// The bundled model, as far as it was measured what it misses. Where it does not fit into the memory nothing is screened, and the
/// other model's plan says how often that one reads.
fn plan_screener(machine: &Machine, wish: &ReaderWish) -> Result<Option<Screening>, AppError> {
    let folder = bundled(&wish.folders)?;
    let Some(measured) = &folder.manifest().screening else { return Ok(None) };
    let threshold = measured.threshold;
    let request = PlanRequest { memory_budget_mb: wish.request.memory_budget_mb, ..PlanRequest::default() };
    match machine.plan(&folder, request) {
        Ok(plan) => Ok(Some((folder, plan, threshold))),
        Err(AppError::Plan(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Questions in a model's tokens.
pub(crate) fn prepared(
    model: &Model,
    questions: impl Iterator<Item = Question>,
) -> Result<Vec<PreparedQuestion>, EncoderError> {
    let prepare = |question: Question| {
        let tokens = model.tokenizer.encode(&question.text)?.ids().to_vec();
        Ok(PreparedQuestion { topic: question.topic, tokens })
    };
    questions.map(prepare).collect()
}

fn settings(model: &Model, plan: &Plan) -> Result<QuestionSettings, EncoderError> {
    let length = model.manifest().window.length;
    Ok(QuestionSettings::new(length, model.folder().special_tokens()?, plan.stride))
}

/// What became of the passes of a reading, in a sentence.
pub fn passes_sentence(passes: PassesReport) -> String {
    let PassesReport { all, made, screened_out, cached } = passes;
    format!(
        "Of {all} pairs of question and passage, {made} were read by the model; {screened_out} were left out by screening, \
         and {cached} were known from others."
    )
}
