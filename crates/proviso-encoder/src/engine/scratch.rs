//! The buffers of one window.

use proviso_kernels::{
    Buffer, Tier, buffer,
    f32::{self, F32Panels},
    int8::{Int8Rows, PackedInt8},
};

use crate::architecture::Architecture;

/// Everything that is written while a window is read. A worker keeps it from window to window.
pub(crate) struct Scratch {
    tier: Tier,
    /// The stream through the layers, `[tokens, width]`. This and the other rows of f32 have room for the last step of a
    /// product.
    pub hidden: Buffer,
    /// The embeddings, where something beside the first layer reads them.
    pub embedded: Buffer,
    /// Queries, keys and values of all heads side by side, `[tokens, 3 * width]`.
    pub qkv: Buffer,
    /// What attention gathered, `[tokens, width]`.
    pub context: Buffer,
    /// Some rows inside the feed-forward part, `[rows, inner_width]`.
    pub inner: Buffer,
    /// The rows that enter the next product of `width` inputs, as integers.
    pub rows: Int8Rows,
    /// The rows that enter the product of `inner_width` inputs, as integers.
    pub inner_rows: Int8Rows,
    /// A panel of weights that are not held as f32.
    pub panel: Buffer,
    pub attention: AttentionScratch,
}

/// The buffers of attention; one head uses them after the other.
pub(crate) struct AttentionScratch {
    /// Scores of some queries with all keys.
    pub scores: Buffer,
    pub inverse_sums: Vec<f32>,
    pub queries: Int8Rows,
    pub keys: PackedInt8,
    pub float_keys: F32Panels,
    pub values: F32Panels,
    /// The weights of some queries, and all values, as integers.
    pub weights: Int8Rows,
    pub int8_values: PackedInt8,
    /// Keys as rows, for their products with positions.
    pub key_rows: Int8Rows,
    /// Keys with the positions of queries, `[tokens, positions]`.
    pub position_to_content: Buffer,
    /// Some queries with the positions of keys, `[rows, positions]`.
    pub content_to_position: Buffer,
    /// What is added to the scores.
    pub bias: Buffer,
}

impl Scratch {
    pub(super) fn new(tier: Tier) -> Self {
        Self {
            tier,
            hidden: buffer(),
            embedded: buffer(),
            qkv: buffer(),
            context: buffer(),
            inner: buffer(),
            rows: Int8Rows::new(tier),
            inner_rows: Int8Rows::new(tier),
            panel: buffer(),
            attention: AttentionScratch {
                scores: buffer(),
                inverse_sums: Vec::new(),
                queries: Int8Rows::new(tier),
                keys: PackedInt8::new(tier),
                float_keys: F32Panels::new(tier),
                values: F32Panels::new(tier),
                weights: Int8Rows::new(tier),
                int8_values: PackedInt8::new(tier),
                key_rows: Int8Rows::new(tier),
                position_to_content: buffer(),
                content_to_position: buffer(),
                bias: buffer(),
            },
        }
    }

    pub(super) fn tier(&self) -> Tier {
        self.tier
    }

    /// Makes room for a window.
    pub(super) fn reshape(&mut self, tokens: usize, architecture: &Architecture) {
        let rows = tokens.next_multiple_of(f32::row_step(self.tier));
        self.hidden.resize(rows * architecture.width, 0.0);
        self.qkv.resize(rows * 3 * architecture.width, 0.0);
        self.context.resize(rows * architecture.width, 0.0);
    }

    /// Keeps the first numbers of the stream, which are the embeddings now.
    pub(super) fn keep_embeddings(&mut self, count: usize) {
        self.embedded.clear();
        self.embedded.extend_from_slice(&self.hidden[..count]);
    }
}
