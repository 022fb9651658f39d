//! Encoders beside the reference implementation's outputs, at every level on every instruction set of this CPU.

use std::path::PathBuf;

use serde::Deserialize;

use candle_core::{DType, Device, safetensors::load};

use super::*;

/// The ids of a window and the hidden states that are expected of it.
pub(crate) type Window = (Vec<u32>, Vec<f32>);

/// A reference model with its windows.
pub(crate) fn windows(name: &str) -> (PathBuf, Vec<Window>) {
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

pub(crate) const MODELS: [&str; 7] =
    ["bert", "roberta", "xlm-roberta", "mpnet", "deberta-v3", "deberta-v2-conv", "deberta-v2-plain"];

pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot =
        |a: &[f32], b: &[f32]| -> f64 { a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum() };
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

#[test]
fn hidden_states_do_not_depend_on_the_number_of_threads() {
    for tier in Tier::available() {
        for name in MODELS {
            let (folder, _) = windows(name);
            for precision in [Precision::F32, Precision::Int8] {
                let backbone = Backbone::load_for(&folder, precision, tier).unwrap();
                let (longest, vocabulary) = (backbone.longest_window(), backbone.vocabulary() as u32);
                let ids: Vec<u32> = (0..longest as u32).map(|place| place * 31 % vocabulary).collect();
                for tokens in [1, 33, 64, 70, 100, 131, longest] {
                    let alone = backbone.hidden_states(&ids[..tokens]).unwrap();
                    for threads in 2..=5 {
                        let together = backbone.hidden_states_with(&ids[..tokens], threads).unwrap();
                        // Each number is a result of the same operations in the same order.
                        assert!(
                            together == alone,
                            "{name} in {precision} on {tier}: {tokens} tokens, {threads} threads"
                        );
                    }
                }
            }
        }
    }
}

/// Windows of the bundled model's reference inputs.
pub(crate) fn bundled_windows(folder: &Path) -> Vec<Vec<u32>> {
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
