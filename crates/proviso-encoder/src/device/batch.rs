//! Windows side by side.

use candle_core::{Device, Result, Tensor};

use crate::frame::Sequence;

/// Windows padded to the longest of them.
pub(super) struct Batch {
    /// Tokens of each window.
    lengths: Vec<usize>,
    /// Tokens of the longest window.
    tokens: usize,
    /// `[windows * tokens]`.
    ids: Tensor,
    /// 1 for tokens of the second segment, else 0, `[windows * tokens, 1]` in f32; `None` where there are no such tokens.
    second: Option<Tensor>,
}

impl Batch {
    /// The id that stands for padding. Any would do, as nothing reads it.
    const PADDING: u32 = 0;

    pub(super) fn new(windows: &[Sequence<'_>], device: &Device) -> Result<Self> {
        let lengths: Vec<usize> = windows.iter().map(|window| window.ids.len()).collect();
        let tokens = lengths.iter().copied().max().unwrap_or(0);
        let mut ids = vec![Self::PADDING; windows.len() * tokens];
        let mut second = vec![0.0_f32; ids.len()];
        let rows = ids.chunks_exact_mut(tokens).zip(second.chunks_exact_mut(tokens));
        for ((ids, second), window) in rows.zip(windows) {
            ids[..window.ids.len()].copy_from_slice(window.ids);
            second[window.second..window.ids.len()].fill(1.0);
        }
        let second = second
            .contains(&1.0)
            .then(|| Tensor::from_vec(second, (windows.len() * tokens, 1), device))
            .transpose()?;
        Ok(Self { ids: Tensor::from_vec(ids, windows.len() * tokens, device)?, second, lengths, tokens })
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

    /// Which tokens are of the second segment, `[windows * tokens, 1]` in f32; `None` where none is.
    pub(super) fn second(&self) -> Option<&Tensor> {
        self.second.as_ref()
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
