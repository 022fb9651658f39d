//! A linear layer at one of the levels of precision.

use std::sync::Arc;

use proviso_kernels::{
    Buffer, Element, LayerNorm, Output, RowMajor, Stored, Tier,
    f32::{self, F16Panels, F32Panels, Int4Panels, Rows},
    int8::{self, Int8Rows, PackedInt8, Range},
};

use super::{arrays::Arrays, observer::Observer};
use crate::Precision;

/// `rows * weight^T + bias`, with the weights held as the level asks for.
pub(crate) struct Linear {
    tier: Tier,
    weight: Weight,
    bias: Vec<f32>,
    /// Watches what enters, while a model is calibrated.
    observer: Option<Arc<Observer>>,
}

enum Weight {
    F32(F32Panels),
    F16(F16Panels),
    Int4(Int4Panels),
    Int8 {
        packed: PackedInt8,
        /// The range of what enters, if it is known beforehand.
        range: Option<Range>,
    },
}

impl Linear {
    /// `weight` is `[outputs, inputs]`, as models store it.
    pub(super) fn new(
        tier: Tier,
        precision: Precision,
        weight: &[f32],
        bias: Vec<f32>,
        inputs: usize,
        range: Option<Range>,
        observer: Option<Arc<Observer>>,
    ) -> Self {
        let outputs = bias.len();
        let weight = match precision {
            Precision::F32 => Weight::F32(F32Panels::pack_transposed(tier, weight, outputs, inputs)),
            Precision::F16 => Weight::F16(F16Panels::pack_transposed(tier, weight, outputs, inputs)),
            Precision::Int4 => Weight::Int4(Int4Panels::pack_transposed(tier, weight, outputs, inputs)),
            Precision::Int8 | Precision::Int8Static => {
                Weight::Int8 { packed: PackedInt8::pack_transposed(tier, weight, outputs, inputs), range }
            }
        };
        Self { tier, weight, bias, observer }
    }

    /// A layer of zeros that is to be filled from a file.
    pub(crate) fn shaped(tier: Tier, precision: Precision, outputs: usize, inputs: usize) -> Self {
        let weight = match precision {
            Precision::F32 => Weight::F32(F32Panels::shaped(tier, outputs, inputs)),
            Precision::F16 => Weight::F16(F16Panels::shaped(tier, outputs, inputs)),
            Precision::Int4 => Weight::Int4(Int4Panels::shaped(tier, outputs, inputs)),
            Precision::Int8 | Precision::Int8Static => {
                Weight::Int8 { packed: PackedInt8::shaped(tier, outputs, inputs), range: None }
            }
        };
        Self { tier, weight, bias: vec![0.0; outputs], observer: None }
    }

    /// Adds the weights and the bias to `arrays`.
    pub(crate) fn store<'a>(&'a mut self, name: &str, arrays: &mut Arrays<'a>) {
        let weight: &mut dyn Stored = match &mut self.weight {
            Weight::F32(panels) => panels,
            Weight::F16(panels) => panels,
            Weight::Int4(panels) => panels,
            Weight::Int8 { packed, .. } => packed,
        };
        arrays.add(&format!("{name}.weight"), weight);
        arrays.add(&format!("{name}.bias"), &mut self.bias);
    }

    /// Quantizes what enters, if this layer multiplies integers.
    pub(super) fn prepare(&self, values: &[f32], rows: usize, width: usize, quantized: &mut Int8Rows) {
        if let Some(observer) = &self.observer {
            observer.note(&values[..rows * width], width);
        }
        if let Weight::Int8 { range, .. } = &self.weight {
            quantized.reshape(rows, width);
            quantized.quantize(values, width, *range);
        }
    }

    /// Normalises `values`, whole rows that will enter, and quantizes them if this layer multiplies integers.
    pub(super) fn normalize_and_prepare(
        &self,
        values: &mut [f32],
        norm: &LayerNorm,
        quantized: &mut Int8Rows,
    ) {
        match &self.weight {
            Weight::Int8 { range, .. } => {
                quantized.reshape(values.len() / norm.width(), norm.width());
                quantized.normalize_and_quantize(values, norm, *range);
            }
            _ => norm.apply(self.tier, values),
        }
        if let Some(observer) = &self.observer {
            observer.note(values, norm.width());
        }
    }

    /// Multiplies some rows: those of `quantized` if this layer multiplies integers, else those of
    /// `values`, which have no gaps. `finish` says what becomes of the product; the bias is set here.
    ///
    /// `rows` must begin at a multiple of every kernel's rows.
    pub(crate) fn forward(
        &self,
        rows: std::ops::Range<usize>,
        values: &[f32],
        quantized: &Int8Rows,
        panel: &mut Buffer,
        finish: Output<'_>,
    ) {
        let output = Output { bias: Some(&self.bias), ..finish };
        let float_rows = |inputs: usize| Rows {
            values: &values[rows.start * inputs..],
            stride: inputs,
            count: rows.len(),
        };
        use f32::Panels;
        match &self.weight {
            Weight::F32(panels) => {
                f32::multiply(self.tier, float_rows(panels.shape().depth), panels, output, panel);
            }
            Weight::F16(panels) => {
                f32::multiply(self.tier, float_rows(panels.shape().depth), panels, output, panel);
            }
            Weight::Int4(panels) => {
                f32::multiply(self.tier, float_rows(panels.shape().depth), panels, output, panel);
            }
            Weight::Int8 { packed, .. } => int8::multiply_some(quantized, rows.clone(), packed, output),
        }
    }

    /// As [`forward`](Self::forward) for layers that are always f32.
    pub(crate) fn forward_floats(&self, values: &[f32], rows: usize, panel: &mut Buffer, finish: Output<'_>) {
        self.forward(0..rows, values, &Int8Rows::new(self.tier), panel, finish);
    }

    /// The weights of a layer that is f32 in the order in which models store them, and the bias; `None` at other levels.
    pub(crate) fn row_major(&mut self) -> Option<(RowMajor, Vec<f32>)> {
        use f32::Panels;
        let Weight::F32(panels) = &mut self.weight else { return None };
        let inputs = panels.shape().depth;
        Some((RowMajor::copied(panels, Element::F32, self.bias.len(), inputs), self.bias.clone()))
    }

    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }
}
