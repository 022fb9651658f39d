//! What an encoder computes outside of its layers.

use std::ops::Range;

use proviso_kernels::{Buffer, LayerNorm, RowMajor, Tier};

use super::{
    Arrays, Builder, NamedArray, Scratch,
    attention::{self, Positions},
    convolution::Convolution,
    embeddings::{Embeddings, Words},
    team::Part,
};
use crate::{EncoderError, Precision, architecture::Architecture, frame::Sequence, packed::WordRows};

/// Embeddings, the convolution beside the first layer, and what all layers know of distances.
pub(crate) struct Stem {
    pub(super) tier: Tier,
    pub(super) architecture: Architecture,
    pub(crate) positions: Positions,
    embeddings: Embeddings,
    /// Beside the first layer.
    convolution: Option<Convolution>,
    /// What the borders between the rows of several threads are multiples of.
    pub(super) row_step: usize,
}

impl Stem {
    /// Loads the weights that `builder` has.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape than the architecture asks for.
    pub fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let words = Embeddings::load_words(builder, architecture)?;
        Self::load_around(builder, architecture, words)
    }

    /// As [`load`](Self::load), with the embeddings of words on the disk.
    ///
    /// # Errors
    /// As `load`.
    pub fn load_with(
        builder: &Builder<'_>,
        architecture: &Architecture,
        words: WordRows,
    ) -> Result<Self, EncoderError> {
        Self::load_around(builder, architecture, Words::OnDisk(words))
    }

    fn load_around(
        builder: &Builder<'_>,
        architecture: &Architecture,
        words: Words,
    ) -> Result<Self, EncoderError> {
        Ok(Self {
            tier: builder.tier,
            architecture: architecture.clone(),
            positions: Positions::load(builder, architecture)?,
            embeddings: Embeddings::load(builder, architecture, words)?,
            convolution: Convolution::load(builder, architecture)?,
            row_step: attention::row_step(builder.tier, builder.computes_integers()),
        })
    }

    /// A stem that is to be filled from a file, with the embeddings of words on the disk.
    pub fn shaped(tier: Tier, precision: Precision, architecture: &Architecture, words: WordRows) -> Self {
        Self {
            tier,
            architecture: architecture.clone(),
            positions: Positions::shaped(architecture),
            embeddings: Embeddings::shaped(tier, architecture, words),
            convolution: Convolution::shaped(tier, architecture),
            row_step: attention::row_step(tier, precision.is_integer()),
        }
    }

    /// All arrays that it consists of, but the embeddings of words. To be called while no layer shares anything with it.
    pub fn arrays(&mut self) -> Vec<NamedArray<'_>> {
        let mut arrays = Arrays::default();
        self.positions.store("distance_bias", &mut arrays);
        self.embeddings.store("embeddings", &mut arrays);
        if let Some(convolution) = &mut self.convolution {
            convolution.store("convolution", &mut arrays);
        }
        arrays.into_all()
    }

    /// Checks a sequence, and puts its words' embeddings into `words`, `[tokens, embedding width]`.
    ///
    /// # Errors
    /// If the sequence cannot be read by this model, or the embeddings lie on a disk and cannot be read.
    pub fn look_up(&self, sequence: Sequence<'_>, words: &mut Buffer) -> Result<(), EncoderError> {
        self.architecture.check(sequence.ids)?;
        self.embeddings.look_up(sequence.ids, words)
    }

    /// Begins the stream of a part with the embeddings of its tokens; `words` are those of the whole sequence.
    pub fn begin(&self, sequence: Sequence<'_>, words: &[f32], part: &Part<'_>, scratch: &mut Scratch) {
        if self.convolution.is_none() {
            self.embed(sequence, words, part.rows.clone(), scratch);
            return;
        }
        // The convolution reads the embeddings of all tokens. Every thread makes them for itself, which costs less than a
        // meeting.
        let width = self.architecture.width;
        self.embed(sequence, words, 0..part.tokens, scratch);
        scratch.keep_embeddings(part.tokens * width);
        scratch.hidden.copy_within(part.rows.start * width..part.rows.end * width, 0);
    }

    fn embed(&self, sequence: Sequence<'_>, words: &[f32], rows: Range<usize>, scratch: &mut Scratch) {
        scratch.reshape(rows.len(), &self.architecture);
        self.embeddings.write(words, rows, sequence.second, scratch);
    }

    /// Buffers for one window.
    pub fn scratch(&self) -> Scratch {
        Scratch::new(self.tier)
    }

    /// The embeddings of a whole sequence, `[tokens, width]`.
    ///
    /// # Errors
    /// As [`look_up`](Self::look_up).
    pub fn embeddings<'s>(
        &self,
        sequence: Sequence<'_>,
        scratch: &'s mut Scratch,
    ) -> Result<&'s [f32], EncoderError> {
        let mut words = scratch.take_words();
        let found = self.look_up(sequence, &mut words);
        if found.is_ok() {
            self.embed(sequence, &words, 0..sequence.ids.len(), scratch);
        }
        scratch.words = words;
        found.map(|()| &scratch.hidden[..sequence.ids.len() * self.architecture.width])
    }

    /// The shape of the model.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The convolution's product `[outputs, neighbours * inputs]` with its bias, and its normalisation, if there is one.
    pub fn convolution(&mut self) -> Option<((RowMajor, Vec<f32>), LayerNorm)> {
        self.convolution.as_mut().and_then(Convolution::weights)
    }

    /// Number of layers that the model has.
    pub fn layers(&self) -> usize {
        self.architecture.layers
    }

    /// Whether something happens between the first and the second layer.
    pub fn has_convolution(&self) -> bool {
        self.convolution.is_some()
    }

    /// What happens there: adds the convolution to the stream, of which the embeddings were kept.
    pub fn after_first(&self, part: &Part<'_>, scratch: &mut Scratch) {
        if let Some(convolution) = &self.convolution {
            convolution.forward(part, scratch);
        }
    }
}
