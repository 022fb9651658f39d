//! The special tokens around what a model reads.

use crate::{EncoderError, Logits, ModelFolder, Pass, TextTokenizer, architecture::Family};

/// Tokens as the encoder reads them, special ones included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sequence<'a> {
    pub ids: &'a [u32],
    /// The first token of the second segment, where the model tells segments apart; the number of tokens where there is none.
    pub second: usize,
}

impl<'a> From<&'a [u32]> for Sequence<'a> {
    /// All in the first segment.
    fn from(ids: &'a [u32]) -> Self {
        Self { ids, second: ids.len() }
    }
}

/// A pass with its special tokens.
pub(crate) struct Framed {
    ids: Vec<u32>,
    /// Where the window begins.
    window: usize,
    has_question: bool,
}

impl Framed {
    pub fn sequence(&self) -> Sequence<'_> {
        let second = if self.has_question { self.window } else { self.ids.len() };
        Sequence { ids: &self.ids, second }
    }

    /// What is asked of the logits of all tokens, `[tokens, outputs]`: those of the window, and before them those of the first
    /// token where there is a question.
    pub fn pick(&self, all: &[f32], outputs: usize) -> Logits {
        let window = self.window * outputs..(self.ids.len() - 1) * outputs;
        let first = if self.has_question { outputs } else { 0 };
        Logits::new(outputs, [&all[..first], &all[window]].concat())
    }
}

/// The special tokens that frame what a model reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    first: u32,
    last: u32,
    /// How many of the last tokens stand between a question and a window.
    between: usize,
}

impl Frame {
    /// The special tokens of a family in a vocabulary.
    ///
    /// # Errors
    /// If the tokenizer does not have them.
    pub fn new(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        family: Family,
    ) -> Result<Self, EncoderError> {
        let id = |token: &str| {
            let reason = || format!("it has no token `{token}`");
            tokenizer.id_of(token).ok_or_else(|| folder.malformed(ModelFolder::TOKENIZER, reason()))
        };
        let [first, last] = family.frame();
        Ok(Self { first: id(first)?, last: id(last)?, between: family.tokens_between() })
    }

    /// The pass as the encoder reads it.
    pub fn around(&self, pass: Pass<'_>) -> Framed {
        let mut ids = Vec::with_capacity(pass.len() + 2 + self.between);
        ids.push(self.first);
        if !pass.question.is_empty() {
            ids.extend_from_slice(pass.question);
            ids.extend(std::iter::repeat_n(self.last, self.between));
        }
        let window = ids.len();
        ids.extend_from_slice(pass.window);
        ids.push(self.last);
        Framed { ids, window, has_question: !pass.question.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_stand_before_windows_and_special_tokens_around_both() {
        let frame = Frame { first: 101, last: 102, between: 2 };
        let alone = frame.around([7, 8][..].into());
        assert_eq!((alone.sequence().ids, alone.sequence().second), (&[101, 7, 8, 102][..], 4));
        assert_eq!(alone.pick(&[0.0, 1.0, 2.0, 3.0], 1).values(), [1.0, 2.0]);
        let asked = frame.around(Pass { question: &[5], window: &[7, 8] });
        assert_eq!((asked.sequence().ids, asked.sequence().second), (&[101, 5, 102, 102, 7, 8, 102][..], 4));
        let all: Vec<f32> = (0..14).map(|value| value as f32).collect();
        assert_eq!(asked.pick(&all, 2).values(), [0.0, 1.0, 8.0, 9.0, 10.0, 11.0]);
    }
}
