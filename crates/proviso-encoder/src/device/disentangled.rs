//! DeBERTa's disentangled attention (He et al., arXiv 2006.03654) on a device: beside the product of query and key, the
//! product of the query with a vector for the distance to the key, and of the key with a vector for the distance to the
//! query.

use candle_core::{Device, Result, Tensor};
use proviso_kernels::RowMajor;

use super::{DeviceError, builder::DeviceBuilder, target::Target};
use crate::architecture::{Architecture, Disentangled};

/// The vectors of distances that all layers project, while a model is loaded: `[2 * span, width]` in f32.
pub(super) struct Distances {
    kind: Disentangled,
    vectors: Tensor,
}

impl Distances {
    pub(super) fn load(
        builder: &DeviceBuilder<'_>,
        architecture: &Architecture,
        kind: Disentangled,
    ) -> std::result::Result<Self, DeviceError> {
        let width = architecture.width;
        let encoder = builder.under("encoder");
        let shape = [2 * kind.span(), width];
        let stored = encoder.weights.get("rel_embeddings.weight", &shape)?;
        let mut vectors = encoder.floats().tensor(stored, &shape)?;
        if kind.normalized {
            vectors = encoder.norm("LayerNorm", width, architecture.epsilon)?.forward(&vectors)?;
        }
        Ok(Self { kind, vectors })
    }
}

/// The projected vectors of distances of one layer, `[heads, 2 * span, head width]`. They do not depend on the text, so
/// they are computed when the model is loaded.
pub(super) struct ProjectedDistances {
    /// The positions of keys, which queries are multiplied with; none where a model has no such term.
    of_keys: Option<Tensor>,
    /// The positions of queries, which keys are multiplied with.
    of_queries: Option<Tensor>,
}

impl ProjectedDistances {
    /// `query` and `key` are the layer's projections, that of queries multiplied with `scale`.
    pub(super) fn load(
        layer: &DeviceBuilder<'_>,
        architecture: &Architecture,
        distances: &Distances,
        query: &(Vec<f32>, Vec<f32>),
        key: &(Vec<f32>, Vec<f32>),
        scale: f32,
    ) -> std::result::Result<Self, DeviceError> {
        let (width, heads) = (architecture.width, architecture.heads);
        let kind = distances.kind;
        let projected = |shared: &(Vec<f32>, Vec<f32>), own: &str, scale: f32| {
            let projection = if kind.shared_projections {
                shared.clone()
            } else {
                layer.weights.linear(&format!("attention.self.{own}"), width, width, scale)?
            };
            let vectors = layer.floats().load(projection, width)?.forward(&distances.vectors)?;
            let by_head = vectors.reshape((vectors.dim(0)?, heads, width / heads))?.transpose(0, 1)?;
            Ok::<_, DeviceError>(by_head.contiguous()?.to_dtype(layer.target.dtype)?)
        };
        let of_keys = kind.content_to_position.then(|| projected(key, "pos_key_proj", 1.0)).transpose()?;
        let of_queries =
            kind.position_to_content.then(|| projected(query, "pos_query_proj", scale)).transpose()?;
        Ok(Self { of_keys, of_queries })
    }

    /// What was projected before, `[2 * span, head width]` for each head.
    pub(super) fn projected(
        target: &Target,
        [of_keys, of_queries]: [&[RowMajor]; 2],
    ) -> std::result::Result<Self, DeviceError> {
        let stacked = |heads: &[RowMajor]| {
            let heads: Vec<Tensor> =
                heads.iter().map(|head| target.weights(head)).collect::<std::result::Result<_, _>>()?;
            Ok::<_, DeviceError>(if heads.is_empty() { None } else { Some(Tensor::stack(&heads, 0)?) })
        };
        Ok(Self { of_keys: stacked(of_keys)?, of_queries: stacked(of_queries)? })
    }

    /// Adds the products with the vectors of distances to the scores, `[heads * windows, tokens, tokens]`; `queries` and
    /// `keys` are `[heads * windows, tokens, head width]`.
    pub(super) fn add_to(
        &self,
        mut scores: Tensor,
        queries: &Tensor,
        keys: &Tensor,
        index: &DistanceIndex,
    ) -> Result<Tensor> {
        if let Some(positions) = &self.of_keys {
            scores = (scores + index.products(queries, positions, &index.by_query)?)?;
        }
        if let Some(positions) = &self.of_queries {
            scores = (scores + index.products(keys, positions, &index.by_key)?)?;
        }
        Ok(scores)
    }
}

/// Where the products with the vectors of distances stand for the pairs of tokens of a window. It is the same for all
/// heads and windows.
pub(super) struct DistanceIndex {
    /// The vectors for the distances that a window has.
    first: usize,
    count: usize,
    /// For each pair of query and key, the place of their distance in the products of all queries with all vectors,
    /// `[tokens * tokens]` of `[tokens * count]`.
    by_query: Tensor,
    /// The same in the products of all keys.
    by_key: Tensor,
}

/// The index for windows of `tokens` tokens.
pub(super) fn distance_index(kind: &Disentangled, tokens: usize, device: &Device) -> Result<DistanceIndex> {
    let farthest = tokens as isize - 1;
    let vectors: Vec<usize> = (-farthest..=farthest).map(|distance| kind.index(distance)).collect();
    // They grow with the distance.
    let (first, last) = (vectors[0], vectors[vectors.len() - 1]);
    let count = last - first + 1;
    let mut by_query = Vec::with_capacity(tokens * tokens);
    let mut by_key = Vec::with_capacity(tokens * tokens);
    for query in 0..tokens {
        for key in 0..tokens {
            let vector = vectors[tokens - 1 + query - key] - first;
            by_query.push((query * count + vector) as u32);
            by_key.push((key * count + vector) as u32);
        }
    }
    let tensor = |places: Vec<u32>| Tensor::from_vec(places, tokens * tokens, device);
    Ok(DistanceIndex { first, count, by_query: tensor(by_query)?, by_key: tensor(by_key)? })
}

impl DistanceIndex {
    /// The products of `rows`, `[heads * windows, tokens, head width]`, with the vectors for their distances, as
    /// `[heads * windows, query, key]`. `places` says where they stand.
    fn products(&self, rows: &Tensor, positions: &Tensor, places: &Tensor) -> Result<Tensor> {
        let (all, tokens, head_width) = rows.dims3()?;
        let heads = positions.dim(0)?;
        let vectors = positions.narrow(1, self.first, self.count)?;
        // Heads come first, so one product a head serves all windows, and nothing is repeated for them.
        let rows = rows.reshape((heads, all / heads * tokens, head_width))?;
        let products = rows.matmul(&vectors.t()?)?.reshape((all, tokens * self.count))?;
        products.index_select(places, 1)?.reshape((all, tokens, tokens))
    }
}
