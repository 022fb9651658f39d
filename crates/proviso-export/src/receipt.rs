//! A receipt of a run, and what differs when the contracts are read again.

mod compare;
mod settings;

use proviso_core::{Origin, Sha256Hex};
use serde::{Deserialize, Serialize};

use crate::{ContractRecord, ExportError, FindingRecord, RunRecord};

pub use compare::{Difference, Differences, compare};
pub use settings::{QuestionRecord, SettingsRecord};

/// The layout that is written. The first one had no settings.
const SCHEMA: u32 = 2;

/// What a run was and what it found, without the contracts' text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    schema: u32,
    /// What read the contracts, and how.
    pub run: RunRecord,
    /// What was chosen for it; not known of receipts in the first layout.
    #[serde(default)]
    pub settings: Option<SettingsRecord>,
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
    /// Why it could not be read; null where it was.
    #[serde(default)]
    pub error: Option<String>,
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
    /// Whether the run's own model found it: what a heavier one added when it checked, and what a person decided about an earlier
    /// reading, it does not find again.
    #[serde(default = "by_the_run", skip_serializing_if = "is_by_the_run")]
    pub by_run: bool,
}

impl Receipt {
    /// The receipt of a run.
    pub fn new(run: &RunRecord, settings: &SettingsRecord, contracts: &[ContractRecord]) -> Self {
        let contract = |contract: &ContractRecord| ReceiptContract {
            path: contract.path.clone(),
            sha256: contract.sha256.clone(),
            error: contract.error.clone(),
            findings: contract.findings.iter().map(ReceiptFinding::new).collect(),
        };
        Self {
            schema: SCHEMA,
            run: run.clone(),
            settings: Some(settings.clone()),
            contracts: contracts.iter().map(contract).collect(),
        }
    }

    /// Reads a receipt that [`receipt`] wrote.
    ///
    /// # Errors
    /// If it is none, or one of a layout that this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, ExportError> {
        let wrong = |why: String| ExportError::Receipt(why);
        let receipt: Self = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        if (1..=SCHEMA).contains(&receipt.schema) {
            Ok(receipt)
        } else {
            Err(wrong(format!(
                "its layout is {}, and this version of Proviso reads those up to {SCHEMA}",
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
            by_run: finding.by_run,
        }
    }

    /// Whether the run's model is to find it again as it stands.
    pub(crate) fn is_expected(&self) -> bool {
        self.by_run && self.origin == Origin::Model
    }
}

fn by_the_run() -> bool {
    true
}

fn is_by_the_run(by_run: &bool) -> bool {
    *by_run
}

/// The receipt of a run as a file: indented JSON, layout 2.
///
/// # Errors
/// If a number cannot be written as JSON.
pub fn receipt(
    run: &RunRecord,
    settings: &SettingsRecord,
    contracts: &[ContractRecord],
) -> Result<Vec<u8>, ExportError> {
    let receipt = Receipt::new(run, settings, contracts);
    let mut bytes =
        serde_json::to_vec_pretty(&receipt).map_err(|error| ExportError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn settings() -> SettingsRecord {
        let thresholds = [("Insurance".to_owned(), 0.25)].into();
        SettingsRecord { thresholds, ..SettingsRecord::default() }
    }

    #[test]
    fn a_receipt_is_read_back_as_it_was_written() {
        let contracts = [samples::contract("x.pdf", vec![samples::finding("Insurance")])];
        let bytes = receipt(&samples::run(), &settings(), &contracts).unwrap();
        assert_eq!(Receipt::parse(&bytes).unwrap(), Receipt::new(&samples::run(), &settings(), &contracts));
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["schema"], 2);
        assert_eq!(json["run"]["model"], "proviso-mini");
        assert_eq!(json["settings"]["thresholds"]["Insurance"], 0.25);
        assert_eq!(json["contracts"][0]["sha256"], "ab".repeat(32));
        let finding = &json["contracts"][0]["findings"][0];
        assert_eq!((&finding["start"], &finding["end"]), (&3.into(), &9.into()));
        assert!(finding.get("by_run").is_none());
        assert!(!String::from_utf8(bytes).unwrap().contains("Supplier"), "no text of the contract is in it");
    }

    #[test]
    fn a_receipt_of_the_first_layout_is_read() {
        let old = serde_json::json!({
            "schema": 1,
            "run": samples::run(),
            "contracts": [{
                "path": "x.pdf",
                "sha256": "ab".repeat(32),
                "findings": [{"category": "Insurance", "start": 3, "end": 9, "confidence": 0.5}],
            }],
        });
        let receipt = Receipt::parse(old.to_string().as_bytes()).unwrap();
        assert_eq!(receipt.settings, None);
        assert!(receipt.contracts[0].findings[0].is_expected());
        assert_eq!(receipt.contracts[0].error, None);
    }

    #[test]
    fn what_is_no_receipt_is_refused() {
        let bytes = receipt(&samples::run(), &settings(), &[]).unwrap();
        let newer = String::from_utf8(bytes).unwrap().replace("\"schema\": 2", "\"schema\": 3");
        let message = Receipt::parse(newer.as_bytes()).unwrap_err().to_string();
        assert!(message.contains("layout is 3"), "{message}");
        assert!(Receipt::parse(b"{}").unwrap_err().to_string().contains("no receipt of Proviso"));
    }
}
