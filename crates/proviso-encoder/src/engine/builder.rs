//! Parts of an encoder from its tensors.

use std::collections::BTreeMap;

use proviso_kernels::{LayerNorm, Tier, int8::Range};

use super::{Linear, Observers};
use crate::{EncoderError, Precision, weights::Weights};

/// Ranges of what enters each linear layer, by the layer's name.
pub(crate) type ActivationRanges = BTreeMap<String, Range>;

/// The tensors of an encoder with the level that its parts are made for.
#[derive(Clone)]
pub(crate) struct Builder<'a> {
    pub weights: Weights<'a>,
    pub tier: Tier,
    pub precision: Precision,
    /// Needed by the level that uses ranges from a calibration set.
    pub ranges: Option<&'a ActivationRanges>,
    /// Where what enters the linear layers is watched.
    pub observers: Option<&'a Observers>,
}

impl<'a> Builder<'a> {
    /// The tensors under a name.
    pub(crate) fn under(&self, name: &str) -> Self {
        Self { weights: self.weights.under(name), ..self.clone() }
    }

    /// Whether linear layers and scores are products of integers.
    pub(crate) fn computes_integers(&self) -> bool {
        self.precision.is_integer()
    }

    /// The tensor of that name in f32.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        self.weights.get(name, shape)
    }

    /// The linear layer of that name; `scale` is multiplied into its weights and bias.
    pub(crate) fn matrix(
        &self,
        name: &str,
        outputs: usize,
        inputs: usize,
        scale: f32,
    ) -> Result<(Vec<f32>, Vec<f32>), EncoderError> {
        self.weights.linear(name, outputs, inputs, scale)
    }

    /// The linear layer of that name, whose input is calibrated under `input`.
    pub(crate) fn linear(
        &self,
        name: &str,
        input: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Linear, EncoderError> {
        let (weight, bias) = self.matrix(name, outputs, inputs, 1.0)?;
        Ok(self.pack(&weight, bias, inputs, input))
    }

    /// A linear layer of weights `[outputs, inputs]`.
    pub(crate) fn pack(&self, weight: &[f32], bias: Vec<f32>, inputs: usize, input: &str) -> Linear {
        let range = match self.precision {
            Precision::Int8Static => self.ranges.and_then(|ranges| ranges.get(input)).copied(),
            _ => None,
        };
        let observer = self.observers.map(|observers| observers.watch(input));
        Linear::new(self.tier, self.precision, weight, bias, inputs, range, observer)
    }

    /// The layer normalisation of that name.
    pub(crate) fn norm(&self, name: &str, width: usize, epsilon: f32) -> Result<LayerNorm, EncoderError> {
        let (scale, shift) = self.weights.norm(name, width)?;
        Ok(LayerNorm::new(scale, shift, epsilon))
    }
}
