//! What `tokenizer_config.json`, and before it `special_tokens_map.json` and `added_tokens.json`, say of a tokenizer.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tokenizers::AddedToken;

use super::{MOST_TOKENS, malformed, read};
use crate::EncoderError;

/// The files' content. Files that are missing say nothing.
pub(super) struct Options {
    path: PathBuf,
    map: Map<String, Value>,
    /// The names of special tokens as `special_tokens_map.json` gives them.
    special: Map<String, Value>,
    special_path: PathBuf,
    /// Tokens that were added, by id, and whether they come with all that there is to say of them.
    pub(super) added: BTreeMap<u32, Written>,
    pub(super) added_in_full: bool,
}

/// A token as it stands in one of the files.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Written {
    Name(String),
    Full {
        content: String,
        #[serde(default)]
        single_word: bool,
        #[serde(default)]
        lstrip: bool,
        #[serde(default)]
        rstrip: bool,
        normalized: Option<bool>,
        #[serde(default)]
        special: bool,
    },
}

impl Written {
    pub(super) fn content(&self) -> &str {
        match self {
            Self::Name(content) | Self::Full { content, .. } => content,
        }
    }

    /// The token with what is written of it, if anything is.
    pub(super) fn token(&self) -> Option<AddedToken> {
        let Self::Full { content, single_word, lstrip, rstrip, normalized, special } = self else {
            return None;
        };
        let token = AddedToken::from(content.as_str(), *special);
        let normalized = normalized.unwrap_or(token.normalized);
        Some(AddedToken { single_word: *single_word, lstrip: *lstrip, rstrip: *rstrip, normalized, ..token })
    }
}

impl Options {
    /// Most bytes of one of these files.
    pub(super) const LARGEST: u64 = 4 << 20;

    /// Reads the files in `folder`.
    ///
    /// # Errors
    /// If one is there and cannot be read or understood.
    pub(super) fn read(folder: &Path) -> Result<Self, EncoderError> {
        let path = folder.join("tokenizer_config.json");
        let special_path = folder.join("special_tokens_map.json");
        let mut map: Map<String, Value> = json(&path)?.unwrap_or_default();
        let mut options = match map.remove("added_tokens_decoder") {
            // Newer files say everything; the older ones are not read.
            Some(added) => {
                let added = typed(&path, "added_tokens_decoder", &added)?;
                Self { path, map, special: Map::new(), special_path, added, added_in_full: true }
            }
            None => {
                let special = json(&special_path)?.unwrap_or_default();
                let added = BTreeMap::new();
                Self { path, map, special, special_path, added, added_in_full: false }
            }
        };
        if !options.added_in_full {
            let older = folder.join("added_tokens.json");
            let added: BTreeMap<String, u32> = json(&older)?.unwrap_or_default();
            options.added = added.into_iter().map(|(content, id)| (id, Written::Name(content))).collect();
        }
        if options.added.len() > MOST_TOKENS {
            return Err(malformed(&options.path, format!("it adds more than {MOST_TOKENS} tokens")));
        }
        Ok(options)
    }

    /// The main file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A switch, if it is set.
    ///
    /// # Errors
    /// If it is something else.
    pub(super) fn switch(&self, name: &str) -> Result<Option<bool>, EncoderError> {
        self.map.get(name).map_or(Ok(None), |value| typed(&self.path, name, value))
    }

    /// A text, if it is set.
    ///
    /// # Errors
    /// If it is something else.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, EncoderError> {
        match self.map.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(malformed(&self.path, format!("its `{name}` is not a text"))),
        }
    }

    /// The special token of that name, such as `cls_token`, if one of the files has it: `Some(None)` says that there is
    /// none.
    ///
    /// # Errors
    /// If it is not a token.
    pub(super) fn special(&self, name: &str) -> Result<Option<Option<Written>>, EncoderError> {
        let (path, value) = match (self.special.get(name), self.map.get(name)) {
            (Some(value), _) => (&self.special_path, value),
            (None, Some(value)) => (&self.path, value),
            (None, None) => return Ok(None),
        };
        typed(path, name, value).map(Some)
    }

    /// Further special tokens, each once.
    ///
    /// # Errors
    /// If they are no list of tokens.
    pub(super) fn additional(&self) -> Result<Vec<Written>, EncoderError> {
        let name = "additional_special_tokens";
        let mut all: Vec<Written> = Vec::new();
        for (path, map) in [(&self.path, &self.map), (&self.special_path, &self.special)] {
            let list: Option<Vec<Written>> =
                map.get(name).map_or(Ok(None), |value| typed(path, name, value))?;
            all.extend(list.unwrap_or_default());
        }
        Ok(all)
    }
}

/// What a JSON file holds, if it is there.
fn json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, EncoderError> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = read(path, Options::LARGEST)?;
    serde_json::from_slice(&bytes).map(Some).map_err(|error| malformed(path, error.to_string()))
}

fn typed<T: DeserializeOwned>(path: &Path, name: &str, value: &Value) -> Result<T, EncoderError> {
    T::deserialize(value).map_err(|error| malformed(path, format!("its `{name}` is not usable: {error}")))
}
