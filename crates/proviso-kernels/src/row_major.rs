//! Weights in the order in which models store them, for what multiplies them in its own way.

use std::ops::Range;

use rten_simd::f16;

use crate::{Element, Stored, StoredArray, StoredShape};

/// Weights `[outputs, inputs]` in f32 or f16, to be filled from a file of packed ones.
#[derive(Debug)]
pub struct RowMajor {
    shape: StoredShape,
    bytes: Vec<u8>,
}

impl RowMajor {
    /// Zeros.
    ///
    /// # Panics
    /// If the numbers are neither f32 nor f16.
    pub fn zeros(element: Element, outputs: usize, inputs: usize) -> Self {
        assert!(matches!(element, Element::F32 | Element::F16), "{element:?} are not plain weights");
        // A panel of one column lies in memory as the weights of one output.
        let shape = StoredShape { element, panels: outputs, rows: inputs, width: 1, group: 1 };
        Self { bytes: vec![0; shape.bytes()], shape }
    }

    /// A copy of other weights, which have as many outputs and inputs.
    pub fn copied(weights: &mut dyn Stored, element: Element, outputs: usize, inputs: usize) -> Self {
        let mut copy = Self::zeros(element, outputs, inputs);
        for array in weights.arrays() {
            crate::rearrange(array.shape, array.bytes, copy.shape, &mut copy.bytes);
        }
        copy
    }

    /// What the numbers are.
    pub fn element(&self) -> Element {
        self.shape.element
    }

    /// Outputs and inputs.
    pub fn shape(&self) -> [usize; 2] {
        [self.shape.panels, self.shape.rows]
    }

    /// The numbers, little-endian.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Multiplies the weights of some outputs.
    pub fn scale(&mut self, outputs: Range<usize>, factor: f32) {
        let output = self.shape.rows * self.shape.element.bytes();
        let bytes = &mut self.bytes[outputs.start * output..outputs.end * output];
        match self.shape.element {
            Element::F32 => {
                for number in bytes.as_chunks_mut().0 {
                    *number = (f32::from_le_bytes(*number) * factor).to_le_bytes();
                }
            }
            _ => {
                for number in bytes.as_chunks_mut().0 {
                    let value = f16::from_bits(u16::from_le_bytes(*number)).to_f32() * factor;
                    *number = f16::from_f32(value).to_bits().to_le_bytes();
                }
            }
        }
    }
}

impl Stored for RowMajor {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        vec![StoredArray { part: "values", shape: self.shape, bytes: &mut self.bytes }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Tier,
        f32::{F16Panels, F32Panels},
    };

    const OUTPUTS: usize = 50;
    const INPUTS: usize = 70;

    fn weights() -> Vec<f32> {
        // Each is a number of f16 too.
        (0..OUTPUTS * INPUTS).map(|i| (i * 7919 % 1013) as f32 / 1024.0 - 0.5).collect()
    }

    fn numbers(weights: &RowMajor) -> Vec<f32> {
        match weights.element() {
            Element::F32 => {
                weights.bytes().as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
            }
            _ => {
                let halves = weights.bytes().as_chunks().0.iter();
                halves.map(|two| f16::from_bits(u16::from_le_bytes(*two)).to_f32()).collect()
            }
        }
    }

    #[test]
    fn packed_weights_come_back_in_the_models_order() {
        for tier in Tier::available() {
            let mut floats = F32Panels::pack_transposed(tier, &weights(), OUTPUTS, INPUTS);
            let mut halves = F16Panels::pack_transposed(tier, &weights(), OUTPUTS, INPUTS);
            let back = RowMajor::copied(&mut floats, Element::F32, OUTPUTS, INPUTS);
            assert_eq!(numbers(&back), weights(), "f32, {tier}");
            assert_eq!(back.shape(), [OUTPUTS, INPUTS]);
            let back = RowMajor::copied(&mut halves, Element::F16, OUTPUTS, INPUTS);
            assert_eq!(numbers(&back), weights(), "f16, {tier}");
        }
    }

    #[test]
    fn some_outputs_are_scaled() {
        for element in [Element::F32, Element::F16] {
            let tier = Tier::available().next().unwrap();
            let mut packed = F32Panels::pack_transposed(tier, &weights(), OUTPUTS, INPUTS);
            let mut halves = F16Panels::pack_transposed(tier, &weights(), OUTPUTS, INPUTS);
            let stored: &mut dyn Stored = if element == Element::F32 { &mut packed } else { &mut halves };
            let mut scaled = RowMajor::copied(stored, element, OUTPUTS, INPUTS);
            scaled.scale(3..5, 2.0);
            for (at, (scaled, plain)) in numbers(&scaled).into_iter().zip(weights()).enumerate() {
                let factor = if (3..5).contains(&(at / INPUTS)) { 2.0 } else { 1.0 };
                assert_eq!(scaled, plain * factor, "{element:?}, number {at}");
            }
        }
    }
}
