//! Weights packed in the order in which a product reads them.

mod f16;
mod f32;
mod int4;

use rten_simd::Isa;

pub use f16::F16Panels;
pub use f32::F32Panels;
pub use int4::Int4Panels;

use super::tile;
use crate::{Buffer, Element, StoredShape, Tier};

/// The shape of a packed matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanelShape {
    /// Columns of a panel.
    pub width: usize,
    /// Length of the sums.
    pub depth: usize,
    /// Columns of the product.
    pub columns: usize,
}

impl PanelShape {
    /// Columns for a tier's tiles.
    fn new(tier: Tier, columns: usize, depth: usize) -> Self {
        assert!(depth > 0, "a sum over nothing");
        Self { width: tile::column_step(tier), depth, columns }
    }

    /// Panels of the matrix.
    fn panels(self) -> usize {
        self.columns.div_ceil(self.width)
    }

    /// As it is stored with so many rows of an element in each panel.
    fn stored(self, element: Element, rows: usize) -> StoredShape {
        StoredShape { element, panels: self.panels(), rows, width: self.width, group: 1 }
    }

    /// Numbers in a panel.
    fn panel_len(self) -> usize {
        self.depth * self.width
    }
}

/// A matrix `[depth, columns]` cut into panels of a tile's width, each stored row after row, so that a product reads it
/// straight through. The last panel is padded with zeros.
pub trait Panels {
    /// What was packed, and how wide the panels are.
    fn shape(&self) -> PanelShape;

    /// The panel as f32, `[depth, width]` at least; widened into `scratch` where it is held otherwise.
    fn panel<'a, I: Isa>(&'a self, isa: I, index: usize, scratch: &'a mut Buffer) -> &'a [f32];

    /// Where a panel is held as it is, and its bytes.
    fn stored(&self, index: usize) -> (*const u8, usize);

    /// Bytes of the packed weights.
    fn bytes(&self) -> usize;
}
