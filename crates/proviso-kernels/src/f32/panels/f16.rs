//! Panels of f16, widened when they are used.

use aligned_vec::AVec;
use rten_simd::{
    Isa, f16,
    ops::{BitOps, Extend},
};

use super::{F32Panels, PanelShape, Panels};
use crate::{Buffer, Element, Stored, StoredArray, Tier, stored::bytes_of};

/// A packed matrix held as 16-bit floating point. Widening a panel costs little, since all rows of a window use it.
#[derive(Debug, Clone)]
pub struct F16Panels {
    shape: PanelShape,
    values: AVec<f16>,
}

impl F16Panels {
    /// A matrix of zeros that is to be filled from a file.
    pub fn shaped(tier: Tier, columns: usize, depth: usize) -> Self {
        let shape = PanelShape::new(tier, columns, depth);
        let count = shape.panels() * shape.panel_len();
        Self { shape, values: AVec::from_iter(64, std::iter::repeat_n(f16::from_f32(0.0), count)) }
    }

    /// Packs `[columns, depth]`, rounding each weight to the nearest f16.
    ///
    /// # Panics
    /// If `weights` has another number of values.
    pub fn pack_transposed(tier: Tier, weights: &[f32], columns: usize, depth: usize) -> Self {
        let wide = F32Panels::pack_transposed(tier, weights, columns, depth);
        let values = AVec::from_iter(64, wide.all().iter().map(|value| f16::from_f32(*value)));
        Self { shape: wide.shape(), values }
    }
}

impl Stored for F16Panels {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        let shape = self.shape.stored(Element::F16, self.shape.depth);
        vec![StoredArray { part: "values", shape, bytes: bytes_of(&mut self.values) }]
    }
}

impl Panels for F16Panels {
    fn shape(&self) -> PanelShape {
        self.shape
    }

    #[inline(always)]
    fn panel<'a, I: Isa>(&'a self, isa: I, index: usize, scratch: &'a mut Buffer) -> &'a [f32] {
        let (narrow, wide) = (isa.f16(), isa.f32());
        let size = self.shape.panel_len();
        scratch.resize(size, 0.0);
        let source = &self.values[index * size..(index + 1) * size];
        // A panel's row is two vectors of f32, which is one of f16.
        for (source, target) in source.chunks_exact(narrow.len()).zip(scratch.chunks_exact_mut(narrow.len()))
        {
            let values = narrow.load(source);
            let (low, high) = target.split_at_mut(wide.len());
            wide.store(narrow.extend_low(values), low);
            wide.store(narrow.extend_high(values), high);
        }
        scratch
    }

    fn stored(&self, index: usize) -> (*const u8, usize) {
        let size = self.shape.panel_len();
        (self.values[index * size..].as_ptr().cast(), size * size_of::<f16>())
    }

    fn bytes(&self) -> usize {
        self.values.len() * size_of::<f16>()
    }
}
