//! Questions put to a whole text.

use std::sync::Arc;

use proviso_core::Finding;
use proviso_encoder::{Cancelled, EncoderError, PassReader, Passes, Tokens};

use super::{
    Answer, KeptAnswers, PassesReport, PreparedQuestion, QuestionSettings, clauses::clauses, n_best::n_best,
    peaks::Peaks, schedule::AskSchedule, spans::spans,
};
use crate::Screen;

/// What is asked of which text.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The questions.
    pub questions: &'a [PreparedQuestion],
    /// The text.
    pub text: &'a str,
    /// The text's tokens.
    pub tokens: &'a Tokens,
    /// How it is asked.
    pub settings: QuestionSettings,
    /// What need not be asked; without it everything is.
    pub screen: Option<&'a Screen>,
    /// Where passes are kept for the next time.
    pub kept: Option<KeptAnswers<'a>>,
}

/// How far the asking has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassesDone {
    /// Passes made so far.
    pub done: usize,
    /// Passes that have to be made.
    pub total: usize,
}

/// The answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Every clause that answers a question, by topic and then by place. A confidence of more than 0.5 means that the model
    /// holds it for likelier than that there is none; confidences go down to nearly nothing, thresholds are the caller's.
    pub findings: Vec<Finding>,
    /// For each question the best answers as CUAD's scorer reads them.
    pub n_best: Vec<Vec<Answer>>,
    /// What became of the passes.
    pub passes: PassesReport,
}

/// Puts every question to every window of a text. `on_progress` is called on this thread, once for each pass that is made;
/// what a cancelled asking has made is kept if anything is.
///
/// # Errors
/// If the reader fails.
///
/// # Panics
/// If the reader gives other logits than two for each token, or passes are so short that no token of the text fits beside a
/// question.
pub fn ask(
    reader: &dyn PassReader,
    asking: &Asking<'_>,
    on_progress: &dyn Fn(PassesDone),
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Result<Asked, Cancelled>, EncoderError> {
    assert_eq!(reader.outputs(), 2, "the model is none that answers questions");
    let schedule = AskSchedule::new(asking);
    let mut slots = schedule.slots();
    let places = schedule.places();
    let mut done = 0;
    // A model with nothing to do need not be woken.
    if !schedule.is_empty() {
        let outcome = reader.read(&schedule, is_cancelled, &mut |index, logits| {
            let peaks = Arc::new(Peaks::of(logits, asking.settings.n_best));
            let (key, slot) = places[index];
            if let Some(kept) = asking.kept {
                kept.cache.insert(key, Arc::clone(&peaks));
            }
            slots[slot] = Some(peaks);
            done += 1;
            on_progress(PassesDone { done, total: places.len() });
        })?;
        if let Err(cancelled) = outcome {
            return Ok(Err(cancelled));
        }
    }
    Ok(Ok(answers(asking, &schedule, &slots)))
}

fn answers(asking: &Asking<'_>, schedule: &AskSchedule<'_>, slots: &[Option<Arc<Peaks>>]) -> Asked {
    let &Asking { questions, text, tokens, settings, .. } = asking;
    let mut findings = Vec::new();
    let mut lists = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        let read = schedule.read_windows(index, slots);
        let spans: Vec<_> = spans(&read, settings.most_answer_tokens).collect();
        findings.extend(clauses(&question.topic, text, tokens, &spans));
        lists.push(n_best(text, tokens, &read, &spans, settings.n_best));
    }
    findings.sort_by(|a, b| a.place().cmp(&b.place()));
    Asked { findings, n_best: lists, passes: schedule.report() }
}

#[cfg(test)]
mod tests;
