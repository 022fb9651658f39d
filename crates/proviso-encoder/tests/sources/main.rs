//! Weights of Hugging Face folders, read in pieces. `make_sources.py` makes the folders beside this file.
#![allow(missing_docs, clippy::unwrap_used)]

mod expecting;
mod memory;
mod mutations;
mod reading;
mod refusals;

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_encoder::Source;
use tempfile::TempDir;

/// Names and shapes of the tensors that all good folders but one hold.
const SHAPES: [(&str, &[usize]); 8] = [
    ("bert.embeddings.word_embeddings.weight", &[11, 6]),
    ("bert.embeddings.LayerNorm.gamma", &[6]),
    ("bert.embeddings.LayerNorm.beta", &[6]),
    ("bert.encoder.layer.0.attention.self.query.weight", &[6, 6]),
    ("bert.encoder.layer.0.attention.self.key.weight", &[5, 6]),
    ("bert.encoder.layer.0.intermediate.dense.weight", &[9, 6]),
    ("bert.encoder.conv.conv.weight", &[4, 3, 2]),
    ("scale", &[]),
];
const TIED: &str = "cls.predictions.decoder.weight";
const INTEGERS: &str = "bert.embeddings.position_ids";

/// The numbers of tensor number `tensor`, as the script makes them.
fn numbers(tensor: usize, shape: &[usize]) -> Vec<f32> {
    let number = |at: usize| ((37 * tensor + 11 * at) % 64) as f32 - 32.0;
    (0..shape.iter().product()).map(|at| number(at) / 8.0).collect()
}

/// A folder that the script made.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources").join(name)
}

/// A folder of its own with these files.
fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// A copy of a folder that the script made.
fn copied(name: &str) -> TempDir {
    let copy = TempDir::new().unwrap();
    for entry in fs::read_dir(folder(name)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

/// A safetensors file with this header.
fn safetensors(header: &str, data: usize) -> Vec<u8> {
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.extend(vec![0; data]);
    file
}

/// What is wrong with the weights of a folder.
fn refusal(folder: &Path) -> String {
    Source::open(folder).unwrap_err().to_string()
}
