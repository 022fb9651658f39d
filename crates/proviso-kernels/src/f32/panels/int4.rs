//! Panels of 4-bit blocks, widened when they are used.

use rten_simd::{Isa, f16};

use super::{PanelShape, Panels};
use crate::{Buffer, Element, Stored, StoredArray, Tier, stored::bytes_of};

/// Weights of a column that share a scale.
const BLOCK: usize = 32;

/// The most columns of a panel.
const WIDEST: usize = 32;

/// A packed matrix held in blocks of 32 4-bit weights with a scale, as GGML's type `Q4_0`: 4.5 bits a weight. A weight is
/// `scale * (nibble - 8)`, where the scale maps the weight of largest magnitude to -8.
#[derive(Debug, Clone)]
pub struct Int4Panels {
    shape: PanelShape,
    /// `[panel][block][16][width]`: the low nibble is the weight `k`, the high one the weight `k + 16` of the block.
    nibbles: Vec<u8>,
    /// `[panel][block][width]`.
    scales: Vec<f16>,
}

impl Int4Panels {
    /// A matrix of zeros that is to be filled from a file.
    pub fn shaped(tier: Tier, columns: usize, depth: usize) -> Self {
        let shape = PanelShape::new(tier, columns, depth);
        let scales = shape.panels() * depth.div_ceil(BLOCK) * shape.width;
        Self { shape, nibbles: vec![0x88; scales * BLOCK / 2], scales: vec![f16::from_f32(0.0); scales] }
    }

    /// Packs `[columns, depth]`, rounding each weight to the nearest step of its block.
    ///
    /// # Panics
    /// If `weights` has another number of values.
    pub fn pack_transposed(tier: Tier, weights: &[f32], columns: usize, depth: usize) -> Self {
        assert_eq!(weights.len(), columns * depth);
        let mut packed = Self::shaped(tier, columns, depth);
        let (width, blocks) = (packed.shape.width, depth.div_ceil(BLOCK));
        for (column, weights) in weights.chunks_exact(depth).enumerate() {
            for (block, weights) in weights.chunks(BLOCK).enumerate() {
                let at = (column / width * blocks + block) * width;
                packed.set_block(at, column % width, weights);
            }
        }
        packed
    }

    /// Writes one column of the block whose scales begin at `at`.
    fn set_block(&mut self, at: usize, lane: usize, weights: &[f32]) {
        let extreme = weights.iter().copied().fold(0.0_f32, |a, b| if b.abs() > a.abs() { b } else { a });
        let scale = f16::from_f32(extreme / -8.0);
        let inverse = if scale.to_f32() == 0.0 { 0.0 } else { scale.to_f32().recip() };
        self.scales[at + lane] = scale;
        for (k, weight) in weights.iter().enumerate() {
            let step = ((weight * inverse).round() + 8.0).clamp(0.0, 15.0) as u8;
            let byte = &mut self.nibbles[at * BLOCK / 2 + k % 16 * self.shape.width + lane];
            *byte = if k < 16 { *byte & 0xf0 | step } else { *byte & 0x0f | step << 4 };
        }
    }
}

impl Stored for Int4Panels {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        let blocks = self.shape.depth.div_ceil(BLOCK);
        let (nibbles, scales) =
            (self.shape.stored(Element::U8, blocks * BLOCK / 2), self.shape.stored(Element::F16, blocks));
        vec![
            StoredArray { part: "nibbles", shape: nibbles, bytes: bytes_of(&mut self.nibbles) },
            StoredArray { part: "scales", shape: scales, bytes: bytes_of(&mut self.scales) },
        ]
    }
}

impl Panels for Int4Panels {
    fn shape(&self) -> PanelShape {
        self.shape
    }

    #[inline(always)]
    fn panel<'a, I: Isa>(&'a self, _isa: I, index: usize, scratch: &'a mut Buffer) -> &'a [f32] {
        let width = self.shape.width;
        let blocks = self.shape.depth.div_ceil(BLOCK);
        scratch.resize(blocks * BLOCK * width, 0.0);
        let nibbles = self.nibbles.chunks_exact(BLOCK / 2 * width).skip(index * blocks);
        let scales = self.scales.chunks_exact(width).skip(index * blocks);
        for ((target, nibbles), scales) in scratch.chunks_exact_mut(BLOCK * width).zip(nibbles).zip(scales) {
            let (low, high) = target.split_at_mut(BLOCK / 2 * width);
            let mut wide = [0.0_f32; WIDEST];
            wide.iter_mut().zip(scales).for_each(|(wide, scale)| *wide = scale.to_f32());
            let scales = &wide[..width];
            let rows = low.chunks_exact_mut(width).zip(high.chunks_exact_mut(width));
            for ((low, high), nibbles) in rows.zip(nibbles.chunks_exact(width)) {
                for (((low, high), nibble), scale) in low.iter_mut().zip(high).zip(nibbles).zip(scales) {
                    *low = f32::from((nibble & 15) as i8 - 8) * scale;
                    *high = f32::from((nibble >> 4) as i8 - 8) * scale;
                }
            }
        }
        scratch
    }

    fn stored(&self, index: usize) -> (*const u8, usize) {
        let size = self.shape.depth.div_ceil(BLOCK) * BLOCK / 2 * self.shape.width;
        (self.nibbles[index * size..].as_ptr(), size)
    }

    fn bytes(&self) -> usize {
        self.nibbles.len() + self.scales.len() * size_of::<f16>()
    }
}
