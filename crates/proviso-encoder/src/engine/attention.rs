//! Multi-head self-attention over one window.

use std::{
    f32::consts::{LN_2, LOG2_E},
    sync::Arc,
};

use proviso_kernels::{
    Buffer, Output, ScoreBias, Stored, Tier,
    f32::{self, F32Panels, Rows},
    int8::{self, Int8Rows, PackedInt8},
    softmax_rows,
};

use super::{
    Arrays, Builder,
    disentangled::{DisentangledHeads, Distances},
    scratch::{AttentionScratch, HeadOperands},
    team::{Disbanded, Part},
};
use crate::{
    EncoderError, Precision,
    architecture::{Architecture, RelativePositions, T5_BUCKETS, t5_bucket},
};

/// How a model's attention knows the distance of two tokens, loaded once for all layers.
pub(crate) enum Positions {
    None,
    Bias(Arc<DistanceBias>),
    Disentangled(Arc<Distances>),
}

impl Positions {
    pub(crate) fn load(builder: &Builder<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        Ok(match architecture.relative_positions {
            RelativePositions::None => Self::None,
            RelativePositions::Bias => Self::Bias(Arc::new(DistanceBias::load(builder, architecture)?)),
            RelativePositions::Disentangled(kind) => {
                Self::Disentangled(Arc::new(Distances::load(builder, architecture, kind)?))
            }
        })
    }

    /// Ones that are to be filled from a file.
    pub(super) fn shaped(architecture: &Architecture) -> Self {
        match architecture.relative_positions {
            RelativePositions::None => Self::None,
            RelativePositions::Bias => Self::Bias(Arc::new(DistanceBias::shaped(architecture))),
            RelativePositions::Disentangled(kind) => {
                Self::Disentangled(Arc::new(Distances::new(architecture, kind, Vec::new())))
            }
        }
    }

    /// Adds what is not computed from the architecture to `arrays`, while no layer has it yet.
    pub(super) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        if let Self::Bias(table) = self
            && let Some(table) = Arc::get_mut(table)
        {
            arrays.add(name, &mut table.values);
        }
    }

    /// The numbers for each head and bucket of distances, `[heads, buckets]`, where a model has such.
    pub(crate) fn bias_table(&self, heads: usize) -> Option<Vec<f32>> {
        match self {
            Self::Bias(bias) => Some(bias.table(heads)),
            Self::None | Self::Disentangled(_) => None,
        }
    }

    /// The attention of a layer that is to be filled from a file.
    pub(super) fn shaped_attention(
        &self,
        tier: Tier,
        precision: Precision,
        architecture: &Architecture,
    ) -> Attention {
        let integers = precision.is_integer();
        let bias = match self {
            Self::None => Bias::None,
            Self::Bias(table) => Bias::Distance(Arc::clone(table)),
            Self::Disentangled(distances) => {
                Bias::Disentangled(DisentangledHeads::shaped(tier, integers, architecture, distances))
            }
        };
        Attention { tier, heads: architecture.heads, width: architecture.width, integers, bias }
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
pub(crate) struct DistanceBias {
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

    fn shaped(architecture: &Architecture) -> Self {
        let longest = architecture.longest_window;
        Self { values: vec![0.0; architecture.heads * (2 * longest - 1)], longest }
    }

    /// The table that the model was loaded from, `[heads, buckets]`; of buckets that no distance has, zeros.
    fn table(&self, heads: usize) -> Vec<f32> {
        let distances = 2 * self.longest - 1;
        let farthest = self.longest as isize - 1;
        let mut table = vec![0.0; heads * T5_BUCKETS];
        for (of_head, values) in table.chunks_exact_mut(T5_BUCKETS).zip(self.values.chunks_exact(distances)) {
            for (distance, value) in (-farthest..=farthest).zip(values) {
                of_head[t5_bucket(distance)] = value * LN_2;
            }
        }
        table
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

    /// A matrix of zeros that is to be filled from a file.
    pub(super) fn shaped(tier: Tier, integers: bool, columns: usize, depth: usize) -> Self {
        if integers {
            Self::Integers(PackedInt8::shaped(tier, columns, depth))
        } else {
            Self::Floats(F32Panels::shaped(tier, columns, depth))
        }
    }

    /// Its memory.
    pub(super) fn stored(&mut self) -> &mut dyn Stored {
        match self {
            Self::Floats(panels) => panels,
            Self::Integers(packed) => packed,
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
    /// Adds the weights that attention has of its own to `arrays`.
    pub(super) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        if let Bias::Disentangled(heads) = &mut self.bias {
            heads.store(name, arrays);
        }
    }

    /// `qkv`, `[rows, 3 * width]`, to `context`, `[rows, width]`. `operands` are used where the part is the whole window.
    pub(super) fn forward(
        &self,
        part: &Part<'_>,
        qkv: &mut Buffer,
        operands: &mut HeadOperands,
        scratch: &mut AttentionScratch,
        panel: &mut Buffer,
        context: &mut [f32],
    ) -> Result<(), Disbanded> {
        let (head_width, stride) = (self.width / self.heads, 3 * self.width);
        let at = |which: usize, head: usize| which * self.width + head * head_width;
        let Some(member) = &part.member else {
            for head in 0..self.heads {
                let (keys, values) = (&qkv[at(1, head)..], &qkv[at(2, head)..]);
                self.pack(head, part.tokens, keys, values, stride, panel, operands);
                let out = &mut context[head * head_width..];
                self.head(head, part, &qkv[at(0, head)..], operands, scratch, panel, out);
            }
            return Ok(());
        };
        member.show(qkv)?;
        let rows = part.tokens.next_multiple_of(f32::row_step(self.tier));
        for (head, mut operands) in member.own_heads() {
            let gathered = &mut scratch.gathered;
            gathered.clear();
            for which in [1, 2] {
                member.gather(stride, at(which, head)..at(which, head) + head_width, gathered);
                gathered.resize(which * rows * head_width, 0.0);
            }
            let (keys, values) = gathered.split_at(rows * head_width);
            self.pack(head, part.tokens, keys, values, head_width, panel, &mut operands);
        }
        member.take_back(qkv)?;
        for head in 0..self.heads {
            let out = &mut context[head * head_width..];
            self.head(head, part, &qkv[at(0, head)..], &member.head(head), scratch, panel, out);
        }
        Ok(())
    }

    /// Packs keys and values of a head, rows of the window `stride` numbers apart.
    #[expect(clippy::too_many_arguments, reason = "a head's operands and its buffers")]
    fn pack(
        &self,
        head: usize,
        tokens: usize,
        keys: &[f32],
        values: &[f32],
        stride: usize,
        panel: &mut Buffer,
        operands: &mut HeadOperands,
    ) {
        let head_width = self.width / self.heads;
        if self.integers {
            operands.keys.repack_transposed(keys, stride, tokens, head_width);
            operands.int8_values.repack(values, stride, tokens, head_width);
        } else {
            operands.float_keys.repack_transposed(keys, stride, tokens, head_width);
            operands.values.repack(values, stride, tokens, head_width);
        }
        if let Bias::Disentangled(heads) = &self.bias {
            let key_rows = if self.integers {
                operands.key_rows.reshape(tokens, head_width);
                operands.key_rows.quantize(keys, stride, None);
                Left::Integers(&operands.key_rows)
            } else {
                Left::Floats(keys, stride)
            };
            heads.begin(head, tokens, key_rows, panel, &mut operands.position_to_content);
        }
    }

    /// One head of the part's queries, rows of `3 * width` numbers, of which the first are the head's.
    #[expect(clippy::too_many_arguments, reason = "a head's operands and its buffers")]
    fn head(
        &self,
        head: usize,
        part: &Part<'_>,
        queries: &[f32],
        operands: &HeadOperands,
        scratch: &mut AttentionScratch,
        panel: &mut Buffer,
        context: &mut [f32],
    ) {
        let (head_width, stride, tokens) = (self.width / self.heads, 3 * self.width, part.tokens);
        let AttentionScratch { scores, inverse_sums, weights, .. } = scratch;
        let (left, right) = if self.integers {
            scratch.queries.reshape(part.rows.len(), head_width);
            scratch.queries.quantize(queries, stride, None);
            (Left::Integers(&scratch.queries), RightRef::Integers(&operands.keys))
        } else {
            (Left::Floats(queries, stride), RightRef::Floats(&operands.float_keys))
        };
        // Beyond the keys there is room for whole steps, and rows do not begin at the same place of the cache.
        let score_stride = tokens.next_multiple_of(int8::SCORE_STEP) + 16;
        let block_rows = self.block_rows();
        scores.resize((block_rows + f32::row_step(self.tier)) * score_stride, 0.0);
        let mut next = part.rows.start;
        while next < part.rows.end {
            // The window is cut into the same blocks however many threads share it.
            let block = next..part.rows.end.min((next / block_rows + 1) * block_rows);
            next = block.end;
            let own = block.start - part.rows.start..block.end - part.rows.start;
            multiply(self.tier, left, own.clone(), right, panel, Output::plain(scores, score_stride));
            let bias = match &self.bias {
                Bias::None => None,
                Bias::Distance(table) => Some(table.rows(head, block.start)),
                Bias::Disentangled(heads) => Some(heads.rows(
                    head,
                    block.clone(),
                    tokens,
                    (left, own.clone()),
                    panel,
                    &operands.position_to_content,
                    &mut scratch.content_to_position,
                    &mut scratch.bias,
                )),
            };
            let target = &mut context[own.start * self.width..];
            if self.integers {
                weights.reshape(block.len(), tokens);
                weights.softmax(scores, score_stride, tokens, bias, block.start % block_rows);
                int8::multiply(weights, &operands.int8_values, Output::plain(target, self.width));
            } else {
                inverse_sums.resize(block.len(), 0.0);
                softmax_rows(self.tier, scores, score_stride, tokens, bias, inverse_sums);
                let weights = Rows { values: scores, stride: score_stride, count: block.len() };
                let output = Output { row_scales: Some(inverse_sums), ..Output::plain(target, self.width) };
                f32::multiply(self.tier, weights, &operands.values, output, panel);
            }
        }
    }

    /// Queries whose scores are held at once: few enough for the nearest cache, and whole tiles.
    fn block_rows(&self) -> usize {
        const AT_MOST: usize = 32;
        let step = row_step(self.tier, self.integers);
        AT_MOST / step * step
    }
}

/// Rows that a product of a level takes at once.
pub(super) fn row_step(tier: Tier, integers: bool) -> usize {
    if integers { int8::row_step(tier) } else { f32::row_step(tier) }
}
