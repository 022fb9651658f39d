//! DeBERTa's disentangled attention (He et al., arXiv 2006.03654): beside the product of query and key, the product of
//! the query with a vector for the distance to the key, and of the key with a vector for the distance to the query.

use std::{ops::Range, sync::Arc};

use proviso_kernels::{Buffer, Output, ScoreBias, Tier, buffer};

use super::{
    Arrays, Builder, Linear,
    attention::{Left, Right},
};
use crate::{
    EncoderError, Precision,
    architecture::{Architecture, Disentangled},
};

/// The vectors of distances, which all layers share.
pub(crate) struct Distances {
    kind: Disentangled,
    /// `[2 * span, width]`; none where the layers were projected before.
    vectors: Vec<f32>,
    /// The vector for a query `distance` tokens after the key, from the longest negative distance on.
    index: Vec<u32>,
    /// The same backwards.
    backwards: Vec<u32>,
    /// Up to this distance, each has a vector of its own, next to those of its neighbours.
    exact: usize,
    longest: usize,
}

impl Distances {
    pub(super) fn load(
        builder: &Builder<'_>,
        architecture: &Architecture,
        kind: Disentangled,
    ) -> Result<Self, EncoderError> {
        let width = architecture.width;
        let encoder = builder.under("encoder");
        let mut vectors = encoder.get("rel_embeddings.weight", &[2 * kind.span(), width])?;
        if kind.normalized {
            encoder.norm("LayerNorm", width, architecture.epsilon)?.apply(builder.tier, &mut vectors);
        }
        Ok(Self::new(architecture, kind, vectors))
    }

    /// What follows from the architecture, with the vectors that layers are to project.
    pub(super) fn new(architecture: &Architecture, kind: Disentangled, vectors: Vec<f32>) -> Self {
        let longest = architecture.longest_window;
        let farthest = longest as isize - 1;
        let index: Vec<u32> = (-farthest..=farthest).map(|distance| kind.index(distance) as u32).collect();
        let backwards = index.iter().rev().copied().collect();
        let middle = longest - 1;
        let steady = |distance: usize| {
            let (before, at, after) = (index[middle - distance], index[middle], index[middle + distance]);
            at - before == distance as u32 && after - at == distance as u32
        };
        let exact = (0..longest).take_while(|distance| steady(*distance)).last().unwrap_or(0);
        Self { kind, vectors, index, backwards, exact, longest }
    }

    fn count(&self) -> usize {
        2 * self.kind.span()
    }

    /// Writes for each key the product of a query with the vector for their distance.
    fn spread(&self, query: usize, bias: &mut [f32], products: &[f32]) {
        let index = &self.backwards[self.longest - 1 - query..][..bias.len()];
        let (first, end) = (query.saturating_sub(self.exact), bias.len().min(query + self.exact + 1));
        let far = |bias: &mut [f32], index: &[u32]| {
            bias.iter_mut().zip(index).for_each(|(bias, index)| *bias = products[*index as usize]);
        };
        far(&mut bias[..first], &index[..first]);
        far(&mut bias[end..], &index[end..]);
        let near = &products[index[end - 1] as usize..=index[first] as usize];
        bias[first..end].iter_mut().zip(near.iter().rev()).for_each(|(bias, product)| *bias = *product);
    }
}

/// The projected distances of one layer. They do not depend on the text, so they are computed when the model is loaded.
pub(super) struct DisentangledHeads {
    tier: Tier,
    distances: Arc<Distances>,
    /// The positions of keys, which queries are multiplied with; one matrix a head, none where a model has no such term.
    of_keys: Vec<Right>,
    /// The positions of queries, which keys are multiplied with.
    of_queries: Vec<Right>,
}

impl DisentangledHeads {
    /// `query` and `key` are the layer's projections, that of queries multiplied with `scale`.
    pub(super) fn load(
        layer: &Builder<'_>,
        architecture: &Architecture,
        distances: &Arc<Distances>,
        query: &(Vec<f32>, Vec<f32>),
        key: &(Vec<f32>, Vec<f32>),
        scale: f32,
    ) -> Result<Self, EncoderError> {
        let width = architecture.width;
        let kind = distances.kind;
        let own =
            |name: &str, scale: f32| layer.matrix(&format!("attention.self.{name}"), width, width, scale);
        let heads = |projection: (Vec<f32>, Vec<f32>)| project(layer, architecture, distances, projection);
        let of_keys = match (kind.content_to_position, kind.shared_projections) {
            (false, _) => Vec::new(),
            (true, true) => heads(key.clone()),
            (true, false) => heads(own("pos_key_proj", 1.0)?),
        };
        let of_queries = match (kind.position_to_content, kind.shared_projections) {
            (false, _) => Vec::new(),
            (true, true) => heads(query.clone()),
            (true, false) => heads(own("pos_query_proj", scale)?),
        };
        Ok(Self { tier: layer.tier, distances: Arc::clone(distances), of_keys, of_queries })
    }

    /// Matrices of zeros that are to be filled from a file.
    pub(super) fn shaped(
        tier: Tier,
        integers: bool,
        architecture: &Architecture,
        distances: &Arc<Distances>,
    ) -> Self {
        let head_width = architecture.width / architecture.heads;
        let heads = |there: bool| {
            let count = if there { architecture.heads } else { 0 };
            (0..count).map(|_| Right::shaped(tier, integers, distances.count(), head_width)).collect()
        };
        Self {
            tier,
            distances: Arc::clone(distances),
            of_keys: heads(distances.kind.content_to_position),
            of_queries: heads(distances.kind.position_to_content),
        }
    }

    /// Adds the matrices of all heads to `arrays`.
    pub(super) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        for (side, heads) in [("keys", &mut self.of_keys), ("queries", &mut self.of_queries)] {
            for (head, matrix) in heads.iter_mut().enumerate() {
                arrays.add(&format!("{name}.{side}.{head}"), matrix.stored());
            }
        }
    }

    /// Multiplies all keys of a head with the positions of queries, `[tokens, positions]`.
    pub(super) fn begin(
        &self,
        head: usize,
        tokens: usize,
        keys: Left<'_>,
        panel: &mut Buffer,
        products: &mut Buffer,
    ) {
        let Some(of_queries) = self.of_queries.get(head) else { return };
        let count = self.distances.count();
        products.resize(tokens * count, 0.0);
        of_queries.multiply(self.tier, keys, 0..tokens, panel, Output::plain(products, count));
    }

    /// What is added to the scores of a block of the window's queries of a head; `queries` says which rows of it they are.
    /// `by_key` is what [`begin`](Self::begin) wrote.
    #[expect(clippy::too_many_arguments, reason = "a head's operands and its buffers")]
    pub(super) fn rows<'s>(
        &self,
        head: usize,
        block: Range<usize>,
        tokens: usize,
        (queries, rows): (Left<'_>, Range<usize>),
        panel: &mut Buffer,
        by_key: &[f32],
        by_query: &mut Buffer,
        bias: &'s mut Buffer,
    ) -> ScoreBias<'s> {
        let count = self.distances.count();
        let longest = self.distances.longest;
        // Rows do not begin at the same place of the cache.
        let stride = tokens + 16;
        bias.resize(block.len() * stride, 0.0);
        if let Some(of_keys) = self.of_keys.get(head) {
            by_query.resize(block.len() * count, 0.0);
            let output = Output::plain(by_query, count);
            of_keys.multiply(self.tier, queries, rows, panel, output);
            let rows = bias.chunks_exact_mut(stride).zip(by_query.chunks_exact(count));
            for (query, (bias, products)) in block.clone().zip(rows) {
                self.distances.spread(query, &mut bias[..tokens], products);
            }
        } else {
            bias.fill(0.0);
        }
        if !self.of_queries.is_empty() {
            for (key, products) in by_key.chunks_exact(count).take(tokens).enumerate() {
                let index = &self.distances.index[longest - 1 + block.start - key..][..block.len()];
                let (first, last) = (index[0] as usize, index[index.len() - 1] as usize);
                let column = bias[key..].iter_mut().step_by(stride);
                if last - first + 1 == index.len() {
                    column.zip(&products[first..=last]).for_each(|(bias, product)| *bias += product);
                } else {
                    column.zip(index).for_each(|(bias, index)| *bias += products[*index as usize]);
                }
            }
        }
        ScoreBias { values: bias, first: 0, step: stride as isize }
    }
}

/// The vectors of distances through a projection, packed head by head.
fn project(
    layer: &Builder<'_>,
    architecture: &Architecture,
    distances: &Distances,
    (weight, bias): (Vec<f32>, Vec<f32>),
) -> Vec<Right> {
    let (width, count) = (architecture.width, distances.count());
    let head_width = width / architecture.heads;
    let floats = Builder { precision: Precision::F32, observers: None, ..layer.clone() };
    let projection: Linear = floats.pack(&weight, bias, width, "distances");
    let mut vectors = distances.vectors.clone();
    let step = proviso_kernels::f32::row_step(layer.tier);
    vectors.resize(count.next_multiple_of(step) * width, 0.0);
    let mut projected = vec![0.0; count * width];
    projection.forward_floats(&vectors, count, &mut buffer(), Output::plain(&mut projected, width));
    let integers = layer.computes_integers();
    (0..architecture.heads)
        .map(|head| {
            let part = &projected[head * head_width..];
            Right::pack(layer.tier, integers, part, width, count, head_width)
        })
        .collect()
}
