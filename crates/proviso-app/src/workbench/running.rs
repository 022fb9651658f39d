//! What runs here, and what each choice of the preferences would do.

use proviso_encoder::{Manifest, ModelFolder, cut_windows};
use proviso_plan::{Device, Measurements, ModelNeeds, Plan, PlanRequest, Precision, Wish};
use proviso_store::{DeviceWish, MeasurementRecords, PrecisionWish, Preferences, Speed};
use serde::Serialize;

use super::request::request;
use crate::{
    AppError, Machine,
    view::{ChoiceView, ChoicesView, PlanView, ReasonView, RunningPreference, RunningView},
};

/// A contract for which no other is open: of usual size.
const USUAL_PAGES: usize = 50;
/// Tokens of a page of text, the mean over CUAD's dev contracts (506,934 tokens of 820 pages, by the bundled model's
/// tokenizer).
const TOKENS_PER_PAGE: usize = 618;
/// Bytes of text that make a token, a little less than in CUAD's contracts.
const BYTES_PER_TOKEN: usize = 5;

/// How long a contract is, as far as its reading takes time.
pub(super) struct Extent {
    pub name: Option<String>,
    pub pages: usize,
    pub tokens: usize,
}

impl Extent {
    /// Where no contract is open.
    pub fn usual() -> Self {
        Self { name: None, pages: USUAL_PAGES, tokens: USUAL_PAGES * TOKENS_PER_PAGE }
    }

    /// A contract by its file name, pages and bytes of text.
    pub fn of(name: String, pages: usize, text_bytes: usize) -> Self {
        Self { name: Some(name), pages, tokens: text_bytes / BYTES_PER_TOKEN }
    }

    /// Windows that a plan cuts it into.
    pub fn windows(&self, plan: &Plan) -> usize {
        cut_windows(self.tokens, plan.window, plan.stride).len()
    }
}

/// What the choices are judged by.
pub(super) struct Judge<'a> {
    pub machine: &'a Machine,
    pub folder: ModelFolder,
    pub needs: ModelNeeds,
    /// The share of the passes that screening leaves to be made.
    pub screened: f64,
    /// What was measured of the model here.
    pub records: MeasurementRecords,
    /// The same as the plan is told of it.
    pub measurements: Measurements,
    pub preferences: &'a Preferences,
    pub extent: Extent,
}

impl Judge<'_> {
    pub fn view(&self) -> Result<RunningView, AppError> {
        let plan = match self.plan(request(self.preferences)) {
            Ok(plan) => PlanView {
                reasons: plan.reasons.iter().map(reason).collect(),
                refusal: None,
                mended_by: None,
                device: Some(match plan.device {
                    Device::Cpu => DeviceWish::Cpu,
                    Device::Cuda(_) => DeviceWish::Cuda,
                    Device::Metal(_) => DeviceWish::Metal,
                }),
                memory_mb: Some(plan.memory_mb as u32),
                seconds: self.seconds(&plan),
            },
            Err(AppError::Plan(refusal)) => PlanView {
                reasons: Vec::new(),
                refusal: Some(sentence(&refusal.to_string())),
                mended_by: Some(match refusal.mended_by() {
                    Wish::Device => RunningPreference::Device,
                    Wish::Precision => RunningPreference::Precision,
                    Wish::Batch => RunningPreference::Batch,
                    Wish::Threads => RunningPreference::Threads,
                    Wish::MemoryBudget => RunningPreference::MemoryBudgetMb,
                }),
                device: None,
                memory_mb: None,
                seconds: None,
            },
            Err(error) => return Err(error),
        };
        Ok(RunningView {
            plan,
            pages: self.extent.pages as u32,
            contract: self.extent.name.clone(),
            choices: ChoicesView {
                speed: self.choices(&SPEEDS, |preferences, speed| preferences.speed = speed)?,
                device: self.choices(devices(), |preferences, device| preferences.device = device)?,
                precision: self
                    .choices(&PRECISIONS, |preferences, precision| preferences.precision = precision)?,
            },
        })
    }

    /// Seconds that the contract takes by a plan, as far as the pace is known here.
    pub fn seconds(&self, plan: &Plan) -> Option<f64> {
        plan.seconds(self.passes(plan))
    }

    /// Passes that the contract takes: one for each window, or for each question and window that screening leaves.
    pub fn passes(&self, plan: &Plan) -> usize {
        let windows = self.extent.windows(plan);
        let Some(questions) = self.needs.questions else { return windows };
        let own = self.preferences.questions.len();
        let cuad = (questions as usize * windows) as f64 * self.screened;
        cuad.ceil() as usize + own * windows
    }

    pub fn plan(&self, request: PlanRequest) -> Result<Plan, AppError> {
        self.machine.plan_with(self.needs, &self.measurements, request)
    }

    /// What each value of one preference would do, the others being as they are.
    fn choices<T: Copy + Serialize>(
        &self,
        values: &[(T, &str, &str)],
        set: impl Fn(&mut Preferences, T),
    ) -> Result<Vec<ChoiceView>, AppError> {
        let choice = |&(value, name, text): &(T, &str, &str)| {
            let mut preferences = self.preferences.clone();
            set(&mut preferences, value);
            let planned = match self.plan(request(&preferences)) {
                Ok(plan) => Ok(plan),
                Err(AppError::Plan(refusal)) => Err(sentence(&refusal.to_string())),
                Err(error) => return Err(error),
            };
            let (plan, refusal) = (planned.as_ref().ok(), planned.as_ref().err().cloned());
            Ok(ChoiceView {
                value: value_name(value),
                name: name.to_owned(),
                text: text.to_owned(),
                seconds: plan.and_then(|plan| self.seconds(plan)),
                memory_mb: plan.map(|plan| plan.memory_mb as u32),
                aupr: plan.and_then(|plan| aupr(self.folder.manifest(), plan.precision, preferences.speed)),
                refusal,
            })
        };
        values.iter().map(choice).collect()
    }
}

const SPEEDS: [(Speed, &str, &str); 3] = [
    (Speed::Fast, "Fast", "Each passage is read about once. For a first look."),
    (
        Speed::Balanced,
        "Balanced",
        "Each passage is read twice, in different surroundings. Right for most contracts.",
    ),
    (Speed::Accurate, "Accurate", "Each passage is read four times. Takes about twice as long as Balanced."),
];

const PRECISIONS: [(PrecisionWish, &str, &str); 6] = [
    (PrecisionWish::Auto, "Automatic", "What is fastest on this computer at practically the same accuracy."),
    (PrecisionWish::F32, "32-bit floating point", "The most exact."),
    (PrecisionWish::F16, "16-bit floating point", "As exact for contracts, at half the memory."),
    (PrecisionWish::Int8, "8-bit integers", "A quarter of the memory, and the fastest on newer processors."),
    (
        PrecisionWish::Int8Static,
        "8-bit integers, calibrated",
        "Ranges come from contracts of your own that the model was calibrated on.",
    ),
    (PrecisionWish::Int4, "4-bit integers", "The least memory, for models that would not fit otherwise."),
];

const AUTOMATIC_DEVICE: (DeviceWish, &str, &str) =
    (DeviceWish::Auto, "Automatic", "The graphics card where that is faster, else the processor.");
const PROCESSOR: (DeviceWish, &str, &str) =
    (DeviceWish::Cpu, "Processor", "Passages one by one, side by side on its cores.");

/// The devices that there can be on computers of this kind.
fn devices() -> &'static [(DeviceWish, &'static str, &'static str)] {
    const CUDA: (DeviceWish, &str, &str) =
        (DeviceWish::Cuda, "NVIDIA graphics card", "Many passages together in batches.");
    const METAL: (DeviceWish, &str, &str) =
        (DeviceWish::Metal, "Apple graphics processor", "Many passages together in batches.");
    if cfg!(target_os = "macos") {
        &[AUTOMATIC_DEVICE, PROCESSOR, METAL]
    } else {
        &[AUTOMATIC_DEVICE, PROCESSOR, CUDA]
    }
}

/// The figure of a precision, where passages are read as often as for that figure; else that of the speed.
fn aupr(manifest: &Manifest, precision: Precision, speed: Speed) -> Option<f64> {
    let scores = manifest.scores.as_ref()?;
    let reached = match speed {
        Speed::Balanced => scores.precisions.get(&precision),
        Speed::Fast | Speed::Accurate => scores.speeds.get(&value_name(speed)),
    };
    reached.map(|reached| reached.aupr)
}

fn reason(reason: &proviso_plan::Reason) -> ReasonView {
    ReasonView { about: reason.about.title().to_owned(), text: reason.text.clone() }
}

/// The value as the preferences keep it.
fn value_name(value: impl Serialize) -> String {
    // Each of these enums is kept as a text.
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An error's text as a sentence by itself.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_named_as_the_preferences_keep_them() {
        assert_eq!(value_name(PrecisionWish::Int8Static), "int8-static");
        assert_eq!(value_name(Speed::Accurate), "accurate");
        assert_eq!(value_name(DeviceWish::Cuda), "cuda");
    }

    #[test]
    fn an_error_becomes_a_sentence() {
        assert_eq!(sentence("at least one thread is needed"), "At least one thread is needed.");
    }
}
