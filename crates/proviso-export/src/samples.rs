//! Records for tests.

use proviso_core::{Decision, Origin};

use crate::{ContractRecord, FindingRecord, MarkRecord, RunRecord};

/// A finding on page 2 that nobody has reviewed.
pub(crate) fn finding(category: &str) -> FindingRecord {
    FindingRecord {
        category: category.into(),
        text: "The Supplier keeps insurance.".into(),
        start: 3,
        end: 9,
        page: 2,
        rects: vec![[1.0, 2.0, 3.0, 4.0]],
        confidence: 0.8765,
        answer: Some("Yes".into()),
        answer_basis: None,
        status: Decision::Unreviewed,
        origin: Origin::Model,
        note: None,
        by_run: true,
        marks: vec![MarkRecord { page: 2, rect: [1.0, 2.0, 3.0, 4.0] }],
    }
}

/// A contract that was read.
pub(crate) fn contract(path: &str, findings: Vec<FindingRecord>) -> ContractRecord {
    let sha256 = "ab".repeat(32).parse().unwrap();
    let unread = ContractRecord::failed(path.into(), Some(sha256), String::new());
    ContractRecord { pages: 2, findings, error: None, ..unread }
}

/// A run of the bundled model.
pub(crate) fn run() -> RunRecord {
    RunRecord {
        version: "0.1.0".into(),
        model: "proviso-mini".into(),
        model_sha256: "cd".repeat(32).parse().unwrap(),
        precision: "f32".into(),
        device: "cpu".into(),
        plan: vec!["Because.".into()],
        seconds: 1.5,
    }
}
