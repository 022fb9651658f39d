//! What differs between a receipt and the same contracts read again.

use std::fmt;

use proviso_core::Origin;

use super::{Receipt, ReceiptContract, ReceiptFinding};

/// How far a confidence may be off and still be the same: processors round differently.
const SAME_CONFIDENCE: f32 = 1e-3;

/// What differs; nothing where the run gave the same again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Differences(pub Vec<Difference>);

/// One thing that differs. As text it is a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// Another version of Proviso read the contracts.
    Version {
        /// The version of the receipt.
        then: String,
        /// The version now.
        now: String,
    },
    /// Another model read them, or one of the same name with other weights.
    Model {
        /// The model of the receipt.
        then: String,
        /// The model now.
        now: String,
    },
    /// A contract of the receipt was not read again.
    NotReadAgain {
        /// The contract.
        path: String,
        /// Why, where that is known.
        reason: Option<String>,
    },
    /// A contract that could not be read then was read now.
    ReadNow {
        /// The contract.
        path: String,
    },
    /// A contract was read that the receipt does not name.
    NotInReceipt {
        /// The contract.
        path: String,
    },
    /// The file is another one now; its findings are not compared.
    File {
        /// The contract.
        path: String,
    },
    /// A finding of the receipt was not found again.
    Missing {
        /// The contract.
        path: String,
        /// The finding of the receipt.
        finding: ReceiptFinding,
    },
    /// A finding that the receipt does not have.
    Extra {
        /// The contract.
        path: String,
        /// The finding now.
        finding: ReceiptFinding,
    },
    /// The same finding with another confidence.
    Confidence {
        /// The contract.
        path: String,
        /// The finding now.
        finding: ReceiptFinding,
        /// The confidence of the receipt.
        then: f32,
    },
}

impl Differences {
    /// Whether everything is as the receipt says.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Difference {
    /// Its kind, for other programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Version { .. } => "version",
            Self::Model { .. } => "model",
            Self::NotReadAgain { .. } => "not_read_again",
            Self::ReadNow { .. } => "read_now",
            Self::NotInReceipt { .. } => "not_in_receipt",
            Self::File { .. } => "file",
            Self::Missing { .. } => "missing",
            Self::Extra { .. } => "extra",
            Self::Confidence { .. } => "confidence",
        }
    }

    /// The contract that it is about; none where it is about the whole run.
    pub fn contract(&self) -> Option<&str> {
        match self {
            Self::Version { .. } | Self::Model { .. } => None,
            Self::NotReadAgain { path, .. }
            | Self::ReadNow { path }
            | Self::NotInReceipt { path }
            | Self::File { path }
            | Self::Missing { path, .. }
            | Self::Extra { path, .. }
            | Self::Confidence { path, .. } => Some(path),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |finding: &ReceiptFinding| {
            format!("{} at bytes {} to {} of the text", finding.category, finding.start, finding.end)
        };
        match self {
            Self::Version { then, now } => {
                write!(formatter, "The receipt is of Proviso {then}; this is Proviso {now}.")
            }
            Self::Model { then, now } => {
                write!(formatter, "The receipt is of the model {then}; this is {now}.")
            }
            Self::NotReadAgain { path, reason } => {
                let reason = reason.as_ref().map(|reason| format!(": {}", reason.trim_end_matches('.')));
                let reason = reason.unwrap_or_default();
                write!(formatter, "{path}: the contract was not read again{reason}.")
            }
            Self::ReadNow { path } => {
                write!(formatter, "{path}: the contract could not be read then, and was read now.")
            }
            Self::NotInReceipt { path } => {
                write!(formatter, "{path}: the receipt does not name this contract.")
            }
            Self::File { path } => write!(
                formatter,
                "{path}: the file is not the one of the receipt (its SHA-256 differs), so its findings were not compared."
            ),
            Self::Missing { path, finding } => {
                write!(formatter, "{path}: {} is in the receipt and was not found again.", place(finding))
            }
            Self::Extra { path, finding } => {
                write!(formatter, "{path}: {} was found and is not in the receipt.", place(finding))
            }
            Self::Confidence { path, finding, then } => write!(
                formatter,
                "{path}: {} has a confidence of {:.3}; the receipt says {then:.3}.",
                place(finding),
                finding.confidence
            ),
        }
    }
}

/// Compares a receipt with that of the same contracts read again. A contract is known by its path, or where it has
/// another one by its hash, and `path` in a difference is the receipt's. What a person added is not expected again, and where a
/// person moved a finding's ends, the model's own is no difference.
///
/// `again` may hold everything that the model proposes, as a person may have accepted what reaches no threshold; what the receipt
/// does not have counts only where `reaches` says that it reaches its own.
pub fn compare(receipt: &Receipt, again: &Receipt, reaches: &dyn Fn(&ReceiptFinding) -> bool) -> Differences {
    let mut differences = compare_runs(receipt, again);
    for then in &receipt.contracts {
        let path = then.path.clone();
        match counterpart(then, &again.contracts) {
            None => differences.push(Difference::NotReadAgain { path, reason: None }),
            Some(now) if now.sha256.is_some() && now.sha256 != then.sha256 => {
                differences.push(Difference::File { path });
            }
            Some(now) => match (&then.error, &now.error) {
                (None, Some(reason)) => {
                    differences.push(Difference::NotReadAgain { path, reason: Some(reason.clone()) });
                }
                (Some(_), None) => differences.push(Difference::ReadNow { path }),
                (Some(_), Some(_)) => {}
                (None, None) => compare_findings(then, now, reaches, &mut differences),
            },
        }
    }
    let unknown = again.contracts.iter().filter(|now| counterpart(now, &receipt.contracts).is_none());
    differences.extend(unknown.map(|now| Difference::NotInReceipt { path: now.path.clone() }));
    Differences(differences)
}

fn compare_runs(receipt: &Receipt, again: &Receipt) -> Vec<Difference> {
    let (then, now) = (&receipt.run, &again.run);
    let mut differences = Vec::new();
    if then.version != now.version {
        differences.push(Difference::Version { then: then.version.clone(), now: now.version.clone() });
    }
    if then.model_sha256 != now.model_sha256 {
        let named = |run: &crate::RunRecord| format!("{} (SHA-256 {})", run.model, run.model_sha256);
        differences.push(Difference::Model { then: named(then), now: named(now) });
    }
    differences
}

fn counterpart<'c>(contract: &ReceiptContract, others: &'c [ReceiptContract]) -> Option<&'c ReceiptContract> {
    let by_hash = |other: &&ReceiptContract| contract.sha256.is_some() && other.sha256 == contract.sha256;
    others.iter().find(|other| other.path == contract.path).or_else(|| others.iter().find(by_hash))
}

fn compare_findings(
    then: &ReceiptContract,
    now: &ReceiptContract,
    reaches: &dyn Fn(&ReceiptFinding) -> bool,
    differences: &mut Vec<Difference>,
) {
    let path = &then.path;
    let same = |a: &ReceiptFinding, b: &ReceiptFinding| {
        a.category == b.category && (a.start, a.end) == (b.start, b.end)
    };
    for finding in then.findings.iter().filter(|finding| finding.is_expected()) {
        match now.findings.iter().find(|other| same(finding, other)) {
            None => {
                differences.push(Difference::Missing { path: path.clone(), finding: finding.clone() });
            }
            Some(other) if (other.confidence - finding.confidence).abs() > SAME_CONFIDENCE => {
                differences.push(Difference::Confidence {
                    path: path.clone(),
                    finding: other.clone(),
                    then: finding.confidence,
                });
            }
            Some(_) => {}
        }
    }
    let moved = |finding: &ReceiptFinding| {
        then.findings.iter().any(|edited| {
            let overlaps = edited.start < finding.end && finding.start < edited.end;
            edited.origin == Origin::Edited && edited.category == finding.category && overlaps
        })
    };
    let known = |finding: &ReceiptFinding| then.findings.iter().any(|other| same(finding, other));
    let extra = now.findings.iter().filter(|finding| reaches(finding) && !known(finding) && !moved(finding));
    differences
        .extend(extra.map(|finding| Difference::Extra { path: path.clone(), finding: finding.clone() }));
}

#[cfg(test)]
mod tests {
    use proviso_core::Decision;

    use super::*;
    use crate::{ContractRecord, FindingRecord, RunRecord, samples};

    fn at(start: usize) -> FindingRecord {
        FindingRecord { start, end: start + 10, ..samples::finding("Insurance") }
    }

    fn receipt_of(run: &RunRecord, contracts: &[ContractRecord]) -> Receipt {
        Receipt::new(run, &crate::SettingsRecord::default(), contracts)
    }

    fn of(findings: Vec<FindingRecord>) -> Receipt {
        receipt_of(&samples::run(), &[samples::contract("x.pdf", findings)])
    }

    fn sentences(receipt: &Receipt, again: &Receipt) -> Vec<String> {
        compare(receipt, again, &|_| true).0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_run_has_no_differences() {
        let rounded = FindingRecord { confidence: 0.8769, ..at(0) };
        assert!(sentences(&of(vec![at(0), at(50)]), &of(vec![at(50), rounded])).is_empty());
    }

    #[test]
    fn findings_that_differ_are_named() {
        let surer = FindingRecord { confidence: 0.9, ..at(0) };
        let found = sentences(&of(vec![at(0), at(50)]), &of(vec![surer, at(70)]));
        assert_eq!(
            found,
            [
                "x.pdf: Insurance at bytes 0 to 10 of the text has a confidence of 0.900; the receipt says 0.877.",
                "x.pdf: Insurance at bytes 50 to 60 of the text is in the receipt and was not found again.",
                "x.pdf: Insurance at bytes 70 to 80 of the text was found and is not in the receipt.",
            ]
        );
    }

    #[test]
    fn what_a_person_did_is_no_difference() {
        let added = at(200).reviewed(Decision::Accepted, Origin::Added, None);
        let edited = at(45).reviewed(Decision::Accepted, Origin::Edited, None);
        let rejected = at(0).reviewed(Decision::Rejected, Origin::Model, None);
        let given = of(vec![rejected, edited.clone(), added]);
        assert!(sentences(&given, &of(vec![at(0), at(50)])).is_empty());
        assert_eq!(sentences(&of(vec![edited]), &of(vec![at(60)])).len(), 1, "it lies beside the edited one");
    }

    #[test]
    fn other_files_are_named_and_not_compared() {
        let other = "ef".repeat(32).parse().unwrap();
        let changed = ContractRecord { sha256: Some(other), ..samples::contract("x.pdf", vec![]) };
        let again = receipt_of(&samples::run(), &[changed]);
        let found = sentences(&of(vec![at(0)]), &again);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("x.pdf: the file is not the one of the receipt"), "{found:?}");
        let nothing = receipt_of(&samples::run(), &[]);
        assert_eq!(sentences(&of(vec![]), &nothing), ["x.pdf: the contract was not read again."]);
        assert_eq!(sentences(&nothing, &again), ["x.pdf: the receipt does not name this contract."]);
        let moved = receipt_of(&samples::run(), &[samples::contract("/new/y.pdf", vec![at(0)])]);
        assert!(sentences(&of(vec![at(0)]), &moved).is_empty(), "a moved file is known by its hash");
    }

    #[test]
    fn another_model_or_version_is_named() {
        let model_sha256 = "ee".repeat(32).parse().unwrap();
        let run = RunRecord { version: "0.2.0".into(), model: "ours".into(), model_sha256, ..samples::run() };
        let again = receipt_of(&run, &[samples::contract("x.pdf", vec![])]);
        let found = sentences(&of(vec![]), &again);
        assert_eq!(found[0], "The receipt is of Proviso 0.1.0; this is Proviso 0.2.0.");
        assert!(found[1].contains("model proviso-mini (SHA-256 cdcd") && found[1].contains("this is ours"));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_is_below_its_threshold_is_found_again_and_not_expected() {
        let low = |start| FindingRecord { confidence: 0.2, ..at(start) };
        let (given, again) = (of(vec![at(0), low(50)]), of(vec![at(0), low(50), low(90)]));
        let reaches = |finding: &ReceiptFinding| finding.confidence >= 0.5;
        assert!(compare(&given, &again, &reaches).is_empty(), "a person accepted the low one");
        assert_eq!(compare(&given, &again, &|_| true).0.len(), 1);
        let by_another = FindingRecord { by_run: false, ..at(120) };
        assert!(compare(&of(vec![at(0), by_another]), &of(vec![at(0)]), &reaches).is_empty());
    }

    #[test]
    fn what_could_not_be_read_is_said_with_its_reason() {
        let unread = |error: &str| {
            let contract = samples::contract("x.pdf", vec![]);
            receipt_of(&samples::run(), &[ContractRecord { error: Some(error.into()), ..contract }])
        };
        assert_eq!(
            sentences(&of(vec![at(0)]), &unread("it needs a password")),
            ["x.pdf: the contract was not read again: it needs a password."]
        );
        assert_eq!(sentences(&unread("damaged"), &of(vec![])).len(), 1);
        assert!(sentences(&unread("damaged"), &unread("it is damaged")).is_empty());
    }
}
