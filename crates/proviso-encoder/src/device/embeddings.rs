//! What enters the first layer.

use candle_core::{DType, Device, Result, Tensor};

use super::{DeviceError, batch::Batch, builder::DeviceBuilder, linear::Linear, norm::Norm};
use crate::{
    architecture::Architecture,
    weights::{Segments, Table},
};

/// Word, position and segment embeddings, summed and normalised, in f32.
pub(super) struct Embeddings {
    /// `[vocabulary, embedding width]`: f16 where the file has it so or products are f16, else f32.
    words: Tensor,
    /// What is added to a word: its position's embedding and that of the only segment. `[positions, embedding width]` from
    /// the row of the first token on, or one row for all.
    positions: Tensor,
    /// What tokens of the second segment have in place of the first segment's embedding, as the difference, `[embedding width]`;
    /// `None` where segments are not told apart.
    second: Option<Tensor>,
    /// From the width of the words to that of the model.
    projection: Option<Linear>,
    norm: Norm,
}

impl Embeddings {
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
    ) -> std::result::Result<Self, DeviceError> {
        let part = builder.under("embeddings");
        let floats = part.floats();
        let (width, model_width) = (architecture.embedding_width, architecture.width);
        let Segments { first: segment, second } = Segments::load(&part.weights, architecture)?;
        let positions = match architecture.absolute_positions {
            Some((rows, first)) => {
                let table = part.weights.get("position_embeddings.weight", &[rows, width])?;
                let mut table = table[first * width..].to_vec();
                for row in table.chunks_exact_mut(width) {
                    row.iter_mut().zip(&segment).for_each(|(value, segment)| *value += segment);
                }
                table
            }
            None => segment,
        };
        let rows = positions.len() / width;
        let projection = (width != model_width)
            .then(|| {
                let weight = part.weights.get("embed_proj.weight", &[model_width, width])?;
                floats.load((weight, vec![0.0; model_width]), width)
            })
            .transpose()?;
        let shape = [architecture.vocabulary, width];
        let words = match part.weights.table("word_embeddings.weight", shape)? {
            Table::F32(words) => part.tensor(words, &shape)?,
            Table::F16(words) => {
                Tensor::from_vec(words, &shape, &Device::Cpu)?.to_device(&part.target.device)?
            }
        };
        Ok(Self {
            words,
            positions: floats.tensor(positions, &[rows, width])?,
            second: second.map(|second| floats.tensor(second, &[width])).transpose()?,
            projection,
            norm: part.norm("LayerNorm", model_width, architecture.epsilon)?,
        })
    }

    /// The normalised embeddings, `[windows * tokens, width]`.
    pub(super) fn forward(&self, batch: &Batch) -> Result<Tensor> {
        let words = self.words.index_select(batch.ids(), 0)?.to_dtype(DType::F32)?;
        let (all, width) = words.dims2()?;
        let positions = match self.positions.dim(0)? {
            1 => self.positions.clone(),
            _ => self.positions.narrow(0, 0, batch.tokens())?,
        };
        let sums = words.reshape((batch.windows(), batch.tokens(), width))?.broadcast_add(&positions)?;
        let mut sums = sums.reshape((all, width))?;
        if let (Some(second), Some(tokens)) = (&self.second, batch.second()) {
            sums = (sums + tokens.broadcast_mul(second)?)?;
        }
        match &self.projection {
            Some(projection) => self.norm.forward(&projection.forward(&sums)?),
            None => self.norm.forward(&sums),
        }
    }
}
