//! What the person chose, with the values that hold where nothing was chosen.

use std::collections::BTreeMap;

use proviso_core::Category;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// All preferences. Every field has a default, so a file written by an older version stays readable.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct Preferences {
    /// How much time a reading may take.
    pub speed: Speed,
    /// Windows read side by side; null for as many as the computer has cores.
    pub threads: Option<u32>,
    /// Colours of the window.
    pub theme: Theme,
    /// Thresholds (0 to 1) by category name where the person chose other ones than the model's.
    pub thresholds: BTreeMap<String, f32>,
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
        self.thresholds.retain(|name, threshold| {
            let sound = name.parse::<Category>().is_ok() && (0.0..=1.0).contains(threshold);
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
            thresholds: BTreeMap::from([
                ("Insurance".into(), 0.4),
                ("Parties".into(), f32::NAN),
                ("Rent".into(), 0.5),
            ]),
            ..Preferences::default()
        };
        assert_eq!(preferences.repair().len(), 3);
        assert_eq!(preferences.threads, None);
        assert_eq!(preferences.thresholds, BTreeMap::from([("Insurance".into(), 0.4)]));
        assert!(preferences.repair().is_empty());
    }
}
