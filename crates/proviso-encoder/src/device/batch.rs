//! Windows side by side.

use candle_core::{Device, Result, Tensor};

/// Windows padded to the longest of them.
pub(super) struct Batch {
    /// Tokens of each window.
    lengths: Vec<usize>,
    /// Tokens of the longest window.
    tokens: usize,
    /// `[windows * tokens]`.
    ids: Tensor,
}

impl Batch {
    /// The id that stands for padding. Any would do, as nothing reads it.
    const PADDING: u32 = 0;

    pub(super) fn new(windows: &[&[u32]], device: &Device) -> Result<Self> {
        let lengths: Vec<usize> = windows.iter().map(|window| window.len()).collect();
        let tokens = lengths.iter().copied().max().unwrap_or(0);
        let mut ids = vec![Self::PADDING; windows.len() * tokens];
        for (row, window) in ids.chunks_exact_mut(tokens).zip(windows) {
            row[..window.len()].copy_from_slice(window);
        }
        Ok(Self { ids: Tensor::from_vec(ids, windows.len() * tokens, device)?, lengths, tokens })
    }

    /// Number of windows.
    pub(super) fn windows(&self) -> usize {
        self.lengths.len()
    }

    /// Tokens of the longest window.
    pub(super) fn tokens(&self) -> usize {
        self.tokens
    }

    /// All ids, `[windows * tokens]`.
    pub(super) fn ids(&self) -> &Tensor {
        &self.ids
    }

    /// `token` and `padding` wherever there is one, `[windows, tokens]` in f32; `None` where nothing is padded.
    pub(super) fn mask(&self, token: f32, padding: f32) -> Result<Option<Tensor>> {
        if self.lengths.iter().all(|length| *length == self.tokens) {
            return Ok(None);
        }
        let row = |length: &usize| {
            let length = *length;
            (0..self.tokens).map(move |place| if place < length { token } else { padding })
        };
        let values: Vec<f32> = self.lengths.iter().flat_map(row).collect();
        Tensor::from_vec(values, (self.windows(), self.tokens), self.ids.device()).map(Some)
    }
}
