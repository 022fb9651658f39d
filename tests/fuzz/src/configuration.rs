//! The `config.json` of a stranger's model, beside weights that are sound.
#![no_main]

mod folder;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use proviso_core::Precision;
use proviso_encoder::Packing;
use tempfile::TempDir;

macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!(
                "../../../crates/proviso-encoder/tests/questions/bert-safetensors/",
                $name
            ))
            .as_slice(),
        )
    };
}

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    folder::with(&[
        file!("model.safetensors"),
        file!("special_tokens_map.json"),
        file!("tokenizer.json"),
        file!("tokenizer_config.json"),
    ])
});

fuzz_target!(|data: &[u8]| {
    folder::put(FOLDER.path(), "config.json", data);
    if let Err(error) = Packing::prepare(FOLDER.path(), Precision::Int8) {
        assert!(error.to_string().contains('`'), "it names a file: {error}");
    }
});
