//! BERT's and MPNet's tokenizers, made from `vocab.txt`: as transformers' `BertConverter` and `MPNetConverter` do.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{
    MOST_TOKENS, draft::Draft, kind::Kind, malformed, options::Options, read_text, special::Specials,
};
use crate::EncoderError;

/// The tokenizer of a folder.
///
/// # Errors
/// If the vocabulary cannot be read, is empty or too large, or has no token for unknown words.
pub(super) fn draft(folder: &Path, kind: Kind, options: &Options) -> Result<Draft, EncoderError> {
    let path = folder.join("vocab.txt");
    let vocabulary = vocabulary(&read_text(&path)?).map_err(|reason| malformed(&path, reason))?;
    let specials = Specials::of(kind, options)?;
    let unknown = specials.unknown();
    if !vocabulary.contains_key(unknown) {
        return Err(malformed(&path, format!("it has no line `{unknown}`, which stands for unknown words")));
    }
    let lowercase = options.switch("do_lower_case")?.unwrap_or(true);
    let chinese = options.switch("tokenize_chinese_chars")?.unwrap_or(true);
    let document = json!({
        "version": "1.0",
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": true,
            "handle_chinese_chars": chinese,
            "strip_accents": options.switch("strip_accents")?,
            "lowercase": lowercase,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {
            "type": "WordPiece",
            "unk_token": unknown,
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": vocabulary,
        },
    });
    Ok(Draft { path, kind, document, first: Vec::new(), specials })
}

/// The id of each token: the number of its line, or of the last of its lines.
fn vocabulary(text: &str) -> Result<Map<String, Value>, String> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if text.is_empty() {
        return Err("it is empty".into());
    }
    let mut vocabulary = Map::new();
    for (id, token) in text.split('\n').enumerate() {
        if id == MOST_TOKENS {
            return Err(format!("it has more than {MOST_TOKENS} lines"));
        }
        vocabulary.insert(token.to_owned(), id.into());
    }
    Ok(vocabulary)
}
