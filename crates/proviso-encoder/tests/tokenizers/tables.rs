//! Models of sentencepiece and their tables of characters, byte by byte.

use base64::{Engine, prelude::BASE64_STANDARD};
use proviso_encoder::tokenizer_json;
use serde_json::json;
use tempfile::TempDir;

use crate::{folder_with, tokenizer};

/// A field of a protobuf message that holds bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut field = vec![number << 3 | 2];
    let mut length = bytes.len();
    while length > 0x7f {
        field.push(length as u8 | 0x80);
        length >>= 7;
    }
    field.push(length as u8);
    field.extend(bytes);
    field
}

/// A piece with a score, and the number of its purpose.
pub fn piece(text: &[u8], score: f32, purpose: u8) -> Vec<u8> {
    let mut piece = field(1, text);
    piece.push(0x15);
    piece.extend(score.to_le_bytes());
    piece.extend([0x18, purpose]);
    field(1, &piece)
}

/// A model with `[CLS]`, `[SEP]`, `[UNK]`, `▁` and `b`, and what else is given.
pub fn model(rest: &[u8]) -> Vec<u8> {
    let mut model = [piece(b"[CLS]", 0.0, 3), piece(b"[SEP]", 0.0, 3), piece(b"[UNK]", 0.0, 2)].concat();
    model.extend([piece("▁".as_bytes(), -1.0, 1), piece(b"b", -2.0, 1)].concat());
    // The algorithm and the unknown piece.
    model.extend(field(2, &[0x18, 1, 0xc0, 2, 2]));
    model.extend(rest);
    model
}

/// The field with a table of characters.
fn with_table(table: &[u8]) -> Vec<u8> {
    model(&field(3, &field(2, table)))
}

/// DeBERTa's folder with this model.
pub fn deberta(model: &[u8]) -> TempDir {
    folder_with(&[("spm.model", model), ("config.json", br#"{"model_type": "deberta-v2"}"#)])
}

/// A table that replaces `a` by the replacement at `value`. What is at `root` is the first unit of its trie.
fn table(root: u32, value: u32, replacements: &[u8]) -> Vec<u8> {
    let mut units = [0_u32; 256];
    units[0] = root;
    units[usize::from(b'a')] = u32::from(b'a') | 1 << 8 | 2 << 10;
    units[usize::from(b'a') ^ 2] = 1 << 31 | value;
    let mut table = 1024_u32.to_le_bytes().to_vec();
    table.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    table.extend(replacements);
    table
}

#[test]
fn a_small_model_and_its_table_are_read() {
    let plain = tokenizer(deberta(&model(&[])).path());
    assert_eq!(plain.encode("b a").unwrap().ids(), [3, 4, 3, 2]);
    // The model has neither of them.
    assert_eq!(["[PAD]", "[MASK]"].map(|token| plain.id_of(token)), [Some(5), Some(6)]);
    let replacing = tokenizer(deberta(&with_table(&table(0, 2, b"x\0b\0"))).path());
    assert_eq!(replacing.encode("b a").unwrap().ids(), [3, 4, 3, 4]);
}

#[test]
fn tables_whose_references_lead_astray_are_refused() {
    let long = [b'b'; 300];
    for (table, part) in [
        (b"\x04\0".to_vec(), "it is cut off"),
        (b"\0\0\0\0abc\0".to_vec(), "it is cut off"),
        (b"\xff\xff\xff\xff\0\0\0\0".to_vec(), "it is cut off"),
        (b"\x04\0\0\0\0\0\0\0".to_vec(), "leads out of it"),
        (table(1000 << 10, 0, b"b\0"), "leads out of it"),
        (table(1 << 10 | 1 << 9, 0, b"b\0"), "leads out of it"),
        (table(0, 3, b"b\0"), "by what is no text"),
        (table(0, 0x7fff_ffff, b"b\0"), "by what is no text"),
        (table(0, 1, "é\0".as_bytes()), "by what is no text"),
        (table(0, 0, b"\xff\0"), "by what is no text"),
        (table(0, 0, &long), "a replacement that is too long"),
        (vec![0; 5 << 20], "it is too large"),
    ] {
        // Both ways to a table.
        let json = json!({
            "version": "1.0",
            "normalizer": {"type": "Precompiled", "precompiled_charsmap": BASE64_STANDARD.encode(&table)},
            "model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0.0]]},
        });
        let json = folder_with(&[("tokenizer.json", json.to_string().as_bytes())]);
        for folder in [deberta(&with_table(&table)), json] {
            let said = tokenizer_json(folder.path()).unwrap_err().to_string();
            let start = "its table of characters is not usable: ";
            assert!(said.contains(start) && said.contains(part), "{part:?} is not in {said:?}");
        }
    }
}
