//! The buffers of one window, or of one thread's part of it.

use std::sync::RwLock;

use proviso_kernels::{
    Buffer, Tier, buffer,
    f32::{self, F32Panels},
    int8::{Int8Rows, PackedInt8},
};

use crate::architecture::Architecture;

/// Everything that a thread writes while a window is read. It is kept from window to window.
pub(crate) struct Scratch {
    tier: Tier,
    /// Words' embeddings as they were looked up, `[tokens, embedding width]`.
    pub words: Buffer,
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
    /// Used by one head after the other where a thread reads a whole window.
    pub head: HeadOperands,
    /// All heads' where several threads read a window; the first of them keeps these.
    pub heads: Vec<RwLock<HeadOperands>>,
}

/// The buffers of attention; one head uses them after the other.
pub(crate) struct AttentionScratch {
    /// Keys and values of a head, gathered from several threads.
    pub gathered: Buffer,
    /// Scores of some queries with all keys.
    pub scores: Buffer,
    pub inverse_sums: Vec<f32>,
    pub queries: Int8Rows,
    /// The weights of some queries.
    pub weights: Int8Rows,
    /// Some queries with the positions of keys, `[rows, positions]`.
    pub content_to_position: Buffer,
    /// What is added to the scores.
    pub bias: Buffer,
}

/// What all queries of a head meet: its keys and values, packed as the level asks for.
pub(crate) struct HeadOperands {
    pub keys: PackedInt8,
    pub float_keys: F32Panels,
    pub values: F32Panels,
    pub int8_values: PackedInt8,
    /// Keys as rows, for their products with positions.
    pub key_rows: Int8Rows,
    /// Keys with the positions of queries, `[tokens, positions]`.
    pub position_to_content: Buffer,
}

impl HeadOperands {
    fn new(tier: Tier) -> Self {
        Self {
            keys: PackedInt8::new(tier),
            float_keys: F32Panels::new(tier),
            values: F32Panels::new(tier),
            int8_values: PackedInt8::new(tier),
            key_rows: Int8Rows::new(tier),
            position_to_content: buffer(),
        }
    }
}

impl Scratch {
    pub(super) fn new(tier: Tier) -> Self {
        Self {
            tier,
            words: buffer(),
            hidden: buffer(),
            embedded: buffer(),
            qkv: buffer(),
            context: buffer(),
            inner: buffer(),
            rows: Int8Rows::new(tier),
            inner_rows: Int8Rows::new(tier),
            panel: buffer(),
            attention: AttentionScratch {
                gathered: buffer(),
                scores: buffer(),
                inverse_sums: Vec::new(),
                queries: Int8Rows::new(tier),
                weights: Int8Rows::new(tier),
                content_to_position: buffer(),
                bias: buffer(),
            },
            head: HeadOperands::new(tier),
            heads: Vec::new(),
        }
    }

    pub(super) fn tier(&self) -> Tier {
        self.tier
    }

    /// Takes the buffer of words out, so that it can be read while the others are written.
    pub(super) fn take_words(&mut self) -> Buffer {
        std::mem::replace(&mut self.words, buffer())
    }

    /// Makes room for so many rows.
    pub(super) fn reshape(&mut self, rows: usize, architecture: &Architecture) {
        let rows = rows.next_multiple_of(f32::row_step(self.tier));
        self.hidden.resize(rows * architecture.width, 0.0);
        self.qkv.resize(rows * 3 * architecture.width, 0.0);
        self.context.resize(rows * architecture.width, 0.0);
    }

    /// Takes buffers for so many heads.
    pub(super) fn take_heads(&mut self, count: usize) -> Vec<RwLock<HeadOperands>> {
        let mut heads = std::mem::take(&mut self.heads);
        heads.resize_with(count, || RwLock::new(HeadOperands::new(self.tier)));
        heads
    }

    /// Keeps the first numbers of the stream, which are the embeddings now.
    pub(super) fn keep_embeddings(&mut self, count: usize) {
        self.embedded.clear();
        self.embedded.extend_from_slice(&self.hidden[..count]);
    }
}
