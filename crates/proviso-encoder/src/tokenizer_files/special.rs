//! The special tokens of a tokenizer, in the order and with the settings that transformers gives them.

use std::collections::HashSet;

use tokenizers::AddedToken;

use super::{
    kind::Kind,
    malformed,
    options::{Options, Written},
};
use crate::EncoderError;

/// What the special tokens are for, in the order in which they are added.
const PARTS: [&str; 7] =
    ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];
const UNKNOWN: usize = 2;
const SEPARATOR: usize = 3;
const CLASS: usize = 5;
const MASK: usize = 6;

/// A special token.
#[derive(Debug, Clone)]
struct Special {
    token: AddedToken,
    /// Whether only its text is known, so that another mention of it settles how it is matched.
    plain: bool,
}

/// The special tokens of a folder.
#[derive(Debug)]
pub(super) struct Specials {
    parts: [Option<Special>; 7],
    /// Those that the files add, by id.
    added: Vec<AddedToken>,
    additional: Vec<Special>,
}

impl Specials {
    /// The tokens that a folder's files name, and the usual ones where they name none.
    ///
    /// # Errors
    /// If one is no token, or one that is needed is missing.
    pub(super) fn of(kind: Kind, options: &Options) -> Result<Self, EncoderError> {
        let mut parts: [Option<Special>; 7] = Default::default();
        // Special tokens that the files name.
        let mut named = HashSet::new();
        for (at, name) in PARTS.into_iter().enumerate() {
            let usual = kind.names()[at];
            parts[at] = match options.special(name)? {
                None => usual.map(|usual| kind.special(at, usual)),
                Some(None) => None,
                Some(Some(written)) => {
                    named.insert(written.content().to_owned());
                    let in_full = options.added_in_full.then_some(&options.added);
                    let added = in_full
                        .and_then(|added| added.values().find(|added| added.content() == written.content()));
                    Some(match added.unwrap_or(&written).token() {
                        Some(token) => Special { token: token.special(true), plain: false },
                        None => kind.special(at, written.content()),
                    })
                }
            };
        }
        for at in [UNKNOWN, SEPARATOR, CLASS] {
            if parts[at].is_none() {
                return Err(malformed(options.path(), format!("it says that there is no `{}`", PARTS[at])));
            }
        }
        let additional = options.additional()?;
        named.extend(additional.iter().map(|written| written.content().to_owned()));
        let additional: Vec<Special> = additional.iter().map(further).collect();
        let special: HashSet<&str> =
            parts.iter().flatten().chain(&additional).map(|special| special.token.content.as_str()).collect();
        let added = options.added.values().map(|written| {
            let content = written.content();
            let token = written.token().unwrap_or_else(|| AddedToken::from(content, named.contains(content)));
            AddedToken { special: token.special || special.contains(content), ..token }
        });
        let added = added.collect();
        Ok(Self { parts, added, additional })
    }

    /// Its text for what is not in the vocabulary.
    pub(super) fn unknown(&self) -> &str {
        self.content(UNKNOWN)
    }

    /// The tokens before a window and after it.
    pub(super) fn frame(&self) -> [&str; 2] {
        [self.content(CLASS), self.content(SEPARATOR)]
    }

    fn content(&self, part: usize) -> &str {
        self.parts[part].as_ref().map_or("", |special| &special.token.content)
    }

    /// The tokens to add, in order, to a tokenizer that has `first`.
    pub(super) fn to_add(&self, first: &[AddedToken]) -> Vec<AddedToken> {
        let known: HashSet<&str> =
            first.iter().chain(&self.added).map(|token| token.content.as_str()).collect();
        let mut seen = HashSet::new();
        let specials = self
            .parts
            .iter()
            .flatten()
            .chain(&self.additional)
            .filter(|special| seen.insert(special.token.content.as_str()))
            .filter(|special| !(special.plain && known.contains(special.token.content.as_str())));
        self.added.iter().chain(specials.map(|special| &special.token)).cloned().collect()
    }
}

/// A special token that is none of the parts.
fn further(written: &Written) -> Special {
    match written.token() {
        Some(token) => Special { token: token.special(true), plain: false },
        None => Special { token: AddedToken::from(written.content(), true), plain: true },
    }
}

impl Kind {
    /// The usual special tokens, in the order of [`PARTS`].
    fn names(self) -> [Option<&'static str>; 7] {
        match self {
            Self::Bert => {
                [None, None, Some("[UNK]"), Some("[SEP]"), Some("[PAD]"), Some("[CLS]"), Some("[MASK]")]
            }
            Self::Mpnet => ["<s>", "</s>", "[UNK]", "</s>", "<pad>", "<s>", "<mask>"].map(Some),
            Self::Roberta | Self::XlmRoberta => {
                ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>"].map(Some)
            }
            Self::DebertaV2 => ["[CLS]", "[SEP]", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"].map(Some),
        }
    }

    /// How the special token for that part is matched if the files say nothing of it. The blank before a mask belongs to
    /// it in some models. RoBERTa's tokens, which nothing normalises, are marked as normalised all the same.
    fn special(self, part: usize, content: &str) -> Special {
        let token = AddedToken::from(content, true);
        match (self, part) {
            (Self::Mpnet | Self::Roberta | Self::XlmRoberta, MASK) => {
                Special { token: token.lstrip(true), plain: false }
            }
            (Self::Roberta, _) | (Self::DebertaV2, UNKNOWN) => {
                Special { token: token.normalized(true), plain: false }
            }
            (Self::Mpnet, _) => Special { token, plain: false },
            _ => Special { token, plain: true },
        }
    }
}
