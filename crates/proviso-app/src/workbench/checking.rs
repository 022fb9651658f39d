//! Doubtful findings of the quick model, checked by a heavier one.

use std::{collections::BTreeMap, time::Instant};

use proviso_core::{Category, Finding, Topic};
use proviso_extract::{Check, Doubt, DoubtSettings, Evidence, Screen, WindowsRead, added, confirm, doubtful};
use proviso_plan::Placement;

use crate::{
    AppError, Cancel, Reader, Waiting,
    reader::AskingWith,
    reading::{Course, ask_text},
    view::{CheckState, CheckView, FindingCheckView, RefineProgress},
};

/// Topics that are asked together of a model in memory, so that checks appear one after the other. A model that is read from the
/// disk is asked everything at once: each part would read all of it again.
const TOPICS: usize = 6;

/// A finding with what the heavier model said of it.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub finding: Finding,
    pub check: Option<CheckView>,
}

/// What is checked.
pub(super) struct Checking<'a> {
    pub reader: &'a Reader,
    pub asking: &'a AskingWith,
    pub text: &'a str,
    pub findings: &'a [Finding],
    /// What the quick model saw; nothing if it was none.
    pub evidence: Option<&'a Evidence>,
    pub threshold: &'a dyn Fn(Category) -> f32,
}

impl Checking<'_> {
    /// Asks the heavier model about everything that is in doubt, and about the person's own categories. `turn` is held while it
    /// computes; `on_progress` hears of checks as soon as they are made. The findings come back in their order, and behind them
    /// what the heavier model found beside them.
    ///
    /// # Errors
    /// If the model fails, or the checking is cancelled.
    pub fn carry_out<T>(
        &self,
        turn: impl Fn() -> T,
        on_progress: &dyn Fn(RefineProgress),
        cancel: &Cancel,
    ) -> Result<Vec<Checked>, AppError> {
        let none = Evidence::default();
        let evidence = self.evidence.unwrap_or(&none);
        let doubts = doubtful(self.findings, self.threshold, evidence, DoubtSettings::default());
        let parts = self.parts(&doubts);
        let total: usize = parts.iter().map(|part| part.questions.len()).sum();
        let begin = Instant::now();
        let mut checked: Vec<Checked> =
            self.findings.iter().map(|finding| Checked { finding: finding.clone(), check: None }).collect();
        let mut done = 0;
        let tell = |done: usize, share: f64, checks: Vec<FindingCheckView>| {
            let (sure, left) = (done as f64 + share, total as f64 - done as f64 - share);
            let seconds_left = (sure > 0.0).then(|| begin.elapsed().as_secs_f64() / sure * left.max(0.0));
            on_progress(RefineProgress { done: done as u32, total: total as u32, seconds_left, checks });
        };
        tell(0, 0.0, Vec::new());
        for part in &parts {
            let count = part.questions.len();
            let _turn = turn();
            let report = |read: WindowsRead| {
                let share = read.done as f64 / read.total.max(1) as f64 * count as f64;
                tell(done, share, Vec::new());
            };
            let screen = Screen::on_doubts(&doubts);
            let course = Course { waiting: Waiting::AtWindow, on_progress: &report, cancel, journal: None };
            let answers = ask_text(self.reader, part, Some(&screen), self.text, course)?;
            done += count;
            let topics: Vec<&Topic> = part.questions.iter().map(|question| &question.topic).collect();
            let checks = self.take(&mut checked, &doubts, &topics, &answers.findings);
            tell(done, 0.0, checks);
        }
        Ok(checked)
    }

    /// The questions in doubt, in the parts in which they are asked.
    fn parts(&self, doubts: &[Doubt]) -> Vec<AskingWith> {
        let asked =
            |topic: &Topic| topic.category().is_none() || doubts.iter().any(|doubt| doubt.topic == *topic);
        let questions: Vec<_> =
            self.asking.questions.iter().filter(|question| asked(&question.topic)).cloned().collect();
        let together = match self.reader.plan.placement {
            Placement::Memory => TOPICS,
            Placement::Disk(_) => questions.len().max(1),
        };
        let part = |questions: &[proviso_extract::PreparedQuestion]| AskingWith {
            questions: questions.to_vec(),
            settings: self.asking.settings,
            screener: None,
            answers: std::sync::Arc::clone(&self.asking.answers),
        };
        questions.chunks(together).map(part).collect()
    }

    /// Holds the findings of some topics against the answers, and adds what no finding names.
    fn take(
        &self,
        checked: &mut Vec<Checked>,
        doubts: &[Doubt],
        topics: &[&Topic],
        answers: &[Finding],
    ) -> Vec<FindingCheckView> {
        let passages: BTreeMap<&Topic, &Doubt> = doubts.iter().map(|doubt| (&doubt.topic, doubt)).collect();
        let mut checks = Vec::new();
        for (id, entry) in (0..).zip(checked.iter_mut()) {
            let Finding { topic, range, .. } = &entry.finding;
            let is_doubtful = topics.contains(&topic)
                && passages
                    .get(topic)
                    .is_some_and(|doubt| doubt.passages.iter().any(|passage| passage.overlaps(range)));
            if !is_doubtful || entry.check.is_some() {
                continue;
            }
            let (state, confidence) = match confirm(&entry.finding, self.text, answers) {
                Check::Confirmed(confidence) => (CheckState::Confirmed, confidence),
                Check::NotConfirmed(confidence) => (CheckState::NotConfirmed, confidence),
            };
            let check = self.view(state, confidence);
            entry.check = Some(check.clone());
            checks.push(FindingCheckView { id, check });
        }
        let more = added(self.findings, self.text, answers).into_iter();
        checked.extend(more.map(|finding| Checked {
            check: Some(self.view(CheckState::Added, finding.confidence)),
            finding: finding.clone(),
        }));
        checks
    }

    fn view(&self, state: CheckState, confidence: f32) -> CheckView {
        CheckView { state, model: self.reader.model.manifest().name.clone(), confidence }
    }
}
