//! What was chosen for a run, so that it can be made again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was chosen for a run beside its model and its numbers. The default is what runs where nothing is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingsRecord {
    /// The trade of speed against accuracy: `fast`, `balanced` or `accurate`.
    pub speed: String,
    /// Whether a model that answers questions was asked only where the bundled one sees something.
    pub screening: bool,
    /// The person's own categories.
    #[serde(default)]
    pub questions: Vec<QuestionRecord>,
    /// The thresholds that a person chose in place of the model's, by category.
    #[serde(default)]
    pub thresholds: BTreeMap<String, f32>,
}

/// A category of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRecord {
    /// Its name.
    pub name: String,
    /// The whole question, as the model reads it.
    pub text: String,
}

impl Default for SettingsRecord {
    fn default() -> Self {
        Self {
            speed: "balanced".to_owned(),
            screening: true,
            questions: Vec::new(),
            thresholds: BTreeMap::new(),
        }
    }
}
