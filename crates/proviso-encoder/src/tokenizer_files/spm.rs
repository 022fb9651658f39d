//! A model of sentencepiece: what its protobuf file holds of pieces, unknown pieces and the table of characters.

use super::{
    MOST_TOKENS,
    protobuf::{Fields, Value},
};

/// Longest piece in bytes; sentencepiece itself makes none of more than some dozens.
pub(super) const LONGEST_PIECE: usize = 1024;
/// Most bytes of all pieces. Each may cost the library that looks them up some hundred bytes.
pub(super) const MOST_PIECE_BYTES: usize = 8 << 20;

/// The algorithm that is supported.
const UNIGRAM: u64 = 1;

/// What a piece is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A special token, such as the end of a text.
    Control,
    /// A word that is never cut.
    UserDefined,
    /// Anything else.
    Other,
}

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) score: f32,
    pub(super) purpose: Purpose,
}

/// What of a model is needed.
#[derive(Debug)]
pub(super) struct SpmModel<'m> {
    pub(super) pieces: Vec<Piece>,
    pub(super) unknown: u64,
    /// What is done to characters first, compiled; empty if nothing is.
    pub(super) charsmap: &'m [u8],
}

impl<'m> SpmModel<'m> {
    /// Reads the file's content.
    ///
    /// # Errors
    /// If it is damaged, something else, or too large.
    pub(super) fn read(bytes: &'m [u8]) -> Result<Self, String> {
        let mut model = Self { pieces: Vec::new(), unknown: 0, charsmap: &[] };
        let mut algorithm = UNIGRAM;
        let mut text = 0;
        for field in Fields::of(bytes) {
            match field? {
                (1, Value::Bytes(piece)) => {
                    let piece = self::piece(piece)
                        .map_err(|reason| format!("its piece {} {reason}", model.pieces.len()))?;
                    text += piece.text.len();
                    model.pieces.push(piece);
                    if text > MOST_PIECE_BYTES || model.pieces.len() > MOST_TOKENS {
                        return Err("it has more or longer pieces than are supported".into());
                    }
                }
                (2, Value::Bytes(trainer)) => {
                    for field in Fields::of(trainer) {
                        match field? {
                            (3, Value::Varint(kind)) => algorithm = kind,
                            (40, Value::Varint(id)) => model.unknown = id,
                            _ => {}
                        }
                    }
                }
                (3, Value::Bytes(normalizer)) => {
                    for field in Fields::of(normalizer) {
                        if let (2, Value::Bytes(charsmap)) = field? {
                            model.charsmap = charsmap;
                        }
                    }
                }
                _ => {}
            }
        }
        if algorithm != UNIGRAM {
            return Err(
                "it was trained with another algorithm than unigram, which is the only one supported".into(),
            );
        }
        if model.pieces.is_empty() {
            return Err("it has no pieces".into());
        }
        Ok(model)
    }
}

/// Reads a piece.
fn piece(message: &[u8]) -> Result<Piece, String> {
    let mut piece = Piece { text: String::new(), score: 0.0, purpose: Purpose::Other };
    for field in Fields::of(message) {
        match field.map_err(|reason| format!("is not usable: {reason}"))? {
            (1, Value::Bytes(text)) if text.len() <= LONGEST_PIECE => {
                piece.text = str::from_utf8(text).map_err(|_| "is no text in UTF-8")?.to_owned();
            }
            (1, _) => return Err(format!("is longer than {LONGEST_PIECE} bytes")),
            (2, Value::Fixed32(bits)) => piece.score = f32::from_bits(bits),
            (3, Value::Varint(3)) => piece.purpose = Purpose::Control,
            (3, Value::Varint(4)) => piece.purpose = Purpose::UserDefined,
            (3, _) => piece.purpose = Purpose::Other,
            _ => {}
        }
    }
    if piece.text.is_empty() {
        return Err("is empty".into());
    }
    if !piece.score.is_finite() {
        return Err("has a score that is no number".into());
    }
    Ok(piece)
}
