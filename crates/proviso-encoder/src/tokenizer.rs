//! Text to token ids, each with its place in the text.

mod single_blanks;

use std::{panic::catch_unwind, path::Path};

use proviso_core::TextRange;

use crate::{EncoderError, ModelFolder};
use single_blanks::SingleBlanks;

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its id in the model's vocabulary.
    pub id: u32,
    /// Where it stands in the text.
    pub range: TextRange,
}

/// A text's tokens in order, without special ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    ids: Vec<u32>,
    ranges: Vec<TextRange>,
}

impl Tokens {
    /// Token ids in order.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The place of each token.
    pub fn ranges(&self) -> &[TextRange] {
        &self.ranges
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the text had no token.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

impl FromIterator<Token> for Tokens {
    fn from_iter<I: IntoIterator<Item = Token>>(tokens: I) -> Self {
        let (ids, ranges) = tokens.into_iter().map(|token| (token.id, token.range)).unzip();
        Self { ids, ranges }
    }
}

/// A model's tokenizer.
#[derive(Debug)]
pub struct TextTokenizer(tokenizers::Tokenizer);

/// Longest piece of text given to the tokenizer at once; its intermediate strings are many times as large.
const PIECE_BYTES: usize = 64 * 1024;

/// What the content of a `tokenizer.json` describes.
///
/// # Errors
/// If it cannot be understood. The library panics on some damaged files, which must not end the program.
pub(crate) fn parsed(bytes: &[u8]) -> Result<tokenizers::Tokenizer, tokenizers::Error> {
    let read = catch_unwind(|| tokenizers::Tokenizer::from_bytes(bytes));
    read.unwrap_or_else(|_| Err("one of its parts is damaged".into()))
}

impl TextTokenizer {
    /// Loads the tokenizer of a model folder.
    ///
    /// # Errors
    /// If the file cannot be read or understood, or is not the one that the manifest describes.
    pub fn load(folder: &ModelFolder) -> Result<Self, EncoderError> {
        let bytes = folder.read_verified(ModelFolder::TOKENIZER)?;
        Self::from_json(&bytes, &folder.path().join(ModelFolder::TOKENIZER))
    }

    /// The tokenizer that the content of a `tokenizer.json` describes. Truncation and padding, which such files often
    /// switch on, are switched off. `path` is named where the content cannot be used.
    ///
    /// # Errors
    /// If the content cannot be understood.
    pub fn from_json(bytes: &[u8], path: &Path) -> Result<Self, EncoderError> {
        let malformed = |error: tokenizers::Error| EncoderError::Malformed {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let mut tokenizer = parsed(bytes).map_err(malformed)?;
        tokenizer.with_truncation(None).map_err(malformed)?;
        tokenizer.with_padding(None);
        Ok(Self(tokenizer))
    }

    /// The text's tokens. The text is taken in pieces that end at white space, so that memory stays bounded.
    ///
    /// # Errors
    /// If the tokenizer refuses the text.
    pub fn encode(&self, text: &str) -> Result<Tokens, EncoderError> {
        let mut tokens = Tokens::default();
        let mut first = 0;
        while first < text.len() {
            let piece = &text[first..piece_end(text, first)];
            let encoding =
                self.0.encode(piece, false).map_err(|error| EncoderError::Tokenize(error.to_string()))?;
            tokens.ids.extend_from_slice(encoding.get_ids());
            // RoBERTa's trimming of blanks takes the bytes of a blank off characters that have more.
            let place = |at: usize| first + piece.floor_char_boundary(at);
            tokens.ranges.extend(
                encoding.get_offsets().iter().map(|&(start, end)| TextRange::new(place(start), place(end))),
            );
            first += piece.len();
        }
        Ok(tokens)
    }

    /// The text's tokens if each run of white space were a single blank, with their places in the text as it is. Question
    /// answering models were trained with words that were cut out at white space.
    ///
    /// # Errors
    /// If the tokenizer refuses the text.
    pub fn encode_words(&self, text: &str) -> Result<Tokens, EncoderError> {
        let single = SingleBlanks::of(text);
        let mut tokens = self.encode(single.text())?;
        for range in &mut tokens.ranges {
            *range = TextRange::new(single.original(range.start), single.original(range.end));
        }
        Ok(tokens)
    }

    /// The id of a token of the vocabulary, such as `[CLS]`.
    pub fn id_of(&self, token: &str) -> Option<u32> {
        self.0.token_to_id(token)
    }
}

/// The end of the piece that begins at `first`: after the last white space within the limit, else at the limit.
fn piece_end(text: &str, first: usize) -> usize {
    if text.len() - first <= PIECE_BYTES {
        return text.len();
    }
    let limit = text.floor_char_boundary(first + PIECE_BYTES);
    text[first..limit]
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(limit, |(at, c)| first + at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_at_white_space_and_add_up_to_the_text() {
        let text = "sieben §§ ".repeat(20_000);
        let mut first = 0;
        while first < text.len() {
            let end = piece_end(&text, first);
            assert!(end - first <= PIECE_BYTES && text[..end].ends_with(' '));
            first = end;
        }
        assert_eq!(piece_end(&"x".repeat(PIECE_BYTES + 1), 0), PIECE_BYTES);
    }
}
