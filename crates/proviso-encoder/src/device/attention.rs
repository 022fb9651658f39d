//! Multi-head self-attention over a batch.

use candle_core::{DType, Result, Tensor};

use super::{disentangled::ProjectedDistances, relations::Relations};

/// Scaled dot-product attention (Vaswani et al., arXiv 1706.03762). The scale is in the queries' projection.
pub(super) struct Attention {
    heads: usize,
    distances: Option<ProjectedDistances>,
}

impl Attention {
    pub(super) fn new(heads: usize, distances: Option<ProjectedDistances>) -> Self {
        Self { heads, distances }
    }

    /// Queries, keys and values of all heads side by side, `[windows * tokens, 3 * width]`, to what attention gathers,
    /// `[windows * tokens, width]`.
    pub(super) fn forward(&self, qkv: &Tensor, windows: usize, relations: &Relations) -> Result<Tensor> {
        let (rows, columns) = qkv.dims2()?;
        let (heads, tokens, width) = (self.heads, rows / windows, columns / 3);
        let head_width = width / heads;
        let parts = qkv.reshape((windows, tokens, 3, heads, head_width))?;
        let parts = parts.permute((2, 3, 0, 1, 4))?.contiguous()?;
        let part = |which| parts.get(which)?.reshape((heads * windows, tokens, head_width));
        let values = part(2)?;
        let weights = self.weights(&part(0)?, &part(1)?, windows, relations)?;
        let gathered = weights.matmul(&values)?.reshape((heads, windows, tokens, head_width))?;
        gathered.permute((1, 2, 0, 3))?.reshape((rows, width))
    }

    /// The weight of each key for each query, `[heads * windows, tokens, tokens]`.
    fn weights(
        &self,
        queries: &Tensor,
        keys: &Tensor,
        windows: usize,
        relations: &Relations,
    ) -> Result<Tensor> {
        let (all, tokens, _) = queries.dims3()?;
        let mut scores = queries.matmul(&keys.t()?)?;
        if let (Some(distances), Some(index)) = (&self.distances, &relations.distances) {
            scores = distances.add_to(scores, queries, keys, index)?;
        }
        // These are the largest tensors of all, so each is let go as soon as the next is there.
        scores = scores.to_dtype(DType::F32)?;
        if let Some(added) = &relations.added {
            let by_head = scores.reshape((self.heads, windows, tokens, tokens))?;
            scores = by_head.broadcast_add(added)?.reshape((all, tokens, tokens))?;
        }
        scores = candle_nn::ops::softmax_last_dim(&scores)?;
        scores.to_dtype(queries.dtype())
    }
}
