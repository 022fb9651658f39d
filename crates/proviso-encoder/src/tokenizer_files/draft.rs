//! A tokenizer without its special tokens, and how it is finished.

use std::path::PathBuf;

use serde_json::{Value, json};
use tokenizers::{AddedToken, PostProcessorWrapper, Tokenizer};

use super::{kind::Kind, malformed, options::Options, parse, special::Specials, written};
use crate::EncoderError;

/// What a vocabulary's files give.
pub(super) struct Draft {
    /// The file that is named where the tokenizer cannot be used.
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    /// A `tokenizer.json` without added tokens and post-processor.
    pub(super) document: Value,
    /// Tokens that the vocabulary itself says are special.
    pub(super) first: Vec<AddedToken>,
    pub(super) specials: Specials,
}

impl Draft {
    /// The content of the `tokenizer.json`.
    ///
    /// # Errors
    /// If the tokenizers library refuses it.
    pub(super) fn finish(self, options: &Options) -> Result<Vec<u8>, EncoderError> {
        let Self { path, kind, document, first, specials } = self;
        let failed = |error: tokenizers::Error| malformed(&path, error.to_string());
        let bytes = serde_json::to_vec(&document).map_err(|error| malformed(&path, error.to_string()))?;
        drop(document);
        let mut tokenizer = parse(&bytes, &path)?;
        drop(bytes);
        let tokens = specials.to_add(&first);
        tokenizer.add_tokens(first).map_err(failed)?;
        tokenizer.add_tokens(tokens).map_err(failed)?;
        let processor = post_processor(kind, &tokenizer, &specials, options)?;
        let processor: PostProcessorWrapper =
            serde_json::from_value(processor).map_err(|error| malformed(&path, error.to_string()))?;
        tokenizer.with_post_processor(Some(processor));
        written(&tokenizer, &path)
    }
}

/// What sets special tokens around a text.
fn post_processor(
    kind: Kind,
    tokenizer: &Tokenizer,
    specials: &Specials,
    options: &Options,
) -> Result<Value, EncoderError> {
    let [class, separator] = specials.frame();
    // They were added, so that they have ids.
    let id = |token: &str| tokenizer.token_to_id(token).unwrap_or_default();
    if kind == Kind::Roberta {
        return Ok(json!({
            "type": "RobertaProcessing",
            "sep": [separator, id(separator)],
            "cls": [class, id(class)],
            "trim_offsets": options.switch("trim_offsets")?.unwrap_or(true),
            "add_prefix_space": options.switch("add_prefix_space")?.unwrap_or(false),
        }));
    }
    let special = |token: &str, of: u32| json!({"SpecialToken": {"id": token, "type_id": of}});
    let text = |name: &str, of: u32| json!({"Sequence": {"id": name, "type_id": of}});
    let single = vec![special(class, 0), text("A", 0), special(separator, 0)];
    let mut pair = single.clone();
    if matches!(kind, Kind::Mpnet | Kind::XlmRoberta) {
        pair.push(special(separator, 0));
    }
    let second = u32::from(kind != Kind::XlmRoberta);
    pair.extend([text("B", second), special(separator, second)]);
    let known = |token: &str| json!({"id": token, "ids": [id(token)], "tokens": [token]});
    Ok(json!({
        "type": "TemplateProcessing",
        "single": single,
        "pair": pair,
        "special_tokens": {class: known(class), separator: known(separator)},
    }))
}
