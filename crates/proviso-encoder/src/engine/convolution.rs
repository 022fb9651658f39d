//! The convolution that some DeBERTa models have beside their first layer.

use proviso_kernels::{Activation, LayerNorm, Output, RowMajor, Tier};

use super::{Arrays, Builder, Linear, Scratch, team::Part};
use crate::{EncoderError, Precision, architecture::Architecture};

/// A convolution over neighbouring tokens of the embeddings, added to the first layer's output and normalised.
pub(super) struct Convolution {
    width: usize,
    size: usize,
    /// One product over the neighbours of a token side by side. It runs once a window, so it stays f32.
    product: Linear,
    activation: Activation,
    norm: LayerNorm,
}

impl Convolution {
    pub(super) fn load(
        builder: &Builder<'_>,
        architecture: &Architecture,
    ) -> Result<Option<Self>, EncoderError> {
        let Some((size, activation)) = architecture.convolution else { return Ok(None) };
        let width = architecture.width;
        let part = builder.under("encoder.conv");
        let stored = part.get("conv.weight", &[width, width, size])?;
        // From `[outputs, inputs, neighbours]` to `[outputs, neighbours, inputs]`.
        let mut weight = vec![0.0; stored.len()];
        for (stored, weight) in stored.chunks_exact(width * size).zip(weight.chunks_exact_mut(width * size)) {
            for (at, value) in stored.iter().enumerate() {
                weight[at % size * width + at / size] = *value;
            }
        }
        let floats = Builder { precision: Precision::F32, observers: None, ..part.clone() };
        let product = floats.pack(&weight, part.get("conv.bias", &[width])?, width * size, "convolution");
        let norm = part.norm("LayerNorm", width, architecture.epsilon)?;
        Ok(Some(Self { width, size, product, activation, norm }))
    }

    /// One that is to be filled from a file.
    pub(super) fn shaped(tier: Tier, architecture: &Architecture) -> Option<Self> {
        let (size, activation) = architecture.convolution?;
        let width = architecture.width;
        let product = Linear::shaped(tier, Precision::F32, width, width * size);
        Some(Self { width, size, product, activation, norm: LayerNorm::shaped(width, architecture.epsilon) })
    }

    /// Adds its weights to `arrays`.
    pub(super) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        self.product.store(&format!("{name}.product"), arrays);
        arrays.add(&format!("{name}.norm"), &mut self.norm);
    }

    /// Its product with the bias, and its normalisation.
    pub(super) fn weights(&mut self) -> Option<((RowMajor, Vec<f32>), LayerNorm)> {
        Some((self.product.row_major()?, self.norm.clone()))
    }

    /// Reads the embeddings of all tokens, which were kept, and adds to the part's stream.
    pub(super) fn forward(&self, part: &Part<'_>, scratch: &mut Scratch) {
        let (width, before, tokens) = (self.width, (self.size - 1) / 2, part.tokens);
        let tier = scratch.tier();
        let rows = part.rows.len().next_multiple_of(proviso_kernels::f32::row_step(tier));
        let neighbours = &mut scratch.inner;
        neighbours.clear();
        neighbours.resize(rows * self.size * width, 0.0);
        for (token, row) in part.rows.clone().zip(neighbours.chunks_exact_mut(self.size * width)) {
            for (offset, target) in row.chunks_exact_mut(width).enumerate() {
                let Some(from) = (token + offset).checked_sub(before).filter(|from| *from < tokens) else {
                    continue;
                };
                target.copy_from_slice(&scratch.embedded[from * width..(from + 1) * width]);
            }
        }
        let stream = &mut scratch.hidden;
        let output = Output { activation: self.activation, add: true, ..Output::plain(stream, width) };
        self.product.forward_floats(neighbours, part.rows.len(), &mut scratch.panel, output);
        self.norm.apply(tier, &mut stream[..part.rows.len() * width]);
    }
}
