//! Receipts with damage anywhere: read, or refused with a reason; and those that can be read are compared.
#![allow(missing_docs, clippy::unwrap_used)]

use proviso_export::{ContractRecord, Receipt, RunRecord, SettingsRecord, compare, receipt};
use proviso_hostile::{Kind, damaged, seeds};

/// A receipt of three contracts, one of which could not be read, with some findings.
fn written() -> Vec<u8> {
    let run = RunRecord {
        version: "0.1.0".into(),
        model: "proviso-mini".into(),
        model_sha256: "cd".repeat(32).parse().unwrap(),
        precision: "int8".into(),
        device: "cpu".into(),
        plan: vec!["Because.".into()],
        seconds: 1.5,
    };
    let contract = |name: &str, reason: &str| {
        let sha256 = "ab".repeat(32).parse().unwrap();
        ContractRecord::failed(format!("/deals/{name}"), Some(sha256), reason.into())
    };
    let contracts = [contract("a.pdf", "it is damaged"), contract("b.pdf", ""), contract("ü.pdf", "why")];
    let text = String::from_utf8(receipt(&run, &SettingsRecord::default(), &contracts).unwrap()).unwrap();
    let findings = r#""findings": [
        {"category": "Insurance", "start": 3, "end": 90, "confidence": 0.87, "origin": "model"},
        {"category": "Parties", "start": 0, "end": 2, "confidence": 0.1, "by_run": false}]"#;
    let whole = text.replace("\"findings\": []", findings);
    assert_ne!(whole, text);
    whole.into_bytes()
}

#[test]
fn damaged_receipts_are_read_or_refused() {
    let whole = written();
    let good = Receipt::parse(&whole).unwrap();
    let (mut read, mut refused) = (0, 0);
    for seed in seeds("a receipt", 3000) {
        match Receipt::parse(&damaged(Kind::Text, &whole, seed)) {
            Ok(receipt) => {
                for differences in [compare(&receipt, &good, &|_| true), compare(&good, &receipt, &|_| true)]
                {
                    assert!(differences.0.iter().all(|difference| !difference.to_string().is_empty()));
                }
                read += 1;
            }
            Err(error) => {
                assert!(error.to_string().contains("no receipt of Proviso"), "{error}");
                refused += 1;
            }
        }
    }
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
}
