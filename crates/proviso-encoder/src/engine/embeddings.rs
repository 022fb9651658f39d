//! What enters the first layer.

use std::ops::Range;

use half::slice::HalfFloatSliceExt;
use proviso_kernels::{Buffer, LayerNorm, Output, Tier};

use super::{Arrays, Builder, Linear, Scratch};
use crate::{
    EncoderError, Precision,
    architecture::Architecture,
    packed::WordRows,
    weights::{Segments, Table},
};

/// Word, position and segment embeddings, summed and normalised.
pub(super) struct Embeddings {
    words: Words,
    width: usize,
    /// For each position what is added to the word: its position's embedding and that of the only segment.
    positions: Positions,
    /// What is added to that for tokens of the second segment.
    second: Option<Vec<f32>>,
    norm: LayerNorm,
    /// From the width of the words to that of the model.
    projection: Option<Linear>,
}

/// Where the embeddings of words are.
pub(super) enum Words {
    Here(Table),
    /// Most of a vocabulary is in no contract, so a table need not be in memory.
    OnDisk(WordRows),
}

enum Positions {
    /// `[positions, width]`, from the row of the first token on.
    Each(Vec<f32>),
    /// The same for all.
    Same(Vec<f32>),
}

impl Embeddings {
    /// The embeddings of words, in memory.
    pub(super) fn load_words(
        builder: &Builder<'_>,
        architecture: &Architecture,
    ) -> Result<Words, EncoderError> {
        let part = builder.under("embeddings");
        let shape = [architecture.vocabulary, architecture.embedding_width];
        part.weights.table("word_embeddings.weight", shape).map(Words::Here)
    }

    /// Everything else, with `words`.
    pub(super) fn load(
        builder: &Builder<'_>,
        architecture: &Architecture,
        words: Words,
    ) -> Result<Self, EncoderError> {
        let part = builder.under("embeddings");
        let width = architecture.embedding_width;
        let Segments { first: segment, second } = Segments::load(&part.weights, architecture)?;
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
            words,
            width,
            positions,
            second,
            norm: part.norm("LayerNorm", architecture.width, architecture.epsilon)?,
            projection,
        })
    }

    /// Puts the embeddings of words into `words`, `[tokens, embedding width]`. The ids are in the vocabulary.
    ///
    /// # Errors
    /// If they lie on a disk and cannot be read.
    pub(super) fn look_up(&self, ids: &[u32], words: &mut Buffer) -> Result<(), EncoderError> {
        words.resize(ids.len() * self.width, 0.0);
        let table = match &self.words {
            Words::Here(table) => table,
            Words::OnDisk(rows) => return rows.look_up(ids, words),
        };
        for (id, row) in ids.iter().zip(words.chunks_exact_mut(self.width)) {
            let at = *id as usize * self.width..(*id as usize + 1) * self.width;
            match table {
                Table::F32(words) => row.copy_from_slice(&words[at]),
                Table::F16(words) => words[at].convert_to_f32_slice(row),
            }
        }
        Ok(())
    }

    /// Embeddings that are to be filled from a file, with those of words on the disk.
    pub(super) fn shaped(tier: Tier, architecture: &Architecture, words: WordRows) -> Self {
        let width = architecture.embedding_width;
        let positions = match architecture.absolute_positions {
            Some((rows, first)) => Positions::Each(vec![0.0; (rows - first) * width]),
            None => Positions::Same(vec![0.0; width]),
        };
        Self {
            words: Words::OnDisk(words),
            width,
            positions,
            second: (architecture.segments > 1).then(|| vec![0.0; width]),
            norm: LayerNorm::shaped(architecture.width, architecture.epsilon),
            projection: (width != architecture.width)
                .then(|| Linear::shaped(tier, Precision::F32, architecture.width, width)),
        }
    }

    /// Adds everything but the embeddings of words to `arrays`.
    pub(super) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        let (Positions::Each(table) | Positions::Same(table)) = &mut self.positions;
        arrays.add(&format!("{name}.positions"), table);
        if let Some(second) = &mut self.second {
            arrays.add(&format!("{name}.second"), second);
        }
        arrays.add(&format!("{name}.norm"), &mut self.norm);
        if let Some(projection) = &mut self.projection {
            projection.store(&format!("{name}.projection"), arrays);
        }
    }

    /// Writes the normalised embeddings of some rows of a sequence to the stream. `words` are those of all its rows, of which
    /// those from `second` on are of the second segment.
    pub(super) fn write(&self, words: &[f32], rows: Range<usize>, second: usize, scratch: &mut Scratch) {
        let width = self.width;
        let target = if self.projection.is_some() {
            scratch.embedded.resize(scratch.hidden.len() / self.norm.width() * width, 0.0);
            &mut scratch.embedded
        } else {
            &mut scratch.hidden
        };
        let words = words[rows.start * width..rows.end * width].chunks_exact(width);
        for (place, (words, row)) in rows.clone().zip(words.zip(target.chunks_exact_mut(width))) {
            let position = match &self.positions {
                Positions::Each(table) => &table[place * width..(place + 1) * width],
                Positions::Same(row) => row,
            };
            row.iter_mut()
                .zip(words.iter().zip(position))
                .for_each(|(sum, (word, place))| *sum = word + place);
            if let Some(difference) = self.second.as_ref().filter(|_| place >= second) {
                row.iter_mut().zip(difference).for_each(|(sum, difference)| *sum += difference);
            }
        }
        if let Some(projection) = &self.projection {
            let output = Output::plain(&mut scratch.hidden, projection.outputs());
            projection.forward_floats(&scratch.embedded, rows.len(), &mut scratch.panel, output);
        }
        self.norm.apply(scratch.tier(), &mut scratch.hidden[..rows.len() * self.norm.width()]);
    }
}
