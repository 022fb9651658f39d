//! JSON of a whole run.

use serde::Serialize;

use crate::{ContractRecord, ExportError, RunRecord};

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    run: &'a RunRecord,
    documents: &'a [ContractRecord],
}

/// The run and its contracts as one line of JSON, layout 1.
///
/// # Errors
/// If a number cannot be written as JSON.
pub fn json(run: &RunRecord, contracts: &[ContractRecord]) -> Result<Vec<u8>, ExportError> {
    let root = Root { schema: 1, run, documents: contracts };
    let mut bytes = serde_json::to_vec(&root).map_err(|error| ExportError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
