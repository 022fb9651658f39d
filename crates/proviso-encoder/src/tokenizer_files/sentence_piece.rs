//! DeBERTa's and XLM-RoBERTa's tokenizers, made from a model of sentencepiece: as transformers' `DebertaV2Converter` and
//! `XLMRobertaConverter` do.

use std::{collections::HashSet, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use tokenizers::AddedToken;

use super::{
    LARGEST_VOCABULARY,
    draft::Draft,
    kind::Kind,
    malformed,
    options::Options,
    read,
    special::Specials,
    spm::{Piece, Purpose, SpmModel},
};
use crate::EncoderError;

/// What fairseq set before the pieces of XLM-RoBERTa, in the place of sentencepiece's own three.
const FAIRSEQ: [&str; 4] = ["<s>", "<pad>", "</s>", "<unk>"];
const FAIRSEQ_UNKNOWN: u64 = 3;
const SENTENCE_PIECE_SPECIALS: usize = 3;

/// The tokenizer of a folder.
///
/// # Errors
/// If the model cannot be read, or has pieces twice or none for what is unknown.
pub(super) fn draft(folder: &Path, kind: Kind, options: &Options) -> Result<Draft, EncoderError> {
    let path = folder.join(kind.files()[0]);
    let bytes = read(&path, LARGEST_VOCABULARY)?;
    let model = SpmModel::read(&bytes).map_err(|reason| malformed(&path, reason))?;
    let (vocabulary, unknown) = vocabulary(kind, &model).map_err(|reason| malformed(&path, reason))?;
    let before = normalizer(kind, options, model.charsmap)?;
    let metaspace =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    let document = json!({
        "version": "1.0",
        "normalizer": {"type": "Sequence", "normalizers": before},
        "pre_tokenizer": pre_tokenizer(kind, options, &metaspace)?,
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": unknown, "vocab": vocabulary, "byte_fallback": false},
    });
    let first = model.pieces.iter().filter_map(added).collect();
    let specials = Specials::of(kind, options)?;
    Ok(Draft { path, kind, document, first, specials })
}

/// Pieces and their scores.
type Scored<'m> = Vec<(&'m str, f64)>;

/// The pieces in the order of their ids, and the id of the unknown one.
fn vocabulary<'m>(kind: Kind, model: &'m SpmModel) -> Result<(Scored<'m>, u64), String> {
    let pieces = model.pieces.iter().map(|piece| (piece.text.as_str(), f64::from(piece.score)));
    let (vocabulary, unknown): (Scored, _) = if kind == Kind::XlmRoberta {
        let own = FAIRSEQ.into_iter().map(|name| (name, 0.0));
        let all = own.chain(pieces.skip(SENTENCE_PIECE_SPECIALS)).chain([("<mask>", 0.0)]);
        (all.collect(), FAIRSEQ_UNKNOWN)
    } else {
        (pieces.collect(), model.unknown)
    };
    let mut seen = HashSet::with_capacity(vocabulary.len());
    if let Some(id) = vocabulary.iter().position(|(text, _)| !seen.insert(*text)) {
        return Err(format!("the token with the id {id} is one that it has already"));
    }
    if unknown >= vocabulary.len() as u64 {
        return Err("it has no piece for what is unknown".into());
    }
    Ok((vocabulary, unknown))
}

/// A piece that is looked for before anything else is done to the text.
fn added(piece: &Piece) -> Option<AddedToken> {
    let special = piece.purpose == Purpose::Control;
    let token = AddedToken::from(piece.text.as_str(), special).normalized(false);
    (piece.purpose != Purpose::Other).then_some(token)
}

/// What is done to the text, in order.
fn normalizer(kind: Kind, options: &Options, charsmap: &[u8]) -> Result<Vec<Value>, EncoderError> {
    let strip = |left: bool| json!({"type": "Strip", "strip_left": left, "strip_right": true});
    let blanks = |one: &str| json!({"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": one});
    let table = (!charsmap.is_empty())
        .then(|| json!({"type": "Precompiled", "precompiled_charsmap": BASE64_STANDARD.encode(charsmap)}));
    if kind == Kind::XlmRoberta {
        return Ok(table.into_iter().chain([strip(false), blanks("▁")]).collect());
    }
    let lower = options.switch("do_lower_case")?.unwrap_or(false).then(|| json!({"type": "Lowercase"}));
    Ok(lower.into_iter().chain([strip(true)]).chain(table).chain([blanks(" ")]).collect())
}

/// How the text is cut before pieces are looked for.
fn pre_tokenizer(kind: Kind, options: &Options, metaspace: &Value) -> Result<Value, EncoderError> {
    if kind == Kind::XlmRoberta {
        return Ok(metaspace.clone());
    }
    let punctuation = options.switch("split_by_punct")?.unwrap_or(false);
    let punctuation = punctuation.then(|| json!({"type": "Punctuation", "behavior": "Isolated"}));
    let all: Vec<Value> = punctuation.into_iter().chain([metaspace.clone()]).collect();
    Ok(json!({"type": "Sequence", "pretokenizers": all}))
}
