//! What enters the first layer.

use half::slice::HalfFloatSliceExt;
use proviso_kernels::{LayerNorm, Output};

use super::{Builder, Linear, Scratch};
use crate::{EncoderError, Precision, architecture::Architecture, weights::Table};

/// Word, position and segment embeddings, summed and normalised.
pub(super) struct Embeddings {
    words: Table,
    width: usize,
    /// For each position what is added to the word: its position's embedding and that of the only segment.
    positions: Positions,
    norm: LayerNorm,
    /// From the width of the words to that of the model.
    projection: Option<Linear>,
}

enum Positions {
    /// `[positions, width]`, from the row of the first token on.
    Each(Vec<f32>),
    /// The same for all.
    Same(Vec<f32>),
}

impl Embeddings {
    pub(super) fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let part = builder.under("embeddings");
        let width = architecture.embedding_width;
        let mut segment = vec![0.0; width];
        if architecture.segments > 0 {
            let table = part.get("token_type_embeddings.weight", &[architecture.segments, width])?;
            segment.copy_from_slice(&table[..width]);
        }
        let positions = match architecture.absolute_positions {
            Some((rows, first)) => {
                let mut table =
                    part.get("position_embeddings.weight", &[rows, width])?.split_off(first * width);
                for row in table.chunks_exact_mut(width) {
                    row.iter_mut().zip(&segment).for_each(|(value, segment)| *value += segment);
                }
                Positions::Each(table)
            }
            None => Positions::Same(segment),
        };
        let projection = (width != architecture.width)
            .then(|| {
                let weight = part.get("embed_proj.weight", &[architecture.width, width])?;
                let floats = Builder { precision: Precision::F32, observers: None, ..builder.clone() };
                Ok::<_, EncoderError>(floats.pack(
                    &weight,
                    vec![0.0; architecture.width],
                    width,
                    "embeddings",
                ))
            })
            .transpose()?;
        Ok(Self {
            words: part.weights.table("word_embeddings.weight", [architecture.vocabulary, width])?,
            width,
            positions,
            norm: part.norm("LayerNorm", architecture.width, architecture.epsilon)?,
            projection,
        })
    }

    /// Writes the normalised embeddings of a window's tokens from `first` on to the stream.
    pub(super) fn write(&self, ids: &[u32], first: usize, scratch: &mut Scratch) {
        let width = self.width;
        let target = if self.projection.is_some() {
            scratch.embedded.resize(scratch.hidden.len() / self.norm.width() * width, 0.0);
            &mut scratch.embedded
        } else {
            &mut scratch.hidden
        };
        for (place, (id, row)) in (first..).zip(ids.iter().zip(target.chunks_exact_mut(width))) {
            let at = *id as usize * width..(*id as usize + 1) * width;
            match &self.words {
                Table::F32(words) => row.copy_from_slice(&words[at]),
                Table::F16(words) => words[at].convert_to_f32_slice(row),
            }
            let position = match &self.positions {
                Positions::Each(table) => &table[place * width..(place + 1) * width],
                Positions::Same(row) => row,
            };
            row.iter_mut().zip(position).for_each(|(value, position)| *value += position);
        }
        if let Some(projection) = &self.projection {
            let output = Output::plain(&mut scratch.hidden, projection.outputs());
            projection.forward_floats(&scratch.embedded, ids.len(), &mut scratch.panel, output);
        }
        self.norm.apply(scratch.tier(), &mut scratch.hidden[..ids.len() * self.norm.width()]);
    }
}
