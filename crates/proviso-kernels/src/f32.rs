//! Products of f32 rows with packed weights.

mod panels;
mod product;
mod tile;

pub use panels::{F16Panels, F32Panels, Int4Panels, PanelShape, Panels};
pub use product::{Rows, multiply};
pub use tile::row_step;
