//! Multi-head self-attention over one window.

use std::{f32::consts::LOG2_E, sync::Arc};

use proviso_kernels::{
    Buffer, Output, ScoreBias, Tier,
    f32::{self, F32Panels, Rows},
    int8::{self, Int8Rows, PackedInt8},
    softmax_rows,
};

use super::{
    Builder,
    disentangled::{DisentangledHeads, Distances},
    scratch::AttentionScratch,
};
use crate::{
    EncoderError,
    architecture::{Architecture, RelativePositions, T5_BUCKETS, t5_bucket},
};

/// How a model's attention knows the distance of two tokens, loaded once for all layers.
pub(super) enum Positions {
    None,
    Bias(Arc<DistanceBias>),
    Disentangled(Arc<Distances>),
}

impl Positions {
    pub(super) fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        Ok(match architecture.relative_positions {
            RelativePositions::None => Self::None,
            RelativePositions::Bias => Self::Bias(Arc::new(DistanceBias::load(builder, architecture)?)),
            RelativePositions::Disentangled(kind) => {
                Self::Disentangled(Arc::new(Distances::load(builder, architecture, kind)?))
            }
        })
    }

    /// The attention of a layer; `query` and `key` are its projections, that of queries scaled.
    pub(super) fn attention(
        &self,
        layer: &Builder<'_>,
        architecture: &Architecture,
        query: &(Vec<f32>, Vec<f32>),
        key: &(Vec<f32>, Vec<f32>),
    ) -> Result<Attention, EncoderError> {
        let bias = match self {
            Self::None => Bias::None,
            Self::Bias(table) => Bias::Distance(Arc::clone(table)),
            Self::Disentangled(distances) => {
                let scale = query_scale(architecture);
                Bias::Disentangled(DisentangledHeads::load(
                    layer,
                    architecture,
                    distances,
                    query,
                    key,
                    scale,
                )?)
            }
        };
        Ok(Attention {
            tier: layer.tier,
            heads: architecture.heads,
            width: architecture.width,
            integers: layer.computes_integers(),
            bias,
        })
    }
}

/// What the scores of attention are multiplied with; by `log2(e)` too, since softmax takes logarithms to the base of 2. It is
/// multiplied into the queries' projection.
pub(super) fn query_scale(architecture: &Architecture) -> f32 {
    LOG2_E / architecture.score_divisor()
}

/// A number for each head and distance (MPNet, as in T5).
pub(super) struct DistanceBias {
    /// `[heads, distances]`, from the farthest key before a query to the farthest after it, times `log2(e)`.
    values: Vec<f32>,
    longest: usize,
}

impl DistanceBias {
    fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let heads = architecture.heads;
        let table = builder.get("encoder.relative_attention_bias.weight", &[T5_BUCKETS, heads])?;
        let longest = architecture.longest_window;
        let farthest = longest as isize - 1;
        let values = (0..heads).flat_map(|head| {
            let table = &table;
            (-farthest..=farthest).map(move |distance| table[t5_bucket(distance) * heads + head] * LOG2_E)
        });
        Ok(Self { values: values.collect(), longest })
    }

    /// What is added to the scores of queries from `first` on.
    fn rows(&self, head: usize, first: usize) -> ScoreBias<'_> {
        let distances = 2 * self.longest - 1;
        let values = &self.values[head * distances..(head + 1) * distances];
        ScoreBias { values, first: self.longest - 1 - first, step: -1 }
    }
}

enum Bias {
    None,
    Distance(Arc<DistanceBias>),
    Disentangled(DisentangledHeads),
}

/// Scaled dot-product attention (Vaswani et al., arXiv 1706.03762). A window has its exact length, so nothing is masked.
pub(super) struct Attention {
    tier: Tier,
    heads: usize,
    width: usize,
    /// Whether queries, keys, weights and values are 8-bit integers. Scores and softmax are f32.
    integers: bool,
    bias: Bias,
}

/// The left operand of scores for one head.
#[derive(Clone, Copy)]
pub(super) enum Left<'a> {
    /// The head's first number of the first token, and the numbers from one token to the next.
    Floats(&'a [f32], usize),
    Integers(&'a Int8Rows),
}

/// The right operand of scores for one head.
pub(super) enum Right {
    Floats(F32Panels),
    Integers(PackedInt8),
}

impl Right {
    /// Packs `[columns, depth]`, rows `stride` apart.
    pub(super) fn pack(
        tier: Tier,
        integers: bool,
        values: &[f32],
        stride: usize,
        columns: usize,
        depth: usize,
    ) -> Self {
        if integers {
            let mut packed = PackedInt8::new(tier);
            packed.repack_transposed(values, stride, columns, depth);
            Self::Integers(packed)
        } else {
            let mut packed = F32Panels::new(tier);
            packed.repack_transposed(values, stride, columns, depth);
            Self::Floats(packed)
        }
    }

    fn borrow(&self) -> RightRef<'_> {
        match self {
            Self::Floats(panels) => RightRef::Floats(panels),
            Self::Integers(packed) => RightRef::Integers(packed),
        }
    }

    /// The products of some rows of `left` with this.
    pub(super) fn multiply(
        &self,
        tier: Tier,
        left: Left<'_>,
        rows: std::ops::Range<usize>,
        panel: &mut Buffer,
        output: Output<'_>,
    ) {
        multiply(tier, left, rows, self.borrow(), panel, output);
    }
}

#[derive(Clone, Copy)]
enum RightRef<'a> {
    Floats(&'a F32Panels),
    Integers(&'a PackedInt8),
}

fn multiply(
    tier: Tier,
    left: Left<'_>,
    rows: std::ops::Range<usize>,
    right: RightRef<'_>,
    panel: &mut Buffer,
    output: Output<'_>,
) {
    match (left, right) {
        (Left::Floats(values, stride), RightRef::Floats(panels)) => {
            let rows = Rows { values: &values[rows.start * stride..], stride, count: rows.len() };
            f32::multiply(tier, rows, panels, output, panel);
        }
        (Left::Integers(left), RightRef::Integers(packed)) => int8::multiply_some(left, rows, packed, output),
        _ => unreachable!("both operands are made for the level of the same layer"),
    }
}

impl Attention {
    /// `qkv`, `[tokens, 3 * width]`, to `context`, `[tokens, width]`.
    pub(super) fn forward(
        &self,
        tokens: usize,
        qkv: &[f32],
        scratch: &mut AttentionScratch,
        panel: &mut Buffer,
        context: &mut [f32],
    ) {
        let head_width = self.width / self.heads;
        for head in 0..self.heads {
            let part = |which: usize| &qkv[which * self.width + head * head_width..];
            if self.integers {
                scratch.int8_values.repack(part(2), 3 * self.width, tokens, head_width);
            } else {
                scratch.values.repack(part(2), 3 * self.width, tokens, head_width);
            }
            let out = &mut context[head * head_width..];
            self.head(head, tokens, part(0), part(1), scratch, panel, out);
        }
    }

    /// One head; `queries` and `keys` are rows of `3 * width` numbers, of which the first are the head's.
    #[expect(clippy::too_many_arguments, reason = "a head's operands and its buffers")]
    fn head(
        &self,
        head: usize,
        tokens: usize,
        queries: &[f32],
        keys: &[f32],
        scratch: &mut AttentionScratch,
        panel: &mut Buffer,
        context: &mut [f32],
    ) {
        let (head_width, stride) = (self.width / self.heads, 3 * self.width);
        let AttentionScratch { scores, inverse_sums, float_keys, values, weights, int8_values, .. } = scratch;
        let (left, right) = if self.integers {
            scratch.queries.reshape(tokens, head_width);
            scratch.queries.quantize(queries, stride, None);
            scratch.keys.repack_transposed(keys, stride, tokens, head_width);
            (Left::Integers(&scratch.queries), RightRef::Integers(&scratch.keys))
        } else {
            float_keys.repack_transposed(keys, stride, tokens, head_width);
            (Left::Floats(queries, stride), RightRef::Floats(float_keys))
        };
        if let Bias::Disentangled(heads) = &self.bias {
            let key_rows = if self.integers {
                scratch.key_rows.reshape(tokens, head_width);
                scratch.key_rows.quantize(keys, stride, None);
                Left::Integers(&scratch.key_rows)
            } else {
                Left::Floats(keys, stride)
            };
            heads.begin(head, tokens, key_rows, panel, &mut scratch.position_to_content);
        }
        // Beyond the keys there is room for whole steps, and rows do not begin at the same place of the cache.
        let score_stride = tokens.next_multiple_of(int8::SCORE_STEP) + 16;
        let block_rows = self.block_rows();
        scores.resize((block_rows + f32::row_step(self.tier)) * score_stride, 0.0);
        for first in (0..tokens).step_by(block_rows) {
            let block = first..tokens.min(first + block_rows);
            multiply(self.tier, left, block.clone(), right, panel, Output::plain(scores, score_stride));
            let bias = match &self.bias {
                Bias::None => None,
                Bias::Distance(table) => Some(table.rows(head, first)),
                Bias::Disentangled(heads) => Some(heads.rows(
                    head,
                    block.clone(),
                    tokens,
                    left,
                    panel,
                    &scratch.position_to_content,
                    &mut scratch.content_to_position,
                    &mut scratch.bias,
                )),
            };
            let target = &mut context[first * self.width..];
            if self.integers {
                weights.reshape(block.len(), tokens);
                weights.softmax(scores, score_stride, tokens, bias);
                int8::multiply(weights, int8_values, Output::plain(target, self.width));
            } else {
                inverse_sums.resize(block.len(), 0.0);
                softmax_rows(self.tier, scores, score_stride, tokens, bias, inverse_sums);
                let weights = Rows { values: scores, stride: score_stride, count: block.len() };
                let output = Output { row_scales: Some(inverse_sums), ..Output::plain(target, self.width) };
                f32::multiply(self.tier, weights, values, output, panel);
            }
        }
    }

    /// Queries whose scores are held at once: few enough for the nearest cache, and whole tiles.
    fn block_rows(&self) -> usize {
        const AT_MOST: usize = 32;
        let step = if self.integers { int8::row_step(self.tier) } else { f32::row_step(self.tier) };
        AT_MOST / step * step
    }
}
