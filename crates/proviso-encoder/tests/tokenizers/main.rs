//! Tokenizers of Hugging Face folders without a `tokenizer.json`. `make_tokenizers.py` makes the folders beside this file.
#![allow(missing_docs, clippy::unwrap_used)]

mod mutations;
mod refusals;
mod tables;
mod transformers;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_encoder::{TextTokenizer, tokenizer_json};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: proviso_hostile::Counting = proviso_hostile::Counting;

/// The folders, and the file of each with the vocabulary.
const FOLDERS: [(&str, &str); 5] = [
    ("bert", "vocab.txt"),
    ("mpnet", "vocab.txt"),
    ("roberta", "vocab.json"),
    ("deberta-v2", "spm.model"),
    ("xlm-roberta", "sentencepiece.bpe.model"),
];

/// A folder that the script made.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tokenizers").join(name)
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

/// The tokenizer of a folder.
fn tokenizer(folder: &Path) -> TextTokenizer {
    TextTokenizer::from_json(&tokenizer_json(folder).unwrap(), folder).unwrap()
}
