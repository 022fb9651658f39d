//! `proviso verify`: a receipt that holds, and receipts and contracts that were changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use proviso_app::view::{ExportFormat, Preferences, ReviewAction};
use serde_json::Value;

use crate::{
    program::{contract, proviso, stderr, stdout},
    workbench::workbench,
};

const NAME: &str = "services-two-column.pdf";

/// A folder with a contract and the receipt of its reading.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::copy(contract(NAME), desk.at(NAME)).unwrap();
        let written = proviso([
            "extract".as_ref(),
            "--speed".as_ref(),
            "fast".as_ref(),
            "--format".as_ref(),
            "receipt".as_ref(),
            "-o".as_ref(),
            desk.at("receipt.json").as_os_str(),
            desk.at(NAME).as_os_str(),
        ]);
        assert!(written.status.success(), "{}", stderr(&written));
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn receipt(&self) -> Value {
        serde_json::from_slice(&fs::read(self.at("receipt.json")).unwrap()).unwrap()
    }

    fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut receipt = self.receipt();
        change(&mut receipt);
        fs::write(self.at("receipt.json"), receipt.to_string()).unwrap();
    }

    fn verify(&self, more: &[&Path]) -> Output {
        let receipt = self.at("receipt.json");
        proviso([Path::new("verify"), &receipt].into_iter().chain(more.iter().copied()))
    }
}

/// The differences that `--json` lists, by kind, with their sentences.
fn differences(output: &Output) -> Vec<(String, String)> {
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let listed = printed["differences"].as_array().unwrap();
    assert_eq!(printed["same"], listed.is_empty());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed.iter().map(|difference| (text(&difference["kind"]), text(&difference["sentence"]))).collect()
}

#[test]
fn the_same_contracts_give_the_same_also_from_another_folder() {
    let desk = Desk::new();
    let output = desk.verify(&[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let count = desk.receipt()["contracts"][0]["findings"].as_array().unwrap().len();
    assert!(count > 10);
    assert!(stdout(&output).contains(&format!("the same {count} findings")), "{}", stdout(&output));
    assert!(stdout(&output).contains("Everything is as the receipt says: 1 contract."));

    let archive = tempfile::tempdir().unwrap();
    fs::create_dir(archive.path().join("2026")).unwrap();
    fs::rename(desk.at(NAME), archive.path().join("2026/renamed.pdf")).unwrap();
    let lost = desk.verify(&[Path::new("--json")]);
    assert_eq!(lost.status.code(), Some(3));
    let [(kind, sentence)] = &differences(&lost)[..] else { panic!("{}", stdout(&lost)) };
    assert_eq!(kind, "not_read_again");
    assert!(sentence.contains(NAME) && sentence.contains("name the file, or a folder"), "{sentence}");
    let found = desk.verify(&[Path::new("--json"), archive.path()]);
    assert_eq!(found.status.code(), Some(0), "{}", stdout(&found));
    assert!(differences(&found).is_empty());
    let printed: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert!(printed["contracts"][0]["file"].as_str().unwrap().ends_with("renamed.pdf"));
    assert_eq!(printed["contracts"][0]["findings"], count);
}

#[test]
fn an_altered_contract_is_named_and_not_compared() {
    let desk = Desk::new();
    let altered = [&fs::read(desk.at(NAME)).unwrap()[..], b"\n% changed\n"].concat();
    fs::write(desk.at(NAME), altered).unwrap();
    let output = desk.verify(&[]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stdout(&output).contains("the file is not the one of the receipt"), "{}", stdout(&output));
    assert!(stdout(&output).contains("1 difference from the receipt"), "{}", stdout(&output));
}

#[test]
fn altered_findings_are_named_one_by_one() {
    let desk = Desk::new();
    desk.change(|receipt| {
        let findings = receipt["contracts"][0]["findings"].as_array_mut().unwrap();
        findings[0]["start"] = (findings[0]["start"].as_u64().unwrap() + 1).into();
        findings[1]["confidence"] = (findings[1]["confidence"].as_f64().unwrap() / 2.0).into();
        findings.remove(2);
    });
    let output = desk.verify(&[Path::new("--json")]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let mut kinds: Vec<String> = differences(&output).into_iter().map(|(kind, _)| kind).collect();
    kinds.sort();
    assert_eq!(kinds, ["confidence", "extra", "extra", "missing"]);
}

#[test]
fn the_version_is_compared_and_another_speed_is_not_passed_over() {
    let desk = Desk::new();
    desk.change(|receipt| receipt["run"]["version"] = "0.0.1".into());
    let output = desk.verify(&[]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stdout(&output).contains("The receipt is of Proviso 0.0.1"), "{}", stdout(&output));
    desk.change(|receipt| receipt["settings"]["speed"] = "accurate".into());
    let output = desk.verify(&[Path::new("--json")]);
    assert!(differences(&output).len() > 1, "it is read as the receipt says: {}", stdout(&output));
}

#[test]
fn a_model_that_is_not_here_is_impossible() {
    let desk = Desk::new();
    let unknown = "ab".repeat(32);
    desk.change(|receipt| receipt["run"]["model_sha256"] = unknown.clone().into());
    let output = desk.verify(&[]);
    assert_eq!(output.status.code(), Some(4));
    let said = stderr(&output);
    assert!(said.contains(&unknown) && said.contains("proviso-mini") && said.contains("import it"), "{said}");
    assert!(output.stdout.is_empty());
    desk.change(|receipt| receipt["run"]["precision"] = "int3".into());
    assert_eq!(desk.verify(&[]).status.code(), Some(4));
}

#[test]
fn what_is_no_receipt_is_a_wrong_use() {
    let desk = Desk::new();
    let whole = fs::read(desk.at("receipt.json")).unwrap();
    for bytes in [&whole[..whole.len() / 2], b"", &fs::read(desk.at(NAME)).unwrap(), b"{\"schema\": 99}"] {
        fs::write(desk.at("receipt.json"), bytes).unwrap();
        let output = desk.verify(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("this is no receipt of Proviso that can be read"));
    }
    fs::remove_file(desk.at("receipt.json")).unwrap();
    let output = desk.verify(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("receipt.json"), "{}", stderr(&output));
    assert_eq!(proviso(["verify"]).status.code(), Some(2));
}

#[test]
fn a_receipt_of_the_window_holds_with_thresholds_and_decisions_of_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let id = bench.open(&contract(NAME), None, &|_| {}).unwrap().id;
    let reading = bench.read(id, &|_| {}).unwrap();
    let mut by_confidence: Vec<_> = reading.findings.iter().collect();
    by_confidence.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let (unlikely, likely) = (by_confidence[0], by_confidence[by_confidence.len() - 1]);
    let other = by_confidence.iter().rev().find(|finding| finding.category != likely.category).unwrap();
    let hidden = [(likely.category.clone(), 1.0)].into();
    bench.save_preferences(Preferences { thresholds: hidden, ..Preferences::default() }).unwrap();
    bench.review(id, &ReviewAction::Accept { finding: unlikely.id }).unwrap();
    bench.review(id, &ReviewAction::Reject { finding: other.id }).unwrap();
    let path = folder.path().join("receipt.json");
    bench.export(id, ExportFormat::Receipt, &path).unwrap();
    let output = proviso([Path::new("verify"), &path]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));

    // The thresholds are part of it: without them what the person did not want to see is expected.
    let mut receipt: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(receipt["settings"]["thresholds"][&likely.category], 1.0);
    receipt["settings"]["thresholds"] = serde_json::json!({});
    fs::write(&path, receipt.to_string()).unwrap();
    let output = proviso([Path::new("verify"), Path::new("--json"), &path]);
    assert_eq!(output.status.code(), Some(3));
    let found = differences(&output);
    assert!(
        found.iter().any(|(kind, sentence)| kind == "extra" && sentence.contains(&likely.category)),
        "{found:?}"
    );
}
