//! Vocabularies of a stranger's model that has no `tokenizer.json`: SentencePiece's, WordPiece's or BPE's, by what the bytes look like.
#![no_main]

mod folder;
mod words;

use libfuzzer_sys::fuzz_target;
use proviso_encoder::{TextTokenizer, tokenizer_json};

macro_rules! file {
    ($path:literal) => {
        include_bytes!(concat!("../../../crates/proviso-encoder/tests/tokenizers/", $path)).as_slice()
    };
}

fuzz_target!(|data: &[u8]| {
    let files = match data {
        [b'{', ..] => vec![
            ("config.json", file!("roberta/config.json")),
            ("merges.txt", file!("roberta/merges.txt")),
            ("vocab.json", data),
        ],
        bytes if bytes.contains(&0) => {
            vec![("config.json", file!("deberta-v2/config.json")), ("spm.model", data)]
        }
        _ => vec![("config.json", file!("bert/config.json")), ("vocab.txt", data)],
    };
    let folder = folder::with(&files);
    let Ok(json) = tokenizer_json(folder.path()) else { return };
    let tokenizer = TextTokenizer::from_json(&json, folder.path()).expect("what Proviso made itself");
    words::cut_by(&tokenizer);
});
