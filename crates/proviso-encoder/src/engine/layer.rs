//! One transformer layer.

use proviso_kernels::{Activation, LayerNorm, Output, Tier};

use super::{
    Arrays, Builder, Linear, NamedArray, Scratch,
    attention::{Attention, Positions, query_scale},
    team::{Disbanded, Part},
};
use crate::{EncoderError, Precision, architecture::Architecture};

/// Attention and feed-forward part, each added to the stream, which is normalised after both.
pub(crate) struct Layer {
    width: usize,
    /// Queries, keys and values in one product.
    query_key_value: Linear,
    attention: Attention,
    attention_output: Linear,
    attention_norm: LayerNorm,
    intermediate: Linear,
    activation: Activation,
    output: Linear,
    output_norm: LayerNorm,
    /// Rows that pass the feed-forward part together; a multiple of every kernel's rows.
    row_block: usize,
}

impl Layer {
    pub(crate) fn load(
        builder: &Builder<'_>,
        architecture: &Architecture,
        positions: &Positions,
        index: usize,
    ) -> Result<Self, EncoderError> {
        let (width, inner) = (architecture.width, architecture.inner_width);
        let part = builder.under(&format!("encoder.layer.{index}"));
        let [query, key, value, output, norm] = architecture.family.attention_parts();
        let query = part.matrix(query, width, width, query_scale(architecture))?;
        let key = part.matrix(key, width, width, 1.0)?;
        let value = part.matrix(value, width, width, 1.0)?;
        let input = |part: &str| format!("{index}.{part}");
        Ok(Self {
            width,
            attention: positions.attention(&part, architecture, &query, &key)?,
            query_key_value: part.pack(
                &[query.0, key.0, value.0].concat(),
                [query.1, key.1, value.1].concat(),
                width,
                &input("attention"),
            ),
            attention_output: part.linear(output, &input("attention output"), width, width)?,
            attention_norm: part.norm(norm, width, architecture.epsilon)?,
            intermediate: part.linear("intermediate.dense", &input("intermediate"), inner, width)?,
            activation: activation(architecture, builder.precision),
            output: part.linear("output.dense", &input("output"), width, inner)?,
            output_norm: part.norm("output.LayerNorm", width, architecture.epsilon)?,
            row_block: row_block(builder.precision),
        })
    }

    /// A layer of zeros that is to be filled from a file.
    pub(crate) fn shaped(
        tier: Tier,
        precision: Precision,
        architecture: &Architecture,
        positions: &Positions,
    ) -> Self {
        let (width, inner) = (architecture.width, architecture.inner_width);
        let linear = |outputs, inputs| Linear::shaped(tier, precision, outputs, inputs);
        let norm = || LayerNorm::shaped(width, architecture.epsilon);
        Self {
            width,
            attention: positions.shaped_attention(tier, precision, architecture),
            query_key_value: linear(3 * width, width),
            attention_output: linear(width, width),
            attention_norm: norm(),
            intermediate: linear(inner, width),
            activation: activation(architecture, precision),
            output: linear(width, inner),
            output_norm: norm(),
            row_block: row_block(precision),
        }
    }

    /// All arrays that the layer's weights consist of.
    pub(crate) fn arrays(&mut self) -> Vec<NamedArray<'_>> {
        let mut arrays = Arrays::default();
        self.query_key_value.store("query_key_value", &mut arrays);
        self.attention.store("distances", &mut arrays);
        self.attention_output.store("attention_output", &mut arrays);
        arrays.add("attention_norm", &mut self.attention_norm);
        self.intermediate.store("intermediate", &mut arrays);
        self.output.store("output", &mut arrays);
        arrays.add("output_norm", &mut self.output_norm);
        arrays.into_all()
    }

    /// Makes the stream ready to enter this layer.
    pub(crate) fn prepare(&self, rows: usize, scratch: &mut Scratch) {
        self.query_key_value.prepare(&scratch.hidden, rows, self.width, &mut scratch.rows);
    }

    /// Carries the stream through this layer and makes it ready for the `next` one. What is normalised in place enters
    /// the next product and, added to its result, the next normalisation.
    pub(crate) fn forward(
        &self,
        part: &Part<'_>,
        scratch: &mut Scratch,
        next: Option<&Self>,
    ) -> Result<(), Disbanded> {
        self.attend(part, scratch)?;
        let rows = part.rows.len();
        let stream = &mut scratch.hidden[..rows * self.width];
        self.intermediate.normalize_and_prepare(stream, &self.attention_norm, &mut scratch.rows);
        self.feed_forward(rows, scratch);
        let tier = scratch.tier();
        let stream = &mut scratch.hidden[..rows * self.width];
        match next {
            Some(next) => {
                next.query_key_value.normalize_and_prepare(stream, &self.output_norm, &mut scratch.rows);
            }
            None => self.output_norm.apply(tier, stream),
        }
        Ok(())
    }

    /// Adds what attention gathers to the stream.
    fn attend(&self, part: &Part<'_>, scratch: &mut Scratch) -> Result<(), Disbanded> {
        let count = part.rows.len();
        let Scratch { hidden, qkv, context, rows, panel, attention, head, .. } = scratch;
        let output = Output::plain(qkv, 3 * self.width);
        self.query_key_value.forward(0..count, hidden, rows, panel, output);
        self.attention.forward(part, qkv, head, attention, panel, context)?;
        self.attention_output.prepare(context, count, self.width, rows);
        let output = Output { add: true, ..Output::plain(hidden, self.width) };
        self.attention_output.forward(0..count, context, rows, panel, output);
        Ok(())
    }

    /// Adds the feed-forward part to the stream, some rows at a time.
    fn feed_forward(&self, count: usize, scratch: &mut Scratch) {
        let inner_width = self.intermediate.outputs();
        let Scratch { hidden, inner, rows, inner_rows, panel, .. } = scratch;
        inner.resize(self.row_block.min(count.next_multiple_of(96)) * inner_width, 0.0);
        for first in (0..count).step_by(self.row_block) {
            let block = first..count.min(first + self.row_block);
            let output = Output { activation: self.activation, ..Output::plain(inner, inner_width) };
            self.intermediate.forward(block.clone(), hidden, rows, panel, output);
            self.output.prepare(inner, block.len(), inner_width, inner_rows);
            let stream = &mut hidden[first * self.width..];
            let output = Output { add: true, ..Output::plain(stream, self.width) };
            self.output.forward(0..block.len(), inner, inner_rows, panel, output);
        }
    }
}

fn activation(architecture: &Architecture, precision: Precision) -> Activation {
    match (architecture.activation, precision.is_integer()) {
        (Activation::Gelu, true) => Activation::GeluCoarse,
        (activation, _) => activation,
    }
}

/// All weights come through the caches once for each block of rows, and what is inside the feed-forward part leaves the
/// second-level cache if the block is large. Weights of f32 cost more than that.
fn row_block(precision: Precision) -> usize {
    if precision.is_integer() { 192 } else { 576 }
}
