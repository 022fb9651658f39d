//! Batches beside the reference implementation's outputs and the engine for processors: on candle's CPU device, or on the one
//! that `PROVISO_TEST_DEVICE` names.

use std::path::{Path, PathBuf};

use super::*;
use crate::{
    Device, Encoder, EncoderError, Logits, ModelFolder, Pass, Precision, ProcessorModel, TextTokenizer,
    backbone::tests::{MODELS, bundled_windows, cosine, windows},
};

fn device() -> ComputeDevice {
    let named = std::env::var("PROVISO_TEST_DEVICE").ok().map(|name| name.parse().unwrap());
    ComputeDevice::open(named.unwrap_or(Device::Cpu)).unwrap()
}

fn largest_difference(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Orders and choices of `count` windows: alone, all together, backwards, the longest twice, and some of the same length.
fn batches(count: usize) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = (0..count).map(|index| vec![index]).collect();
    batches.push((0..count).collect());
    batches.push((0..count).rev().collect());
    batches.push(vec![count - 1, 0, count - 1]);
    batches.push(vec![count - 2; 3]);
    batches
}

#[test]
fn every_architecture_equals_the_reference_implementation_in_f32() {
    for name in MODELS {
        let (folder, windows) = windows(name);
        let backbone = DeviceBackbone::load(&folder, &device(), Precision::F32).unwrap();
        let mut worst = 0.0_f32;
        for batch in batches(windows.len()) {
            let ids: Vec<&[u32]> = batch.iter().map(|index| windows[*index].0.as_slice()).collect();
            let found = backbone.hidden_states(&ids).unwrap();
            assert_eq!(found.len(), batch.len());
            for (index, found) in batch.iter().zip(&found) {
                worst = worst.max(largest_difference(found, &windows[*index].1));
            }
        }
        println!("{name}: largest difference {worst:.1e}");
        assert!(worst < 1e-4, "{name}: {worst}");
    }
}

#[test]
fn batches_equal_the_engine_for_processors() {
    for name in MODELS {
        let (folder, _) = windows(name);
        let device = DeviceBackbone::load(&folder, &device(), Precision::F32).unwrap();
        let engine = crate::Backbone::load(&folder, Precision::F32).unwrap();
        assert_eq!(device.parameters(), engine.parameters());
        assert_eq!(device.longest_window(), engine.longest_window());
        let ids: Vec<u32> = (0..device.longest_window() as u32)
            .map(|place| place * 7919 % device.vocabulary() as u32)
            .collect();
        let lengths = [1, ids.len(), 2, 64, ids.len() / 2 + 1];
        let windows: Vec<&[u32]> = lengths.iter().map(|length| &ids[ids.len() - length..]).collect();
        let found = device.hidden_states(&windows).unwrap();
        for (ids, found) in windows.iter().zip(&found) {
            let difference = largest_difference(found, &engine.hidden_states(ids).unwrap());
            println!("{name}, {} tokens: largest difference {difference:.1e}", ids.len());
            assert!(difference < 1e-4, "{name}, {} tokens: {difference}", ids.len());
        }
    }
}

#[test]
fn f16_stays_close_to_the_reference() {
    for name in MODELS {
        let (folder, windows) = windows(name);
        let backbone = DeviceBackbone::load(&folder, &device(), Precision::F16).unwrap();
        let ids: Vec<&[u32]> = windows.iter().map(|(ids, _)| ids.as_slice()).collect();
        for (found, (ids, expected)) in backbone.hidden_states(&ids).unwrap().iter().zip(&windows) {
            let closeness = cosine(found, expected);
            println!("{name}, {} tokens: cosine {closeness:.6}", ids.len());
            assert!(closeness > 0.99999, "{name}, {} tokens: {closeness}", ids.len());
        }
    }
}

/// The bundled model's folder and tokenizer.
fn bundled() -> (PathBuf, ModelFolder, TextTokenizer) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/proviso-mini");
    let folder = ModelFolder::open(&path).unwrap();
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    (path, folder, tokenizer)
}

#[test]
fn the_bundled_model_scores_mixed_batches_as_it_does_single_windows() {
    let (path, folder, tokenizer) = bundled();
    let single = ProcessorModel::load(&folder, &tokenizer, Precision::F32).unwrap();
    let cases = bundled_windows(&path);
    let inner: Vec<&[u32]> = cases.iter().map(|ids| &ids[1..ids.len() - 1]).collect();
    let mut windows = inner.clone();
    windows.extend([&inner[0][..17], &inner[0][..1], &[]]);
    let passes: Vec<Pass<'_>> = windows.into_iter().map(Pass::from).collect();
    let expected: Vec<Logits> = passes.iter().map(|pass| single.logits(*pass, 1).unwrap()).collect();
    for (precision, tolerance) in [(Precision::F32, 1e-3), (Precision::F16, 0.05)] {
        let tagger = DeviceModel::load(&folder, &tokenizer, &device(), precision).unwrap();
        assert_eq!(BatchEncoder::outputs(&tagger), Encoder::outputs(&single));
        let found = tagger.logits(&passes, &|| false).unwrap().unwrap();
        assert_eq!(found.len(), passes.len());
        for (found, expected) in found.iter().zip(&expected) {
            let difference = largest_difference(found.values(), expected.values());
            println!("{precision}, {} tokens: largest difference {difference:.1e}", found.rows());
            assert!(difference < tolerance, "{precision}, {} tokens: {difference}", found.rows());
        }
        assert!(tagger.logits(&[], &|| false).unwrap().unwrap().is_empty());
    }
}

#[test]
fn levels_for_processors_are_refused() {
    let (_, folder, tokenizer) = bundled();
    for precision in [Precision::Int8, Precision::Int8Static, Precision::Int4] {
        let error = DeviceModel::load(&folder, &tokenizer, &device(), precision).err().unwrap();
        assert!(matches!(error, DeviceError::Failed(EncoderError::NotOnDevice(found)) if found == precision));
        assert!(error.to_string().contains(precision.name()), "{error}");
    }
}

#[test]
fn a_batch_with_a_window_that_cannot_be_read_is_refused() {
    let (folder, _) = windows("bert");
    let backbone = DeviceBackbone::load(&folder, &device(), Precision::F32).unwrap();
    let long = vec![5; backbone.longest_window() + 1];
    let refused = |window: &[u32]| match backbone.run(&[&[5, 6], window]) {
        Err(DeviceError::Failed(error)) => error,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(&long), EncoderError::WindowTooLong { .. }));
    assert!(matches!(refused(&[]), EncoderError::WindowTooLong { .. }));
    assert!(matches!(refused(&[backbone.vocabulary() as u32]), EncoderError::UnknownToken { .. }));
    backbone.run(&[&long[1..], &[5]]).unwrap();
    backbone.run(&[]).unwrap();
    assert!(backbone.hidden_states(&[]).unwrap().is_empty());
}

#[test]
fn a_batch_beyond_what_kernels_count_is_one_that_does_not_fit() {
    let (folder, _) = windows("bert");
    let backbone = DeviceBackbone::load(&folder, &device(), Precision::F32).unwrap();
    let long = vec![5; backbone.longest_window()];
    let windows = vec![long.as_slice(); i32::MAX as usize / long.len() / long.len()];
    assert!(matches!(backbone.run(&windows), Err(DeviceError::OutOfMemory)));
}
