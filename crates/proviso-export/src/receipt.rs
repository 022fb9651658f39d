//! A receipt of a run, and what differs when the contracts are read again.

mod compare;

use proviso_core::{Origin, Sha256Hex};
use serde::{Deserialize, Serialize};

use crate::{ContractRecord, ExportError, FindingRecord, RunRecord};

pub use compare::{Difference, Differences, compare};

/// The layout that is written.
const SCHEMA: u32 = 1;

/// What a run was and what it found, without the contracts' text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    schema: u32,
    /// What read the contracts, and how.
    pub run: RunRecord,
    /// The contracts in their order.
    pub contracts: Vec<ReceiptContract>,
}

/// A contract of a receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiptContract {
    /// The file as the person named it.
    pub path: String,
    /// SHA-256 of the file; null where it could not even be read from the disk.
    pub sha256: Option<Sha256Hex>,
    /// The findings.
    pub findings: Vec<ReceiptFinding>,
}

/// A finding of a receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiptFinding {
    /// The category's name.
    pub category: String,
    /// First byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The model's score.
    pub confidence: f32,
    /// Where its words come from: what a person added or changed is not what a model finds again.
    #[serde(default)]
    pub origin: Origin,
}

impl Receipt {
    /// The receipt of a run.
    pub fn new(run: &RunRecord, contracts: &[ContractRecord]) -> Self {
        let contract = |contract: &ContractRecord| ReceiptContract {
            path: contract.path.clone(),
            sha256: contract.sha256.clone(),
            findings: contract.findings.iter().map(ReceiptFinding::new).collect(),
        };
        Self { schema: SCHEMA, run: run.clone(), contracts: contracts.iter().map(contract).collect() }
    }

    /// Reads a receipt that [`receipt`] wrote.
    ///
    /// # Errors
    /// If it is none, or one of a layout that this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, ExportError> {
        let wrong = |why: String| ExportError::Receipt(why);
        let receipt: Self = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        if receipt.schema == SCHEMA {
            Ok(receipt)
        } else {
            Err(wrong(format!(
                "its layout is {}, and this version of Proviso reads {SCHEMA}",
                receipt.schema
            )))
        }
    }
}

impl ReceiptFinding {
    fn new(finding: &FindingRecord) -> Self {
        Self {
            category: finding.category.clone(),
            start: finding.start,
            end: finding.end,
            confidence: finding.confidence,
            origin: finding.origin,
        }
    }
}

/// The receipt of a run as a file: indented JSON, layout 1.
///
/// # Errors
/// If a number cannot be written as JSON.
pub fn receipt(run: &RunRecord, contracts: &[ContractRecord]) -> Result<Vec<u8>, ExportError> {
    let receipt = Receipt::new(run, contracts);
    let mut bytes =
        serde_json::to_vec_pretty(&receipt).map_err(|error| ExportError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_receipt_is_read_back_as_it_was_written() {
        let contracts = [samples::contract("x.pdf", vec![samples::finding("Insurance")])];
        let bytes = receipt(&samples::run(), &contracts).unwrap();
        assert_eq!(Receipt::parse(&bytes).unwrap(), Receipt::new(&samples::run(), &contracts));
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["schema"], 1);
        assert_eq!(json["run"]["model"], "proviso-mini");
        assert_eq!(json["contracts"][0]["sha256"], "ab".repeat(32));
        let finding = &json["contracts"][0]["findings"][0];
        assert_eq!((&finding["start"], &finding["end"]), (&3.into(), &9.into()));
        assert!(!String::from_utf8(bytes).unwrap().contains("Supplier"), "no text of the contract is in it");
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        let bytes = receipt(&samples::run(), &[]).unwrap();
        let newer = String::from_utf8(bytes).unwrap().replace("\"schema\": 1", "\"schema\": 2");
        let message = Receipt::parse(newer.as_bytes()).unwrap_err().to_string();
        assert!(message.contains("layout is 2"), "{message}");
        assert!(Receipt::parse(b"{}").unwrap_err().to_string().contains("no receipt of Proviso"));
    }
}
