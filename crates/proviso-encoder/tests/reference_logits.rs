//! The bundled model gives the logits that PyTorch gives for the same weights in f32.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;

use proviso_encoder::{Encoder, ModelFolder, Precision, ProcessorModel, TextTokenizer};
use serde::Deserialize;

const TOLERANCE: f32 = 1e-3;

/// Made beside the model by its training script.
#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    title: String,
    /// A whole window, special tokens included.
    input_ids: Vec<u32>,
    /// `[token, kind, category, logit]`, tokens counted with the first special one; the port leaves special ones out.
    logits_at: Vec<(usize, usize, usize, f32)>,
}

#[test]
fn logits_equal_those_of_the_reference_implementation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/proviso-mini");
    let folder = ModelFolder::open(&path).unwrap();
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    let tagger = ProcessorModel::load(&folder, &tokenizer, Precision::F32).unwrap();
    let reference: Reference =
        serde_json::from_slice(&std::fs::read(path.join("reference.json")).unwrap()).unwrap();
    assert!(!reference.cases.is_empty());
    for case in &reference.cases {
        let inner = &case.input_ids[1..case.input_ids.len() - 1];
        let logits = tagger.logits(inner.into(), 1).unwrap();
        assert_eq!(logits.rows(), inner.len());
        assert_eq!(tagger.logits(inner.into(), 3).unwrap(), logits, "threads that share the window");
        let categories = folder.manifest().labels.len();
        let compared: Vec<f32> = case
            .logits_at
            .iter()
            .filter(|(token, ..)| (1..=inner.len()).contains(token))
            .map(|&(token, kind, category, expected)| {
                (logits.row(token - 1)[kind * categories + category] - expected).abs()
            })
            .collect();
        let worst = compared.iter().copied().fold(0.0, f32::max);
        println!("{}: {} logits compared, largest difference {worst:.2e}", case.title, compared.len());
        assert!(compared.len() >= 20 && worst < TOLERANCE, "{}: {worst}", case.title);
    }
}
