//! What an encoder computes, as its `config.json` says.

mod config;
mod relative_positions;
mod tensors;

use proviso_kernels::Activation;

use crate::EncoderError;
pub(crate) use config::Config;
pub(crate) use relative_positions::{T5_BUCKETS, log_bucket, t5_bucket};

/// The families of encoders that can be run. All are stacks of attention and feed-forward layers with normalisation
/// after each; they differ in how they know positions, and in the names of their tensors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// BERT (arXiv 1810.04805).
    Bert,
    /// RoBERTa (arXiv 1907.11692) and XLM-RoBERTa (arXiv 1911.02116).
    Roberta,
    /// MPNet (arXiv 2004.09297).
    Mpnet,
    /// DeBERTa versions 2 and 3 (arXiv 2006.03654, 2111.09543).
    Deberta,
}

impl Family {
    /// The special tokens before and after a window.
    pub(crate) fn frame(self) -> [&'static str; 2] {
        match self {
            Self::Bert | Self::Deberta => ["[CLS]", "[SEP]"],
            Self::Roberta | Self::Mpnet => ["<s>", "</s>"],
        }
    }

    /// How many of the last special tokens stand between a question and a window.
    pub(crate) fn tokens_between(self) -> usize {
        match self {
            Self::Bert | Self::Deberta => 1,
            Self::Roberta | Self::Mpnet => 2,
        }
    }

    /// Names of the parts of attention in a layer: queries, keys, values, output and the normalisation after it.
    pub(crate) fn attention_parts(self) -> [&'static str; 5] {
        match self {
            Self::Bert | Self::Roberta => [
                "attention.self.query",
                "attention.self.key",
                "attention.self.value",
                "attention.output.dense",
                "attention.output.LayerNorm",
            ],
            Self::Mpnet => [
                "attention.attn.q",
                "attention.attn.k",
                "attention.attn.v",
                "attention.attn.o",
                "attention.LayerNorm",
            ],
            Self::Deberta => [
                "attention.self.query_proj",
                "attention.self.key_proj",
                "attention.self.value_proj",
                "attention.output.dense",
                "attention.output.LayerNorm",
            ],
        }
    }
}

/// The shape of an encoder.
#[derive(Debug, Clone)]
pub(crate) struct Architecture {
    pub family: Family,
    pub width: usize,
    /// Width of the word embeddings; they are projected where it is not `width`.
    pub embedding_width: usize,
    /// Width inside the feed-forward part.
    pub inner_width: usize,
    pub heads: usize,
    pub layers: usize,
    pub vocabulary: usize,
    /// Kinds of segment; zero if segments are not told apart.
    pub segments: usize,
    pub activation: Activation,
    pub epsilon: f32,
    /// Rows of the table of absolute positions, and the row of the first token; `None` without such a table.
    pub absolute_positions: Option<(usize, usize)>,
    pub relative_positions: RelativePositions,
    /// Tokens of the longest window.
    pub longest_window: usize,
    /// Kernel size and activation of DeBERTa's convolution beside the first layer.
    pub convolution: Option<(usize, Activation)>,
}

impl Architecture {
    /// What the scores of attention are divided by: the root of the numbers whose products are summed into one.
    pub(crate) fn score_divisor(&self) -> f32 {
        let terms = match &self.relative_positions {
            RelativePositions::None | RelativePositions::Bias => 1,
            RelativePositions::Disentangled(kind) => {
                1 + usize::from(kind.content_to_position) + usize::from(kind.position_to_content)
            }
        };
        ((self.width / self.heads) as f32 * terms as f32).sqrt()
    }

    /// Checks that a window, `ids` with the special tokens, can be read.
    ///
    /// # Errors
    /// If there are no tokens, more than the model reads, or an id that is not in the vocabulary.
    pub(crate) fn check(&self, ids: &[u32]) -> Result<(), EncoderError> {
        let (tokens, limit, vocabulary) = (ids.len(), self.longest_window, self.vocabulary);
        if tokens == 0 || tokens > limit {
            return Err(EncoderError::WindowTooLong { tokens, limit });
        }
        match ids.iter().find(|id| **id as usize >= vocabulary) {
            Some(&id) => Err(EncoderError::UnknownToken { id, vocabulary }),
            None => Ok(()),
        }
    }
}

/// How attention knows the distance of two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelativePositions {
    /// It does not.
    None,
    /// A number for each head and bucket of distances, as in T5 (arXiv 1910.10683).
    Bias,
    /// Products with vectors that stand for distances.
    Disentangled(Disentangled),
}

/// DeBERTa's disentangled attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Disentangled {
    /// Buckets in each direction; where there are none, each distance is its own.
    pub buckets: Option<usize>,
    /// Distances up to this are told apart.
    pub max_distance: usize,
    /// Queries with the positions of keys.
    pub content_to_position: bool,
    /// Keys with the positions of queries.
    pub position_to_content: bool,
    /// Whether positions are projected by the same matrices as tokens.
    pub shared_projections: bool,
    /// Whether the vectors of distances are normalised.
    pub normalized: bool,
}

impl Disentangled {
    /// Distances that are told apart in each direction: half the number of vectors.
    pub(crate) fn span(&self) -> usize {
        self.buckets.unwrap_or(self.max_distance)
    }

    /// The vector for a query `distance` tokens after the key.
    pub(crate) fn index(&self, distance: isize) -> usize {
        let distance = match self.buckets {
            Some(buckets) => log_bucket(distance, buckets, self.max_distance),
            None => distance,
        };
        let span = self.span() as isize;
        (distance + span).clamp(0, 2 * span - 1) as usize
    }
}
