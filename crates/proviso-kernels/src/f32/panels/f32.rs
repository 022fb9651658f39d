//! Panels of f32.

use rten_simd::Isa;

use super::{PanelShape, Panels};
use crate::{Buffer, Element, Stored, StoredArray, Tier, buffer, f32::tile, stored::bytes_of};

/// A packed matrix of f32. It can be packed again and again into the same memory, as attention does with keys and values.
#[derive(Debug, Clone)]
pub struct F32Panels {
    shape: PanelShape,
    values: Buffer,
}

impl F32Panels {
    /// An empty matrix.
    pub fn new(tier: Tier) -> Self {
        let shape = PanelShape { width: tile::column_step(tier), depth: 0, columns: 0 };
        Self { shape, values: buffer() }
    }

    /// A matrix of zeros that is to be filled from a file.
    pub fn shaped(tier: Tier, columns: usize, depth: usize) -> Self {
        let mut packed = Self::new(tier);
        packed.reshape(depth, columns);
        packed
    }

    /// Packs `[columns, depth]`, the layout in which models store the weights of a linear layer.
    ///
    /// # Panics
    /// If `weights` has another number of values.
    pub fn pack_transposed(tier: Tier, weights: &[f32], columns: usize, depth: usize) -> Self {
        assert_eq!(weights.len(), columns * depth);
        let mut packed = Self::new(tier);
        packed.repack_transposed(weights, depth, columns, depth);
        packed
    }

    /// Packs `[columns, depth]` with rows `stride` apart in place of what was packed.
    ///
    /// # Panics
    /// If `values` is too short.
    pub fn repack_transposed(&mut self, values: &[f32], stride: usize, columns: usize, depth: usize) {
        assert!(columns == 0 || values.len() >= (columns - 1) * stride + depth);
        self.reshape(depth, columns);
        let width = self.shape.width;
        for (index, panel) in self.values.chunks_exact_mut(depth * width).enumerate() {
            for lane in 0..width {
                let column = index * width + lane;
                let places = panel[lane..].iter_mut().step_by(width);
                if column < columns {
                    let source = &values[column * stride..][..depth];
                    places.zip(source).for_each(|(place, value)| *place = *value);
                } else {
                    places.for_each(|place| *place = 0.0);
                }
            }
        }
    }

    /// Packs `[depth, columns]` with rows `stride` apart in place of what was packed.
    ///
    /// # Panics
    /// If `values` is too short.
    pub fn repack(&mut self, values: &[f32], stride: usize, depth: usize, columns: usize) {
        assert!(depth == 0 || values.len() >= (depth - 1) * stride + columns);
        self.reshape(depth, columns);
        let width = self.shape.width;
        for (index, panel) in self.values.chunks_exact_mut(depth * width).enumerate() {
            let first = index * width;
            let used = width.min(columns - first);
            for (k, row) in panel.chunks_exact_mut(width).enumerate() {
                row[..used].copy_from_slice(&values[k * stride + first..][..used]);
                row[used..].fill(0.0);
            }
        }
    }

    /// All panels, one after another.
    pub(super) fn all(&self) -> &[f32] {
        &self.values
    }

    fn reshape(&mut self, depth: usize, columns: usize) {
        assert!(depth > 0, "a sum over nothing");
        self.shape = PanelShape { depth, columns, ..self.shape };
        self.values.resize(columns.next_multiple_of(self.shape.width) * depth, 0.0);
    }
}

impl Stored for F32Panels {
    fn arrays(&mut self) -> Vec<StoredArray<'_>> {
        let shape = self.shape.stored(Element::F32, self.shape.depth);
        vec![StoredArray { part: "values", shape, bytes: bytes_of(&mut self.values) }]
    }
}

impl Panels for F32Panels {
    fn shape(&self) -> PanelShape {
        self.shape
    }

    #[inline(always)]
    fn panel<'a, I: Isa>(&'a self, _isa: I, index: usize, _scratch: &'a mut Buffer) -> &'a [f32] {
        let size = self.shape.panel_len();
        &self.values[index * size..(index + 1) * size]
    }

    fn stored(&self, index: usize) -> (*const u8, usize) {
        let size = self.shape.panel_len();
        (self.values[index * size..].as_ptr().cast(), size * size_of::<f32>())
    }

    fn bytes(&self) -> usize {
        self.values.len() * size_of::<f32>()
    }
}
