//! What a model folder says about itself.

use std::collections::BTreeMap;

use proviso_core::{Category, Precision, Sha256Hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ConfidenceCurve, DialSetting, ModelFolder, ModelKind};

/// `manifest.json`: what the model is, how it is to be run, and what was measured of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this layout: 1.
    pub schema: u32,
    /// The name by which the model is chosen; also the folder's name.
    pub name: String,
    /// A sentence about the model for a person.
    pub description: String,
    /// How the model answers.
    pub kind: ModelKind,
    /// Number of weights.
    pub parameters: u64,
    /// How the weights are stored, such as `f16`.
    pub precision: String,
    /// How the weights are packed, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packed: Option<PackedLayout>,
    /// The licence of the weights as an SPDX expression.
    pub licence: String,
    /// SHA-256 of every file.
    pub files: BTreeMap<String, Sha256Hex>,
    /// How text is cut for the model.
    pub window: WindowShape,
    /// The categories in the order of the head's outputs; none for a model that is asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Category>,
    /// The confidence from which a finding is shown, by category.
    pub thresholds: BTreeMap<Category, f32>,
    /// What the scores mean, if that was measured; else they are taken as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<ConfidenceCurve>,
    /// What is shown where at most one clause in so many may be missed, if that was measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dial: Vec<DialSetting>,
    /// How the model screens passages for another one, if that was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<Screening>,
    /// What was measured on held-out contracts, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<ModelScores>,
}

/// A model whose parts lie in files of their own, packed for the kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedLayout {
    /// The numbers that the layers' weights are held in, the only ones that the model can be run with.
    pub precision: Precision,
    /// Number of layers, each with a file.
    pub layers: usize,
    /// Bytes of the largest of these files.
    pub layer_bytes: u64,
    /// Bytes of the file of what surrounds the layers.
    pub stem_bytes: u64,
}

/// How text is cut for a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowShape {
    /// Tokens of a window, the two special ones included: the length the model was trained for.
    pub length: usize,
}

/// What a span tagger leaves for a model that answers questions: windows in which it sees less than this of a category need not
/// be asked about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// The contracts that it was measured on.
    pub data: String,
    /// Share of the windows with an answer that are kept, measured on contracts that the threshold was not chosen on.
    pub recall: f64,
    /// Share of all windows that are kept.
    pub kept: f64,
    /// The evidence from which a window is kept.
    pub threshold: f32,
}

/// What was measured of a model, and on what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelScores {
    /// The contracts that it was measured on.
    pub data: String,
    /// Area under the precision-recall curve as CUAD defines it.
    pub aupr: f64,
    /// F1 at the shipped thresholds, weighted by the number of answers of each category.
    pub weighted_f1: f64,
    /// What the levels of precision reached, as far as they were scored.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub precisions: BTreeMap<Precision, Reached>,
    /// What the speeds `fast`, `balanced` and `accurate` reached, as far as they were scored.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub speeds: BTreeMap<String, Reached>,
}

/// What one setting reached on the same contracts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Area under the precision-recall curve as CUAD defines it.
    pub aupr: f64,
    /// F1 at the shipped thresholds, weighted by the number of answers of each category.
    pub weighted_f1: f64,
}

impl Manifest {
    /// The layout that this version writes and reads.
    pub const SCHEMA: u32 = 1;

    /// The confidence from which a finding of the category is shown.
    pub fn threshold(&self, category: Category) -> f32 {
        self.thresholds.get(&category).copied().unwrap_or(0.5)
    }

    /// How sure the model is of a finding with this score: the probability that it is right if the model was calibrated, else
    /// the score. `is_surest` of the one with the highest score of its category in a contract.
    pub fn confidence(&self, category: Category, score: f32, is_surest: bool) -> f32 {
        self.calibration
            .as_ref()
            .map_or(score, |calibration| calibration.probability(category, score, is_surest))
    }

    /// Logits of each token.
    pub fn outputs(&self) -> usize {
        match self.kind {
            ModelKind::SpanTagger => 3 * self.labels.len(),
            ModelKind::QuestionAnswering => 2,
        }
    }

    /// What names the model in receipts: the hash of its weights, or of the list of its files' hashes where there are several.
    pub(super) fn identity(&self) -> Sha256Hex {
        match self.files.get(ModelFolder::WEIGHTS) {
            Some(weights) if self.packed.is_none() => weights.clone(),
            _ => {
                let list: String =
                    self.files.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
                Sha256Hex::from_digest(&Sha256::digest(list).into())
            }
        }
    }

    /// What is wrong with the manifest, in words; `None` if it can be used.
    pub(super) fn fault(&self) -> Option<String> {
        if self.schema != Self::SCHEMA {
            let (found, known) = (self.schema, Self::SCHEMA);
            return Some(format!("it has the layout {found} and this version reads layout {known}"));
        }
        if let Some(fault) = self.calibration.as_ref().and_then(ConfidenceCurve::fault) {
            return Some(fault);
        }
        if self.kind == ModelKind::SpanTagger && self.labels.is_empty() {
            return Some("it names no categories".into());
        }
        // Beside a question there has to be room for a passage.
        let shortest = if self.kind == ModelKind::QuestionAnswering { 96 } else { 16 };
        if self.window.length < shortest {
            return Some(format!("windows of {} tokens are too short", self.window.length));
        }
        let weights = match self.packed {
            Some(_) => ModelFolder::STEM,
            None => ModelFolder::WEIGHTS,
        };
        let required = [weights, ModelFolder::TOKENIZER, ModelFolder::CONFIG];
        if let Some(name) = required.iter().find(|name| !self.files.contains_key(**name)) {
            return Some(format!("it gives no SHA-256 for `{name}`"));
        }
        self.files
            .keys()
            .find(|name| name.contains(['/', '\\']) || name.as_str() == "..")
            .map(|name| format!("`{name}` is not a file of the model's folder"))
    }
}
