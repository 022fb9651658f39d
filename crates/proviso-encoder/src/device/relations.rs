//! What the tokens of a batch are to each other, the same in all layers.

use candle_core::{Result, Tensor};

use super::{
    DeviceError,
    batch::Batch,
    builder::DeviceBuilder,
    disentangled::{DistanceIndex, distance_index},
    target::Target,
};
use crate::architecture::{Architecture, Disentangled, RelativePositions, T5_BUCKETS, t5_bucket};

/// How a model's attention knows the distance of two tokens.
pub(super) enum Positions {
    None,
    /// A number for each head and bucket of distances, `[heads, buckets]` in f32 (MPNet, as in T5).
    Bias(Tensor),
    Disentangled(Disentangled),
}

/// What the scores of a batch need beside queries and keys.
pub(super) struct Relations {
    /// What is added to the scores, in f32, of a shape that spreads over `[heads, windows, tokens, tokens]`.
    pub added: Option<Tensor>,
    /// Where DeBERTa's attention finds the products with the vectors of distances.
    pub distances: Option<DistanceIndex>,
}

impl Positions {
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
    ) -> std::result::Result<Self, DeviceError> {
        let heads = architecture.heads;
        Ok(match architecture.relative_positions {
            RelativePositions::None => Self::None,
            RelativePositions::Bias => {
                let shape = [T5_BUCKETS, heads];
                let table = builder.weights.get("encoder.relative_attention_bias.weight", &shape)?;
                Self::Bias(builder.floats().tensor(table, &shape)?.t()?.contiguous()?)
            }
            RelativePositions::Disentangled(kind) => Self::Disentangled(kind),
        })
    }

    /// Those of a model that the processor has loaded; `table` is `[heads, buckets]` where a model has one.
    pub(super) fn of(
        target: &Target,
        architecture: &Architecture,
        table: Option<Vec<f32>>,
    ) -> std::result::Result<Self, DeviceError> {
        Ok(match (architecture.relative_positions, table) {
            (RelativePositions::Disentangled(kind), _) => Self::Disentangled(kind),
            (_, Some(table)) => Self::Bias(target.floats().tensor(table, &[architecture.heads, T5_BUCKETS])?),
            (_, None) => Self::None,
        })
    }

    /// What holds in a batch.
    pub(super) fn relations(&self, batch: &Batch) -> Result<Relations> {
        let (windows, tokens) = (batch.windows(), batch.tokens());
        // Every query has a key that is no padding, so no sum of weights is zero.
        let mask = batch.mask(0.0, f32::NEG_INFINITY)?;
        let mask = mask.map(|mask| mask.reshape((1, windows, 1, tokens))).transpose()?;
        let bias = match self {
            Self::None | Self::Disentangled(_) => None,
            Self::Bias(table) => Some(bias(table, batch)?),
        };
        let added = match (mask, bias) {
            (Some(mask), Some(bias)) => Some(mask.broadcast_add(&bias)?),
            (mask, bias) => mask.or(bias),
        };
        let distances = match self {
            Self::None | Self::Bias(_) => None,
            Self::Disentangled(kind) => Some(distance_index(kind, tokens, batch.ids().device())?),
        };
        Ok(Relations { added, distances })
    }
}

/// The numbers for all pairs of tokens, `[heads, 1, tokens, tokens]`.
fn bias(table: &Tensor, batch: &Batch) -> Result<Tensor> {
    let tokens = batch.tokens();
    let pairs = (0..tokens).flat_map(|query| (0..tokens).map(move |key| (query, key)));
    let buckets: Vec<u32> =
        pairs.map(|(query, key)| t5_bucket(key as isize - query as isize) as u32).collect();
    let buckets = Tensor::from_vec(buckets, tokens * tokens, table.device())?;
    table.index_select(&buckets, 1)?.reshape((table.dim(0)?, 1, tokens, tokens))
}
