//! Findings for other programs: a [`RunRecord`] with a [`ContractRecord`] for each contract becomes CSV (one row a
//! finding, or CUAD's own one row a contract), XLSX, or JSON. Files are written beside their place and renamed.

mod cell;
mod cuad_csv;
mod findings_csv;
mod json;
mod matrix;
mod record;
mod write;
mod xlsx;

pub use cuad_csv::cuad_csv;
pub use findings_csv::findings_csv;
pub use json::json;
pub use matrix::{MatrixRecord, MatrixRowRecord, matrix_xlsx};
pub use record::{ContractRecord, FindingRecord, RunRecord, WarningRecord};
pub use write::{ExportError, write_file};
pub use xlsx::xlsx;
