//! Which passes answer some questions, and which of them have to be made.

use std::{collections::HashMap, ops::Add, sync::Arc};

use proviso_core::TextRange;
use proviso_encoder::{Pass, Passes, Window, cut_windows};

use super::{Asking, PreparedQuestion, QuestionSettings, cache::PassKey, peaks::Peaks, spans::ReadWindow};
use crate::zones::zones;

/// What became of the passes of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PassesReport {
    /// Every window for every question; the sum of the others.
    pub all: usize,
    /// Passes that the model made.
    pub made: usize,
    /// Passes in which the screen expected nothing.
    pub screened_out: usize,
    /// Passes that were known: from earlier readings, or as the same passage was asked the same before in this one.
    pub cached: usize,
}

impl Add for PassesReport {
    type Output = Self;

    /// The passes of two texts.
    fn add(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            made: self.made + other.made,
            screened_out: self.screened_out + other.screened_out,
            cached: self.cached + other.cached,
        }
    }
}

/// The windows of a text of so many tokens for a question.
///
/// # Panics
/// If no token of the text fits beside the question.
fn windows(question: &PreparedQuestion, tokens: usize, settings: &QuestionSettings) -> Vec<Window> {
    let taken = settings.asked(question).len() + settings.special_tokens;
    assert!(settings.length > taken, "passes of {} tokens leave no room beside a question", settings.length);
    let room = settings.length - taken;
    cut_windows(tokens, room, settings.stride.clamp(1, room))
}

/// A pass that has to be made.
struct ToMake {
    question: usize,
    window: Window,
    key: PassKey,
    /// Where what is kept of it belongs.
    slot: usize,
}

/// The passes of a reading, question by question, each only once.
pub(super) struct AskSchedule<'a> {
    asking: &'a Asking<'a>,
    to_make: Vec<ToMake>,
    /// For each question its windows, and the slots of their passes.
    windows: Vec<Vec<(Window, usize)>>,
    /// What is known of the different passes; `None` until it was made.
    slots: Vec<Option<Arc<Peaks>>>,
    report: PassesReport,
}

impl<'a> AskSchedule<'a> {
    pub(super) fn new(asking: &'a Asking<'a>) -> Self {
        let mut schedule = Self {
            asking,
            to_make: Vec::new(),
            windows: Vec::new(),
            slots: Vec::new(),
            report: PassesReport::default(),
        };
        let mut by_key = HashMap::new();
        for (index, question) in asking.questions.iter().enumerate() {
            let mut kept = Vec::new();
            let windows = windows(question, asking.tokens.len(), &asking.settings);
            for (&window, zone) in windows.iter().zip(zones(&windows)) {
                schedule.report.all += 1;
                if !schedule.is_expected(question, zone) {
                    schedule.report.screened_out += 1;
                    continue;
                }
                kept.push((window, schedule.slot_of(index, window, &mut by_key)));
            }
            schedule.windows.push(kept);
        }
        schedule.report.made = schedule.to_make.len();
        schedule.report.cached = schedule.report.all - schedule.report.made - schedule.report.screened_out;
        schedule
    }

    /// Whether an answer may begin in the part of the text for which a window is read.
    fn is_expected(&self, question: &PreparedQuestion, zone: Window) -> bool {
        let ranges = &self.asking.tokens.ranges()[zone.first..zone.first + zone.len];
        let part =
            ranges.first().zip(ranges.last()).map(|(first, last)| TextRange::new(first.start, last.end));
        let screen = self.asking.screen.zip(part);
        screen.is_none_or(|(screen, part)| screen.keeps(&question.topic, part))
    }

    fn slot_of(&mut self, question: usize, window: Window, by_key: &mut HashMap<PassKey, usize>) -> usize {
        let kept = self.asking.kept;
        let model = kept.map_or("", |kept| kept.model);
        let key = PassKey::of(model, self.asking.settings.n_best, self.pass(question, window));
        *by_key.entry(key).or_insert_with(|| {
            let slot = self.slots.len();
            let known = kept.and_then(|kept| kept.cache.get(key));
            if known.is_none() {
                self.to_make.push(ToMake { question, window, key, slot });
            }
            self.slots.push(known);
            slot
        })
    }

    fn pass(&self, question: usize, window: Window) -> Pass<'a> {
        let Asking { questions, tokens, settings, .. } = self.asking;
        Pass { question: settings.asked(&questions[question]), window: window.tokens(tokens.ids()) }
    }

    /// Where the passes that have to be made belong, in their order.
    pub(super) fn places(&self) -> Vec<(PassKey, usize)> {
        self.to_make.iter().map(|pass| (pass.key, pass.slot)).collect()
    }

    pub(super) fn report(&self) -> PassesReport {
        self.report
    }

    /// What is known of the different passes.
    pub(super) fn slots(&self) -> Vec<Option<Arc<Peaks>>> {
        self.slots.clone()
    }

    /// A question's windows with what is known of their passes.
    pub(super) fn read_windows(&self, question: usize, slots: &[Option<Arc<Peaks>>]) -> Vec<ReadWindow> {
        self.windows[question]
            .iter()
            .filter_map(|&(window, slot)| Some((window, Arc::clone(slots[slot].as_ref()?))))
            .collect()
    }
}

impl Passes for AskSchedule<'_> {
    fn len(&self) -> usize {
        self.to_make.len()
    }

    fn get(&self, index: usize) -> Pass<'_> {
        let ToMake { question, window, .. } = self.to_make[index];
        self.pass(question, window)
    }
}
