//! An encoder alone, from a Hugging Face folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_kernels::Tier;
use serde::Deserialize;

use crate::{
    EncoderError, Precision,
    architecture::Config,
    engine::{Builder, Engine},
    weights::{Shard, Weights},
};

/// The tensor beside which all others of an encoder are found.
pub(crate) const ANCHOR: &str = "embeddings.word_embeddings.weight";

/// An encoder without tokenizer and head. It needs only `config.json` and the weights of a Hugging Face folder, so that any
/// model can be timed and compared.
pub struct Backbone {
    engine: Engine,
    parameters: u64,
}

/// `model.safetensors.index.json`: which shard holds a tensor.
#[derive(Deserialize)]
struct Index {
    weight_map: std::collections::BTreeMap<String, String>,
}

impl Backbone {
    /// Loads `config.json` and `model.safetensors`, or its shards, of a folder.
    ///
    /// # Errors
    /// If a file is missing or does not describe a model that can be run.
    pub fn load(folder: &Path, precision: Precision) -> Result<Self, EncoderError> {
        Self::load_for(folder, precision, Tier::current()?)
    }

    fn load_for(folder: &Path, precision: Precision, tier: Tier) -> Result<Self, EncoderError> {
        if precision == Precision::Int8Static {
            return Err(EncoderError::NotCalibrated(folder.to_owned()));
        }
        let path = folder.join("config.json");
        let malformed = |reason: String| EncoderError::Malformed { path: path.clone(), reason };
        let config: Config =
            serde_json::from_slice(&read(&path)?).map_err(|error| malformed(error.to_string()))?;
        let architecture = config.architecture().map_err(malformed)?;
        let shards = shards(folder)?;
        let all = Weights::new(&shards);
        let weights = all
            .beside(ANCHOR)
            .ok_or_else(|| malformed(format!("the weights beside it have no tensor `{ANCHOR}`")))?;
        let builder = Builder { weights, tier, precision, ranges: None, observers: None };
        Ok(Self { engine: Engine::load(&builder, &architecture)?, parameters: all.parameters() })
    }

    /// Runs a window, `ids` with the special tokens, and forgets the result.
    ///
    /// # Errors
    /// If the window is empty or too long, or an id is not in the vocabulary.
    pub fn run(&self, ids: &[u32]) -> Result<(), EncoderError> {
        self.engine.run(ids, |_, _| ())
    }

    /// The last hidden states of a window, `[tokens, width]`.
    ///
    /// # Errors
    /// If the window is empty or too long, or an id is not in the vocabulary.
    pub fn hidden_states(&self, ids: &[u32]) -> Result<Vec<f32>, EncoderError> {
        let numbers = ids.len() * self.engine.architecture().width;
        self.engine.run(ids, |hidden, _| hidden[..numbers].to_vec())
    }

    /// Number of ids that tokens can have.
    pub fn vocabulary(&self) -> usize {
        self.engine.architecture().vocabulary
    }

    /// Tokens of the longest window, special ones included.
    pub fn longest_window(&self) -> usize {
        self.engine.architecture().longest_window
    }

    /// Number of weights in the files.
    pub fn parameters(&self) -> u64 {
        self.parameters
    }
}

fn shards(folder: &Path) -> Result<Vec<Shard>, EncoderError> {
    let load = |path: PathBuf| Shard::new(&path, read(&path)?);
    let index = folder.join("model.safetensors.index.json");
    if !index.is_file() {
        return Ok(vec![load(folder.join("model.safetensors"))?]);
    }
    let parsed: Index = serde_json::from_slice(&read(&index)?)
        .map_err(|error| EncoderError::Malformed { path: index.clone(), reason: error.to_string() })?;
    let names: std::collections::BTreeSet<String> = parsed.weight_map.into_values().collect();
    if let Some(name) = names.iter().find(|name| name.contains(['/', '\\'])) {
        let reason = format!("`{name}` is not a file of the model's folder");
        return Err(EncoderError::Malformed { path: index, reason });
    }
    names.into_iter().map(|name| load(folder.join(name))).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    fs::read(path).map_err(|source| EncoderError::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device, safetensors::load};

    use super::*;

    /// A model with its windows: ids and expected hidden states.
    fn windows(name: &str) -> (PathBuf, Vec<(Vec<u32>, Vec<f32>)>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name);
        let tensors = load(folder.join("expected.safetensors"), &Device::Cpu).unwrap();
        let mut windows = Vec::new();
        while let Some(ids) = tensors.get(&format!("ids.{}", windows.len())) {
            let hidden = tensors[&format!("hidden.{}", windows.len())].flatten_all().unwrap();
            let ids = ids.to_dtype(DType::U32).unwrap().to_vec1().unwrap();
            windows.push((ids, hidden.to_vec1().unwrap()));
        }
        assert!(windows.len() >= 4, "{name} has too few windows");
        (folder, windows)
    }

    const MODELS: [&str; 7] =
        ["bert", "roberta", "xlm-roberta", "mpnet", "deberta-v3", "deberta-v2-conv", "deberta-v2-plain"];

    fn cosine(a: &[f32], b: &[f32]) -> f64 {
        let dot = |a: &[f32], b: &[f32]| -> f64 {
            a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    /// The largest difference and the smallest cosine over all windows of a model.
    fn compare(name: &str, precision: Precision, tier: Tier) -> (f32, f64) {
        let (folder, windows) = windows(name);
        let backbone = Backbone::load_for(&folder, precision, tier).unwrap();
        let (mut difference, mut closeness) = (0.0_f32, 1.0_f64);
        for (ids, expected) in windows {
            let found = backbone.hidden_states(&ids).unwrap();
            assert_eq!(found.len(), expected.len());
            let differences = found.iter().zip(&expected).map(|(a, b)| (a - b).abs());
            difference = differences.fold(difference, f32::max);
            closeness = closeness.min(cosine(&found, &expected));
        }
        (difference, closeness)
    }

    #[test]
    fn every_architecture_equals_the_reference_implementation_in_f32() {
        for tier in Tier::available() {
            for name in MODELS {
                let (difference, _) = compare(name, Precision::F32, tier);
                println!("{name} on {tier}: largest difference {difference:.1e}");
                assert!(difference < 1e-4, "{name} on {tier}: {difference}");
            }
        }
    }

    #[test]
    fn narrower_levels_stay_close_to_the_reference() {
        for tier in Tier::available() {
            for name in MODELS {
                for (precision, least) in
                    [(Precision::F16, 0.99999), (Precision::Int8, 0.99), (Precision::Int4, 0.8)]
                {
                    let (_, closeness) = compare(name, precision, tier);
                    println!("{name} in {precision} on {tier}: cosine {closeness:.5}");
                    assert!(closeness > least, "{name} in {precision} on {tier}: {closeness}");
                }
            }
        }
    }

    /// Windows of the bundled model's reference inputs.
    fn bundled_windows(folder: &Path) -> Vec<Vec<u32>> {
        #[derive(Deserialize)]
        struct Reference {
            cases: Vec<Case>,
        }
        #[derive(Deserialize)]
        struct Case {
            input_ids: Vec<u32>,
        }
        let bytes = fs::read(folder.join("reference.json")).unwrap();
        let reference: Reference = serde_json::from_slice(&bytes).unwrap();
        reference.cases.into_iter().map(|case| case.input_ids).collect()
    }

    #[test]
    fn the_bundled_model_keeps_its_hidden_states_in_int8() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/proviso-mini");
        let exact = Backbone::load(&folder, Precision::F32).unwrap();
        let windows = bundled_windows(&folder);
        assert!(!windows.is_empty());
        for tier in Tier::available() {
            let narrow = Backbone::load_for(&folder, Precision::Int8, tier).unwrap();
            for ids in &windows {
                let found = narrow.hidden_states(ids).unwrap();
                let closeness = cosine(&found, &exact.hidden_states(ids).unwrap());
                println!("{} tokens on {tier}: cosine {closeness:.5}", ids.len());
                assert!(closeness > 0.999, "{tier}: {closeness}");
            }
        }
    }

    #[test]
    fn a_window_that_is_too_long_or_foreign_is_refused() {
        let (folder, _) = windows("bert");
        let backbone = Backbone::load(&folder, Precision::F32).unwrap();
        let long = vec![5; backbone.longest_window() + 1];
        assert!(matches!(backbone.run(&long), Err(EncoderError::WindowTooLong { .. })));
        assert!(matches!(backbone.run(&[]), Err(EncoderError::WindowTooLong { .. })));
        let unknown = backbone.vocabulary() as u32;
        assert!(matches!(backbone.run(&[unknown]), Err(EncoderError::UnknownToken { .. })));
    }

    #[test]
    fn a_folder_without_a_model_is_named() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let error = Backbone::load(folder, Precision::F32).err().unwrap().to_string();
        assert!(error.contains("config.json") && error.contains("proviso-encoder"), "{error}");
    }
}
