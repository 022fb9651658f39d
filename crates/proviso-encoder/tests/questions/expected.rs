//! The folders, what transformers computes with them, and the folders packed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proviso_core::Sha256Hex;
use proviso_encoder::{Logits, ModelFolder, Packing, Pass, Precision};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Architectures and forms of weights.
pub const FOLDERS: [&str; 4] =
    ["bert-safetensors", "roberta-bin", "deberta-v2-sharded", "deberta-v3-bin-sharded"];

#[derive(Deserialize)]
pub struct Expected {
    pub pairs: Vec<Pair>,
}

#[derive(Deserialize)]
pub struct Pair {
    pub windows: Vec<Window>,
}

#[derive(Deserialize)]
pub struct Window {
    pub input_ids: Vec<u32>,
    /// The first token of the contract, and the one behind the last.
    pub context: (usize, usize),
    pub start_logits: Vec<f32>,
    pub end_logits: Vec<f32>,
}

impl Window {
    /// The window without special tokens; `between` of them stand behind the question.
    pub fn pass(&self, between: usize) -> Pass<'_> {
        let (first, end) = self.context;
        Pass { question: &self.input_ids[1..first - between], window: &self.input_ids[first..end] }
    }

    /// The logits in the layout of the port: of the first token, then of the contract's.
    pub fn logits(&self) -> Logits {
        let tokens = std::iter::once(0).chain(self.context.0..self.context.1);
        Logits::new(2, tokens.flat_map(|at| [self.start_logits[at], self.end_logits[at]]).collect())
    }
}

pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(name)
}

pub fn expected(name: &str) -> Expected {
    serde_json::from_slice(&fs::read(folder(name).join("expected.json")).unwrap()).unwrap()
}

/// Special tokens behind a question.
pub fn between(name: &str) -> usize {
    if name.starts_with("roberta") { 2 } else { 1 }
}

/// A folder packed into one of its own.
pub fn pack(name: &str, precision: Precision) -> (TempDir, ModelFolder) {
    let target = tempfile::tempdir().unwrap();
    let packing = Packing::prepare(&folder(name), precision).unwrap();
    let mut files = BTreeMap::new();
    for (number, file) in packing.files().into_iter().enumerate() {
        let written = packing.write(number, target.path(), &mut |_| true).unwrap().unwrap();
        files.insert(file, written);
    }
    let mut hashes: BTreeMap<String, Sha256Hex> = BTreeMap::new();
    for file in [ModelFolder::CONFIG, ModelFolder::TOKENIZER] {
        let bytes = fs::read(folder(name).join(file)).unwrap();
        fs::write(target.path().join(file), &bytes).unwrap();
        hashes.insert(file.into(), Sha256Hex::from_digest(&Sha256::digest(&bytes).into()));
    }
    let manifest = packing.manifest(name, "A test.", &files, hashes);
    fs::write(target.path().join("manifest.json"), serde_json::to_vec(&manifest).unwrap()).unwrap();
    let folder = ModelFolder::open(target.path()).unwrap();
    folder.verify().unwrap();
    (target, folder)
}

pub fn largest_difference(found: &Logits, expected: &Logits) -> f32 {
    assert_eq!((found.rows(), found.values().len()), (expected.rows(), expected.values().len()));
    found.values().iter().zip(expected.values()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
