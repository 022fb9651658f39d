//! Folders of models with damage anywhere, also where the hashes were made to fit: run, or refused with an error that names a file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proviso_core::Sha256Hex;
use proviso_encoder::{
    Encoder, EncoderError, Logits, ModelFolder, Packing, Pass, Precision, ProcessorModel, TextTokenizer,
};
use proviso_hostile::{Kind, damaged, peak, seeds};
use sha2::{Digest, Sha256};

use crate::expected::{FOLDERS, folder, pack};

/// Most memory that a small model may take, damaged or not.
const MOST_BYTES: isize = 200 << 20;

fn kind_of(file: &Path) -> Kind {
    if file.extension().is_some_and(|ending| ending == "json") { Kind::Text } else { Kind::Binary }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Writes the hash of a file into the manifest, as somebody would who changes both.
fn make_fit(folder: &Path, file: &Path) {
    let manifest = folder.join(ModelFolder::MANIFEST);
    let mut says: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let hash = Sha256Hex::from_digest(&Sha256::digest(fs::read(file).unwrap()).into());
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    says["files"][name] = hash.to_string().into();
    fs::write(manifest, says.to_string()).unwrap();
}

/// Loads a model and has it read something.
fn run(folder: &Path, precision: Precision) -> Result<Logits, EncoderError> {
    let folder = ModelFolder::open(folder)?;
    folder.verify()?;
    let tokenizer = TextTokenizer::load(&folder)?;
    let model = ProcessorModel::load(&folder, &tokenizer, precision)?;
    let question = tokenizer.encode_words("Is there insurance?")?;
    let window = tokenizer.encode_words("The Supplier keeps insurance of one million dollars.")?;
    model.logits(Pass { question: question.ids(), window: window.ids() }, 1)
}

#[test]
fn damaged_packed_models_run_or_are_refused() {
    let packed: Vec<_> = [("bert-safetensors", Precision::Int8), ("deberta-v3-bin-sharded", Precision::F32)]
        .map(|(name, precision)| (pack(name, precision).0, precision))
        .into();
    let (mut ran, mut refused) = (0, 0);
    for seed in seeds("packed models", 12) {
        for (folder, precision) in &packed {
            let manifest = folder.path().join(ModelFolder::MANIFEST);
            for file in files(folder.path()) {
                let (good, fitting) = (fs::read(&file).unwrap(), fs::read(&manifest).unwrap());
                fs::write(&file, damaged(kind_of(&file), &good, seed)).unwrap();
                if file != manifest {
                    make_fit(folder.path(), &file);
                }
                let held = peak(|| match run(folder.path(), *precision) {
                    Ok(logits) => {
                        assert!(logits.values().iter().all(|logit| logit.is_finite()));
                        ran += 1;
                    }
                    Err(error) => {
                        assert!(!error.to_string().is_empty());
                        refused += 1;
                    }
                });
                assert!(held < MOST_BYTES, "{held} bytes for {}", file.display());
                fs::write(&manifest, fitting).unwrap();
                fs::write(&file, good).unwrap();
            }
        }
    }
    assert!(ran > 0 && refused > 0, "{ran} ran, {refused} were refused");
}

#[test]
fn damaged_folders_are_prepared_or_refused() {
    let copies: Vec<_> = FOLDERS
        .map(|name| {
            let copy = tempfile::tempdir().unwrap();
            for file in files(&folder(name)) {
                fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
            }
            copy
        })
        .into();
    let mut refused = 0;
    for seed in seeds("Hugging Face folders", 60) {
        for copy in &copies {
            let file = copy.path().join("config.json");
            let good = fs::read(&file).unwrap();
            fs::write(&file, damaged(Kind::Text, &good, seed)).unwrap();
            let held = peak(|| {
                if let Err(error) = Packing::prepare(copy.path(), Precision::Int8) {
                    assert!(error.to_string().contains('`'), "it names a file: {error}");
                    refused += 1;
                }
            });
            assert!(held < MOST_BYTES, "{held} bytes");
            fs::write(&file, good).unwrap();
        }
    }
    assert!(refused > 0);
}

/// Each once took memory or time without end, or more than a number holds.
#[test]
fn a_configuration_of_what_cannot_be_is_refused() {
    let whole = fs::read_to_string(folder("bert-safetensors").join("config.json")).unwrap();
    for (name, value) in [
        ("num_hidden_layers", "18446744073709551615"),
        ("hidden_size", "9223372036854775808"),
        ("intermediate_size", "1000000000000"),
        ("vocab_size", "9223372036854775807"),
        ("max_position_embeddings", "18446744073709551615"),
        ("type_vocab_size", "18446744073709551615"),
        ("pad_token_id", "18446744073709551615"),
        ("attention_head_size", "18446744073709551615"),
    ] {
        let copy = tempfile::tempdir().unwrap();
        for file in files(&folder("bert-safetensors")) {
            fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
        }
        let mut config: serde_json::Value = serde_json::from_str(&whole).unwrap();
        config[name] = serde_json::from_str(value).unwrap();
        fs::write(copy.path().join("config.json"), config.to_string()).unwrap();
        let held = peak(|| {
            let error = Packing::prepare(copy.path(), Precision::Int8).err().unwrap().to_string();
            assert!(error.contains("config.json"), "{name}: {error}");
        });
        assert!(held < 1 << 20, "{held} bytes for {name}");
    }
}
