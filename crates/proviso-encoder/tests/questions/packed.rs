//! What is checked before a folder is packed, and of a packed one.

use std::fs;

use proviso_encoder::{EncoderError, Packing, Precision, ProcessorModel, TextTokenizer};

use crate::expected::{folder, pack};

/// A copy of a folder whose configuration was changed.
fn with_config(name: &str, change: impl Fn(String) -> String) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder(name)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    let config = copy.path().join("config.json");
    let text = fs::read_to_string(&config).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed);
    fs::write(config, changed).unwrap();
    copy
}

fn refusal(name: &str, change: impl Fn(String) -> String) -> String {
    let copy = with_config(name, change);
    Packing::prepare(copy.path(), Precision::F32).err().unwrap().to_string()
}

#[test]
fn tensors_that_the_configuration_asks_for_must_be_there() {
    let wider = refusal("bert-safetensors", |text| text.replace("\"vocab_size\": ", "\"vocab_size\": 1"));
    assert!(wider.contains("embeddings.word_embeddings.weight") && wider.contains("shape"), "{wider}");
    let deeper =
        refusal("roberta-bin", |text| text.replace("\"num_hidden_layers\": ", "\"num_hidden_layers\": 1"));
    assert!(deeper.contains("missing") && deeper.contains("encoder.layer."), "{deeper}");
    let other = refusal("deberta-v2-sharded", |text| text.replace("deberta-v2", "gpt2"));
    assert!(other.contains("gpt2") && other.contains("config.json"), "{other}");
}

#[test]
fn a_folder_without_a_question_answering_head_is_refused() {
    let reference = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/bert");
    let error = Packing::prepare(&reference, Precision::F32).err().unwrap().to_string();
    assert!(error.contains("qa_outputs.weight"), "{error}");
}

#[test]
fn a_packed_model_runs_as_it_was_packed_only() {
    let (_kept, folder) = pack("bert-safetensors", Precision::Int8);
    let tokenizer = TextTokenizer::load(&folder).unwrap();
    let error = ProcessorModel::load(&folder, &tokenizer, Precision::F32).err().unwrap();
    assert!(matches!(error, EncoderError::PackedOtherwise { .. }));
    assert!(error.to_string().contains("--precision f32"), "{error}");
}

#[test]
fn packing_ends_when_it_is_asked_to() {
    let target = tempfile::tempdir().unwrap();
    let packing = Packing::prepare(&folder("bert-safetensors"), Precision::F32).unwrap();
    assert!(packing.write(0, target.path(), &mut |_| false).unwrap().is_none());
}
