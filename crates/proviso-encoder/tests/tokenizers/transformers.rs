//! What is made of a folder is what transformers makes of it: the same parts, and the same tokens of every text.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
};

use proviso_encoder::tokenizer_json;
use serde::Deserialize;
use serde_json::Value;

use crate::{FOLDERS, copied, folder, folder_with, tokenizer};

/// A folder, files that come to it, and what transformers makes of it.
#[derive(Deserialize)]
struct Case {
    folder: String,
    files: HashMap<String, String>,
    parts: Value,
    encoded: Vec<Encoded>,
}

#[derive(Deserialize)]
struct Encoded {
    text: String,
    ids: Vec<u32>,
    ranges: Vec<(usize, usize)>,
}

#[test]
fn parts_and_tokens_are_those_of_transformers() {
    let expected = fs::read(folder("expected.json")).unwrap();
    let cases: BTreeMap<String, Case> = serde_json::from_slice(&expected).unwrap();
    assert_eq!(cases.len(), 14);
    for (name, case) in cases {
        let folder = copied(&case.folder);
        for (file, content) in &case.files {
            fs::write(folder.path().join(file), content).unwrap();
        }
        assert_eq!(parts(&tokenizer_json(folder.path()).unwrap()), case.parts, "{name}");
        let tokenizer = tokenizer(folder.path());
        assert!(case.encoded.len() > 12);
        for Encoded { text, ids, ranges } in case.encoded {
            let tokens = tokenizer.encode(&text).unwrap();
            assert_eq!(tokens.ids(), ids, "{name}: {text:?}");
            let found: Vec<_> = tokens.ranges().iter().map(|range| (range.start, range.end)).collect();
            assert_eq!(found, ranges, "{name}: {text:?}");
        }
    }
}

/// All of a `tokenizer.json` but the vocabulary and the table of characters.
fn parts(json: &[u8]) -> Value {
    let mut parts: Value = serde_json::from_slice(json).unwrap();
    let whole = parts.as_object_mut().unwrap();
    assert!(whole.remove("model").is_some() && whole.remove("version").is_some());
    if let Some(normalizers) = parts.pointer_mut("/normalizer/normalizers") {
        for normalizer in normalizers.as_array_mut().unwrap() {
            normalizer.as_object_mut().unwrap().remove("precompiled_charsmap");
        }
    }
    parts
}

#[test]
fn a_tokenizer_json_is_taken_as_it_is_but_for_truncation_and_padding() {
    for (name, _) in FOLDERS {
        let made = tokenizer_json(&folder(name)).unwrap();
        let with = folder_with(&[("tokenizer.json", &made)]);
        assert_eq!(tokenizer_json(with.path()).unwrap(), made, "{name}");

        let mut cutting: Value = serde_json::from_slice(&made).unwrap();
        cutting["truncation"] = serde_json::json!(
            {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0}
        );
        cutting["padding"] = serde_json::json!({
            "strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
            "pad_type_id": 0, "pad_token": "[PAD]",
        });
        let with = folder_with(&[("tokenizer.json", &serde_json::to_vec(&cutting).unwrap())]);
        let made: Value = serde_json::from_slice(&made).unwrap();
        let found: Value = serde_json::from_slice(&tokenizer_json(with.path()).unwrap()).unwrap();
        assert_eq!(found, made, "{name}");
    }
}

#[test]
fn the_last_of_equal_lines_counts_and_line_breaks_of_all_kinds_end_a_line() {
    let vocabulary = b"[UNK]\r\n[CLS]\n[SEP]\na\rb\na";
    let folder = folder_with(&[("vocab.txt", vocabulary), ("config.json", br#"{"model_type": "bert"}"#)]);
    assert_eq!(tokenizer(folder.path()).encode("a B c").unwrap().ids(), [5, 4, 0]);
}
