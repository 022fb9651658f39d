//! A loaded model that windows are put through.

use proviso_encoder::{Backbone, Encoder, EncoderError};
use proviso_plan::Precision;

use super::BenchSubject;
use crate::{AppError, Model};

/// A model of Proviso's runs whole, as a reading would run it; of a bare folder the encoder alone.
pub(super) enum Runner {
    Whole { model: Box<Model>, vocabulary: usize, longest_window: usize },
    Bare(Box<Backbone>),
}

/// Special tokens that a whole model puts around a window by itself.
const FRAME: usize = 2;

impl Runner {
    pub fn load(subject: &BenchSubject, precision: Precision) -> Result<Self, AppError> {
        let Some(folder) = &subject.model else {
            let backbone = Backbone::load(&subject.folder, precision)?;
            return Ok(Self::Bare(Box::new(backbone)));
        };
        Ok(Self::Whole {
            model: Box::new(Model::load(folder.clone(), precision)?),
            vocabulary: subject.shape.vocab_size,
            longest_window: subject.shape.max_position_embeddings,
        })
    }

    /// Number of ids that tokens can have.
    pub fn vocabulary(&self) -> usize {
        match self {
            Self::Whole { vocabulary, .. } => *vocabulary,
            Self::Bare(backbone) => backbone.vocabulary(),
        }
    }

    /// Tokens of the longest window, the special ones included.
    pub fn longest_window(&self) -> usize {
        match self {
            Self::Whole { longest_window, .. } => *longest_window,
            Self::Bare(backbone) => backbone.longest_window(),
        }
    }

    /// Runs a window of so many tokens as `ids` has.
    pub fn run(&self, ids: &[u32]) -> Result<(), EncoderError> {
        match self {
            Self::Whole { model, .. } => {
                model.tagger.span_logits(ids.get(FRAME..).unwrap_or_default()).map(drop)
            }
            Self::Bare(backbone) => backbone.run(ids),
        }
    }
}
