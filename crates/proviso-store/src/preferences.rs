//! What the person chose, with the values that hold where nothing was chosen.

use std::collections::BTreeMap;

use proviso_core::Category;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::OwnQuestion;

/// All preferences. Every field has a default, so a file written by an older version stays readable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Preferences {
    /// How much time a reading may take.
    pub speed: Speed,
    /// Where to compute.
    pub device: DeviceWish,
    /// The numbers to compute with.
    pub precision: PrecisionWish,
    /// Windows that go through a graphics card together; null for as many as measuring finds best.
    pub batch: Option<u32>,
    /// Windows read side by side; null for as many as the computer has cores.
    pub threads: Option<u32>,
    /// Megabytes that a reading may take; null for what is free.
    pub memory_budget_mb: Option<u32>,
    /// Colours of the window.
    pub theme: Theme,
    /// Thresholds (0 to 1) by the name of the category, CUAD's or one's own, where the person chose other ones than the model's.
    pub thresholds: BTreeMap<String, f32>,
    /// The model that reads contracts; null for the one that comes with Proviso.
    pub model: Option<String>,
    /// The model that checks doubtful findings when a contract has been read; null for none.
    pub refine_with: Option<String>,
    /// Whether a question-answering model is asked only about passages in which the model that comes with Proviso sees
    /// something; otherwise about every passage.
    pub screening: bool,
    /// Categories of the person's own.
    pub questions: Vec<OwnQuestion>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            speed: Speed::default(),
            device: DeviceWish::default(),
            precision: PrecisionWish::default(),
            batch: None,
            threads: None,
            memory_budget_mb: None,
            theme: Theme::default(),
            thresholds: BTreeMap::new(),
            model: None,
            refine_with: None,
            screening: true,
            questions: Vec::new(),
        }
    }
}

/// The trade of speed against accuracy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Speed {
    /// Each passage is read about once.
    Fast,
    /// Each passage is read twice, in different surroundings.
    #[default]
    Balanced,
    /// Each passage is read four times.
    Accurate,
}

/// Where to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum DeviceWish {
    /// The best that is there.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// An NVIDIA graphics card.
    Cuda,
    /// An Apple graphics processor.
    Metal,
}

/// The numbers to compute with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum PrecisionWish {
    /// The best for the device.
    #[default]
    Auto,
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point.
    F16,
    /// 8-bit integers.
    Int8,
    /// 8-bit integers with ranges from a calibration.
    Int8Static,
    /// 4-bit blocks.
    Int4,
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Preferences {
    /// The most windows that may be read side by side.
    pub const MAX_THREADS: u32 = 256;
    /// The most windows that may go through a graphics card together.
    pub const MAX_BATCH: u32 = 1024;
    /// The fewest megabytes that any model could be read with.
    pub const MIN_MEMORY_BUDGET_MB: u32 = 16;

    /// Brings values that a person could have written by hand into their range; returns a sentence for each that
    /// had to be changed.
    pub fn repair(&mut self) -> Vec<String> {
        let mut repaired = Vec::new();
        if let Some(threads) = self.threads
            && !(1..=Self::MAX_THREADS).contains(&threads)
        {
            self.threads = None;
            repaired.push(format!("{threads} threads are not possible; Proviso chooses the number itself."));
        }
        if let Some(batch) = self.batch
            && !(1..=Self::MAX_BATCH).contains(&batch)
        {
            self.batch = None;
            repaired.push(format!(
                "Batches of {batch} windows are not possible; Proviso chooses the number itself."
            ));
        }
        if let Some(budget) = self.memory_budget_mb
            && budget < Self::MIN_MEMORY_BUDGET_MB
        {
            self.memory_budget_mb = None;
            repaired.push(format!(
                "A memory budget of {budget} MB is too small for any model; Proviso takes what it needs."
            ));
        }
        repaired.extend(OwnQuestion::repair_all(&mut self.questions));
        let questions = &self.questions;
        self.thresholds.retain(|name, threshold| {
            let known = name.parse::<Category>().is_ok() || questions.iter().any(|own| own.name == *name);
            let sound = known && (0.0..=1.0).contains(threshold);
            if !sound {
                repaired.push(format!(
                    "The threshold {threshold} for \"{name}\" is not possible and was dropped."
                ));
            }
            sound
        });
        repaired
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_values_are_dropped_and_told() {
        let mut preferences = Preferences {
            threads: Some(0),
            batch: Some(5000),
            memory_budget_mb: Some(1),
            thresholds: BTreeMap::from([
                ("Insurance".into(), 0.4),
                ("Parties".into(), f32::NAN),
                ("Rent".into(), 0.5),
                ("Deposit".into(), 0.2),
            ]),
            questions: vec![
                OwnQuestion { name: "Deposit ".into(), question: "Is there a deposit?".into() },
                OwnQuestion { name: "Insurance".into(), question: "Who insures?".into() },
            ],
            ..Preferences::default()
        };
        assert_eq!(preferences.repair().len(), 6);
        assert_eq!(
            (preferences.threads, preferences.batch, preferences.memory_budget_mb),
            (None, None, None)
        );
        let kept = BTreeMap::from([("Deposit".into(), 0.2), ("Insurance".into(), 0.4)]);
        assert_eq!(preferences.thresholds, kept);
        assert_eq!(preferences.questions.len(), 1);
        assert!(preferences.repair().is_empty());
    }
    #[test]
    fn a_file_of_an_older_version_stays_readable() {
        let old: Preferences = serde_json::from_str(r#"{"speed":"fast","thresholds":{}}"#).unwrap();
        assert_eq!(old, Preferences { speed: Speed::Fast, ..Preferences::default() });
        assert!(old.screening && old.model.is_none() && old.questions.is_empty());
    }
}
