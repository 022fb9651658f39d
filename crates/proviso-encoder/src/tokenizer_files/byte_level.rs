//! RoBERTa's tokenizer, made from `vocab.json` and `merges.txt`: as transformers' `RobertaConverter` does.

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    path::Path,
};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::json;

use super::{
    LARGEST_VOCABULARY, MOST_TOKENS, draft::Draft, kind::Kind, malformed, options::Options, read, read_text,
    special::Specials,
};
use crate::EncoderError;

/// The tokenizer of a folder.
///
/// # Errors
/// If the files cannot be read or contradict themselves or each other.
pub(super) fn draft(folder: &Path, options: &Options) -> Result<Draft, EncoderError> {
    let (path, merges_path) = (folder.join("vocab.json"), folder.join("merges.txt"));
    let Vocabulary(vocabulary) = serde_json::from_slice(&read(&path, LARGEST_VOCABULARY)?)
        .map_err(|error| malformed(&path, error.to_string()))?;
    let merges = read_text(&merges_path)?;
    let merges = self::merges(&merges, &vocabulary).map_err(|reason| malformed(&merges_path, reason))?;
    let document = json!({
        "version": "1.0",
        "pre_tokenizer": {
            "type": "ByteLevel",
            "add_prefix_space": options.switch("add_prefix_space")?.unwrap_or(false),
            "trim_offsets": true,
            "use_regex": true,
        },
        "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
        "model": {
            "type": "BPE",
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": false,
            "vocab": vocabulary,
            "merges": merges,
        },
    });
    let specials = Specials::of(Kind::Roberta, options)?;
    Ok(Draft { path, kind: Kind::Roberta, document, first: Vec::new(), specials })
}

/// The pairs of tokens that become one, most urgent first. The first line is a heading, and what follows the last line
/// break is nothing.
fn merges<'t>(text: &'t str, vocabulary: &BTreeMap<String, u32>) -> Result<Vec<[&'t str; 2]>, String> {
    let Some((lines, _)) = text.rsplit_once('\n') else {
        return Err("it has no lines".into());
    };
    let mut seen = HashSet::new();
    let mut merges = Vec::new();
    for (number, line) in lines.split('\n').enumerate().skip(1) {
        let mut parts = line.split_whitespace();
        let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("its line {} does not hold two tokens", number + 1));
        };
        for token in [first, second, &format!("{first}{second}")] {
            if !vocabulary.contains_key(token) {
                return Err(format!("its line {} needs a token that `vocab.json` lacks", number + 1));
            }
        }
        if seen.insert([first, second]) {
            merges.push([first, second]);
        }
    }
    Ok(merges)
}

/// Tokens and their ids; neither twice.
struct Vocabulary(BTreeMap<String, u32>);

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(VocabularyVisitor).map(Self)
    }
}

struct VocabularyVisitor;

impl<'de> Visitor<'de> for VocabularyVisitor {
    type Value = BTreeMap<String, u32>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object with each token's id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut vocabulary = BTreeMap::new();
        let mut ids = HashSet::new();
        while let Some((token, id)) = map.next_entry::<String, u32>()? {
            if id as usize >= MOST_TOKENS || vocabulary.len() == MOST_TOKENS {
                return Err(A::Error::custom(format_args!("it has more than {MOST_TOKENS} tokens")));
            }
            if !ids.insert(id) {
                return Err(A::Error::custom(format_args!("it has the id {id} twice")));
            }
            if let Some(first) = vocabulary.insert(token, id) {
                return Err(A::Error::custom(format_args!("one token has the ids {first} and {id}")));
            }
        }
        Ok(vocabulary)
    }
}
