//! The `tokenizer.json` of a stranger's model.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use proviso_encoder::TextTokenizer;

const TEXT: &str =
    "This Agreement\u{a0}(c) shall, \u{ff21}\u{200b} e\u{301} \u{fb01}ne \u{2460} \u{1f600} [CLS]";

fuzz_target!(
    init: drop(std::panic::take_hook()), // the library that reads it panics at some, which is caught
    |data: &[u8]| {
        let Ok(tokenizer) = TextTokenizer::from_json(data, Path::new("a-model")) else { return };
        let Ok(tokens) = tokenizer.encode_words(TEXT) else { return };
        assert!(tokens.ranges().iter().all(|range| TEXT.get(range.start..range.end).is_some()));
    }
);
