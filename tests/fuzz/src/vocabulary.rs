//! Vocabularies of a stranger's model that has no `tokenizer.json`: SentencePiece's, WordPiece's or BPE's, by what the bytes look like.
#![no_main]

mod folder;

use libfuzzer_sys::fuzz_target;
use proviso_encoder::{TextTokenizer, tokenizer_json};

const TEXT: &str =
    "This Agreement\u{a0}(c) shall, \u{ff21}\u{200b} e\u{301} \u{fb01}ne \u{2460} \u{1f600} [CLS]";

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
    let Ok(tokens) = tokenizer.encode_words(TEXT) else { return };
    assert!(tokens.ranges().iter().all(|range| TEXT.get(range.start..range.end).is_some()));
});
