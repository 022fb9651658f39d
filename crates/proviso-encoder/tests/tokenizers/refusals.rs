//! Files that are damaged, hostile or of another kind are refused in words that name the file.

use std::{fs, path::Path};

use proviso_encoder::{EncoderError, TextTokenizer, tokenizer_json};

use crate::{
    copied, folder_with,
    tables::{deberta, model, piece},
};

/// What is wrong with a folder with these files.
fn refusal(files: &[(&str, &[u8])]) -> String {
    tokenizer_json(folder_with(files).path()).unwrap_err().to_string()
}

#[track_caller]
fn assert_says(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part:?} is not in {said:?}");
    }
}

#[test]
fn a_folder_without_a_tokenizer_is_told_what_was_looked_for() {
    for (model, files) in [
        ("bert", "neither `tokenizer.json` nor `vocab.txt`"),
        ("mpnet", "nor `vocab.txt`"),
        ("roberta", "nor `vocab.json` with `merges.txt`"),
        ("deberta-v2", "nor `spm.model`"),
        ("xlm-roberta", "nor `sentencepiece.bpe.model`"),
    ] {
        let config = format!(r#"{{"model_type": "{model}"}}"#);
        // That RoBERTa has one of its files is not enough.
        let folder = folder_with(&[("config.json", config.as_bytes()), ("merges.txt", b"#\n")]);
        let error = tokenizer_json(folder.path()).unwrap_err();
        assert!(matches!(error, EncoderError::NoTokenizer { .. }));
        assert_says(&error.to_string(), &[files]);
    }
}

#[test]
fn what_kind_of_tokenizer_it_is_must_be_known() {
    assert_says(&refusal(&[]), &["config.json", "cannot be read"]);
    for (config, part) in [
        (&b"{}"[..], "it has no `model_type`"),
        (b"[]", "config.json"),
        (br#"{"model_type": "gpt2"}"#, "models of type `gpt2` are not supported"),
        (br#"{"tokenizer_class": "CamembertTokenizer"}"#, "its tokenizer is a `CamembertTokenizer`"),
        (b"version https://git-lfs.github.com/spec/v1\n", "fetch the file with `git lfs pull`"),
    ] {
        assert_says(&refusal(&[("config.json", config)]), &["config.json", part]);
    }
    let options = ("tokenizer_config.json", &br#"{"tokenizer_class": "PreTrainedTokenizerFast"}"#[..]);
    let said = refusal(&[("config.json", br#"{"model_type": "bert"}"#), options]);
    assert_says(&said, &["tokenizer_config.json", "is supported only where it comes as `tokenizer.json`"]);
}

#[test]
fn damaged_vocabularies_of_lines_are_refused() {
    let config = ("config.json", &br#"{"model_type": "bert"}"#[..]);
    for (vocabulary, part) in [
        (&b""[..], "it is empty"),
        (b"[CLS]\n[SEP]\n", "it has no line `[UNK]`"),
        (b"[UNK]\n\xff\n", "it is no text in UTF-8: byte 6 is wrong"),
        (&b"a\n".repeat((1 << 20) + 1), "it has more than 1048576 lines"),
        (&vec![b'a'; (32 << 20) + 1], "it has 33554433 bytes, more than 33554432"),
    ] {
        assert_says(&refusal(&[config, ("vocab.txt", vocabulary)]), &["vocab.txt", part]);
    }
}

#[test]
fn vocabularies_and_merges_that_contradict_each_other_are_refused() {
    let config = ("config.json", &br#"{"model_type": "roberta"}"#[..]);
    for (vocabulary, file, merges, part) in [
        (&br#"{"a": 0, "b": 0}"#[..], "vocab.json", &b"#\n"[..], "it has the id 0 twice"),
        (br#"{"a": 0, "a": 1}"#, "vocab.json", b"#\n", "one token has the ids 0 and 1"),
        (br#"{"a": 4294967295}"#, "vocab.json", b"#\n", "it has more than 1048576 tokens"),
        (br#"{"a": -1}"#, "vocab.json", b"#\n", "invalid value"),
        (br#"{"a": "b"}"#, "vocab.json", b"#\n", "invalid type"),
        (br#"["a"]"#, "vocab.json", b"#\n", "an object with each token's id"),
        (br#"{"a": 0, "#, "vocab.json", b"#\n", "EOF"),
        (b"{\"\xff\": 0}", "vocab.json", b"#\n", "invalid unicode"),
        (br#"{"a": 0}"#, "merges.txt", b"", "it has no lines"),
        (br#"{"a": 0}"#, "merges.txt", b"#\n\xff\n", "it is no text in UTF-8"),
        (br#"{"a": 0}"#, "merges.txt", b"#\na\n", "its line 2 does not hold two tokens"),
        (br#"{"a": 0}"#, "merges.txt", b"#\na a a\n", "its line 2 does not hold two tokens"),
        (br#"{"a": 0, "aa": 1}"#, "merges.txt", b"#\na a\n\n", "its line 3 does not hold two tokens"),
        (
            br#"{"a": 0, "ab": 1}"#,
            "merges.txt",
            b"#\na b\n",
            "its line 2 needs a token that `vocab.json` lacks",
        ),
        (
            br#"{"a": 0, "b": 1}"#,
            "merges.txt",
            b"#\na b\n",
            "its line 2 needs a token that `vocab.json` lacks",
        ),
    ] {
        let said = refusal(&[config, ("vocab.json", vocabulary), ("merges.txt", merges)]);
        assert_says(&said, &[file, part]);
    }
}

#[test]
fn damaged_models_of_sentencepiece_are_refused() {
    let twice = piece(b"b", -3.0, 1);
    let long = piece(&[b'x'; 1025], 0.0, 1);
    let many = piece(&[b'x'; 1000], 0.0, 1).repeat(8400);
    for (model, part) in [
        (Vec::new(), "it has no pieces"),
        (b"\x0a\x7f".to_vec(), "it is cut off, or no model of sentencepiece"),
        (b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01".to_vec(), "it is cut off"),
        (b"\x0a\x02\x0a\x05".to_vec(), "its piece 0 is not usable: it is cut off"),
        (b"\x0b".to_vec(), "it is cut off, or no model of sentencepiece"),
        (model(&piece(b"", 0.0, 1)), "its piece 5 is empty"),
        (model(&piece(b"\xff", 0.0, 1)), "its piece 5 is no text in UTF-8"),
        (model(&piece(b"c", f32::NAN, 1)), "its piece 5 has a score that is no number"),
        (model(&piece(b"c", f32::NEG_INFINITY, 1)), "its piece 5 has a score that is no number"),
        (model(&twice), "the token with the id 5 is one that it has already"),
        (model(&long), "its piece 5 is longer than 1024 bytes"),
        (model(&many), "it has more or longer pieces than are supported"),
        (model(b"\x12\x02\x18\x02"), "it was trained with another algorithm"),
        (model(b"\x12\x03\xc0\x02\x05"), "it has no piece for what is unknown"),
        // The number -1.
        (
            model(b"\x12\x0c\xc0\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
            "it has no piece for what is unknown",
        ),
    ] {
        let said = tokenizer_json(deberta(&model).path()).unwrap_err().to_string();
        assert_says(&said, &["spm.model", part]);
    }
}

#[test]
fn options_of_other_types_are_refused() {
    for (file, content, part) in [
        ("tokenizer_config.json", r#"{"do_lower_case": "yes"}"#, "its `do_lower_case` is not usable"),
        ("tokenizer_config.json", r#"{"tokenizer_class": 3}"#, "its `tokenizer_class` is not a text"),
        ("tokenizer_config.json", r#"{"unk_token": 3}"#, "its `unk_token` is not usable"),
        ("tokenizer_config.json", r#"{"cls_token": null}"#, "it says that there is no `cls_token`"),
        (
            "tokenizer_config.json",
            r#"{"added_tokens_decoder": {"x": "y"}}"#,
            "its `added_tokens_decoder` is not",
        ),
        (
            "tokenizer_config.json",
            r#"{"additional_special_tokens": 3}"#,
            "its `additional_special_tokens` is not",
        ),
        ("tokenizer_config.json", "{", "EOF"),
        ("special_tokens_map.json", r#"{"sep_token": []}"#, "its `sep_token` is not usable"),
        ("added_tokens.json", r#"{"a": -3}"#, "invalid value"),
    ] {
        let folder = copied("bert");
        fs::write(folder.path().join(file), content).unwrap();
        assert_says(&tokenizer_json(folder.path()).unwrap_err().to_string(), &[file, part]);
    }
}

#[test]
fn damaged_tokenizer_json_is_refused() {
    let long = format!(r#"{{"model": {{"vocab": [["{}", 0]]}}}}"#, "x".repeat(1025));
    let many =
        format!(r#"{{"model": {{"vocab": [{}"a"]}}}}"#, format!(r#""{}","#, "x".repeat(1000)).repeat(8400));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (json, part) in [
        ("", "EOF"),
        ("{}", "Model"),
        ("[1]", "invalid type"),
        (&deep, "recursion limit exceeded"),
        (&long, "it has more or longer pieces than are supported"),
        (&many, "it has more or longer pieces than are supported"),
        (
            r#"{"normalizer": {"type": "Precompiled"}}"#,
            "it has a step `Precompiled` without `precompiled_charsmap`",
        ),
        (r#"{"normalizer": {"type": "Precompiled", "precompiled_charsmap": 3}}"#, "is no text"),
        (r#"{"normalizer": {"type": "Precompiled", "precompiled_charsmap": ["AA=="]}}"#, "is no text"),
        (r#"{"normalizer": {"type": "Precompiled", "precompiled_charsmap": "A*"}}"#, "is not in base64"),
        (
            r#"{"normalizer": {"type": "Replace", "pattern": {"Regex": "("}, "content": ""}}"#,
            "tokenizer.json",
        ),
        (r#"{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [["a", "b"]]}}"#, "tokenizer.json"),
        (r#"{"model": {"type": "Unigram", "vocab": [["a", 0.0]], "unk_id": 7}}"#, "tokenizer.json"),
    ] {
        assert_says(&refusal(&[("tokenizer.json", json.as_bytes())]), &["tokenizer.json", part]);
    }
}

/// On each of these the library that reads them gives up in a way that would end the program.
#[test]
fn a_tokenizer_whose_parts_are_no_json_is_refused() {
    for part in ["decoder", "normalizer", "pre_tokenizer", "post_processor", "model"] {
        let text = format!(r#"{{"version": "1.0", "{part}": {{1}}}}"#);
        let error = TextTokenizer::from_json(text.as_bytes(), Path::new("a/tokenizer.json")).err().unwrap();
        assert_says(&error.to_string(), &["a/tokenizer.json", "is not usable"]);
    }
}
