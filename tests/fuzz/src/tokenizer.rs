//! The `tokenizer.json` of a stranger's model.
#![no_main]

mod words;

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use proviso_encoder::TextTokenizer;

fuzz_target!(
    init: drop(std::panic::take_hook()), // the library that reads it panics at some, which is caught
    |data: &[u8]| {
        let Ok(tokenizer) = TextTokenizer::from_json(data, Path::new("a-model")) else { return };
        words::cut_by(&tokenizer);
    }
);
