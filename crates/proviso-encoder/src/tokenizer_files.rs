//! The tokenizer of a Hugging Face folder as a `tokenizer.json`, made from what older models have where there is none.
//!
//! Folders come from anybody. Sizes are bounded before anything is held, and what the tokenizers library believes without
//! a look is checked before it gets it.

mod byte_level;
mod charsmap;
mod draft;
mod inspect;
mod kind;
mod options;
mod protobuf;
mod sentence_piece;
mod special;
mod spm;
mod word_piece;

use std::path::Path;

use tokenizers::Tokenizer;

use crate::{EncoderError, ModelFolder, source::file::SourceFile, tokenizer::parsed};
use kind::Kind;
use options::Options;

/// Most bytes of a `tokenizer.json`. Those of models with a quarter of a million tokens have 17 megabytes.
const LARGEST_TOKENIZER: u64 = 64 << 20;
/// Most bytes of another file with a vocabulary.
const LARGEST_VOCABULARY: u64 = 32 << 20;
/// Most tokens of a vocabulary, which is more than any encoder's has.
const MOST_TOKENS: usize = 1 << 20;

/// The content of a `tokenizer.json` for the model in a Hugging Face folder: that of the file where there is one, with
/// truncation and padding switched off, else what transformers makes of `vocab.txt`, `vocab.json` with `merges.txt`,
/// `spm.model` or `sentencepiece.bpe.model`.
///
/// # Errors
/// If there are none of these files, or one cannot be read, is damaged, or asks for what is not supported.
pub fn tokenizer_json(folder: &Path) -> Result<Vec<u8>, EncoderError> {
    let path = folder.join(ModelFolder::TOKENIZER);
    if path.exists() {
        return existing(&path);
    }
    let options = Options::read(folder)?;
    let kind = Kind::of(folder, &options)?;
    let files = kind.files();
    if !files.iter().all(|name| folder.join(name).exists()) {
        return Err(EncoderError::NoTokenizer { folder: folder.to_owned(), other: kind.files_in_words() });
    }
    let draft = match kind {
        Kind::Bert | Kind::Mpnet => word_piece::draft(folder, kind, &options)?,
        Kind::Roberta => byte_level::draft(folder, &options)?,
        Kind::DebertaV2 | Kind::XlmRoberta => sentence_piece::draft(folder, kind, &options)?,
    };
    draft.finish(&options)
}

/// The content of a `tokenizer.json` that is there.
fn existing(path: &Path) -> Result<Vec<u8>, EncoderError> {
    let bytes = read(path, LARGEST_TOKENIZER)?;
    let mut tokenizer = parse(&bytes, path)?;
    if tokenizer.get_truncation().is_none() && tokenizer.get_padding().is_none() {
        return Ok(bytes);
    }
    tokenizer.with_padding(None).with_truncation(None).map_err(|error| malformed(path, error.to_string()))?;
    written(&tokenizer, path)
}

/// The tokenizer that the content of a `tokenizer.json` describes.
fn parse(bytes: &[u8], path: &Path) -> Result<Tokenizer, EncoderError> {
    inspect::inspect(bytes).map_err(|reason| malformed(path, reason))?;
    parsed(bytes).map_err(|error| malformed(path, error.to_string()))
}

fn written(tokenizer: &Tokenizer, path: &Path) -> Result<Vec<u8>, EncoderError> {
    Ok(tokenizer.to_string(false).map_err(|error| malformed(path, error.to_string()))?.into_bytes())
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, EncoderError> {
    SourceFile::open(path.to_owned())?.whole(limit)
}

/// A file's text, with the line breaks that Python makes of all kinds.
fn read_text(path: &Path) -> Result<String, EncoderError> {
    let text = String::from_utf8(read(path, LARGEST_VOCABULARY)?).map_err(|error| {
        malformed(path, format!("it is no text in UTF-8: byte {} is wrong", error.utf8_error().valid_up_to()))
    })?;
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

fn malformed(path: &Path, reason: impl Into<String>) -> EncoderError {
    EncoderError::Malformed { path: path.to_owned(), reason: reason.into() }
}
