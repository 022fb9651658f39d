//! Findings for other programs: a [`RunRecord`] with a [`ContractRecord`] for each contract becomes CSV (one row a
//! finding, or CUAD's own one row a contract), XLSX, JSON, a calendar of key dates, or a receipt with which the run can
//! be checked. Files are written beside their place and renamed. `docs/exports.md` describes every format.

mod calendar;
mod cell;
mod cuad_csv;
mod date;
mod findings_csv;
mod json;
mod link;
mod matrix;
mod receipt;
mod record;
#[cfg(test)]
mod samples;
mod write;
mod xlsx;

pub use calendar::calendar;
pub use cuad_csv::cuad_csv;
pub use findings_csv::findings_csv;
pub use json::json;
pub use matrix::{MatrixRecord, MatrixRowRecord, matrix_xlsx};
pub use receipt::{
    Difference, Differences, QuestionRecord, Receipt, ReceiptContract, ReceiptFinding, SettingsRecord,
    compare, receipt,
};
pub use record::{ContractRecord, FindingRecord, MarkRecord, RunRecord, WarningRecord};
pub use write::{ExportError, write_file};
pub use xlsx::xlsx;
