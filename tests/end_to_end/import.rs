//! Models imported, calibrated on contracts, used, and removed, in a data folder of the test's own.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::{
    person::{Person, copied},
    program::{Extraction, contract, root, stderr, stdout},
};

fn bundled() -> PathBuf {
    root().join("models/proviso-mini")
}

#[test]
fn a_model_is_imported_calibrated_used_and_removed() {
    let person = Person::new();
    let calibrate = contract("services-two-column.pdf");
    let output =
        person.import(&bundled(), &["--name", "Ours 8-bit", "--calibrate", calibrate.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(
        told.starts_with("Ours 8-bit: imported into ") && told.contains("from 1 of 1 PDF files"),
        "{told}"
    );
    assert_eq!(person.folders(), ["Ours 8-bit"]);

    let list = person.run(&["models", "list"]);
    assert!(stdout(&list).contains("Ours 8-bit") && stdout(&list).contains("proviso-mini"), "{list:?}");
    let verified = person.run(&["models", "verify", "Ours 8-bit"]);
    assert!(stdout(&verified).contains("all 5 files"), "{verified:?}");
    let using = ["--model", "Ours 8-bit", "--precision", "int8-static"];
    let plan = person.run(&[&["plan", "--json"], &using[..]].concat());
    let plan: Value = serde_json::from_str(stdout(&plan)).unwrap();
    assert_eq!(plan["plan"]["precision"], "int8-static");

    let sample = contract("sample-licence-and-distribution.pdf");
    let read = |using: &[&str]| -> Extraction {
        let output =
            person.run(&[&["extract", "--format", "json", sample.to_str().unwrap()], using].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let (found, exact) = (read(&using), read(&["--precision", "f32"]));
    assert_eq!((found.run.model.as_str(), found.run.precision.as_str()), ("Ours 8-bit", "int8-static"));
    assert_eq!(found.run.model_sha256, exact.run.model_sha256, "the weights are the same");
    let (found, exact) = (&found.documents[0].findings, &exact.documents[0].findings);
    let is_found = |clause: &&crate::program::Finding| {
        found.iter().any(|f| f.category == clause.category && f.start < clause.end && clause.start < f.end)
    };
    let both = exact.iter().filter(is_found).count();
    println!(
        "{both} of {} clauses of f32 are found with int8-static, which finds {}",
        exact.len(),
        found.len()
    );
    assert!(exact.len() > 30 && 10 * both >= 8 * exact.len() && found.len() <= 2 * exact.len());

    let removed = person.run(&["models", "remove", "Ours 8-bit"]);
    assert!(removed.status.success() && stdout(&removed).contains("removed"), "{removed:?}");
    assert!(person.folders().is_empty());
    assert_eq!(person.run(&["models", "verify", "Ours 8-bit"]).status.code(), Some(4));
}

#[test]
fn contracts_that_cannot_be_read_are_named_and_left_out() {
    let person = Person::new();
    let folder = tempfile::tempdir().unwrap();
    for name in ["not-a-pdf.pdf", "consulting-encrypted.pdf"] {
        fs::copy(contract(name), folder.path().join(name)).unwrap();
    }
    let contracts = folder.path().to_str().unwrap();
    let calibrate = ["--name", "ours", "--calibrate", contracts];
    let reasons = ["not-a-pdf.pdf", "consulting-encrypted.pdf", "none of the contracts", "not imported"];
    person.is_refused(&bundled(), &calibrate, 1, &reasons);
    let empty = tempfile::tempdir().unwrap();
    let nothing = ["--name", "ours", "--calibrate", empty.path().to_str().unwrap()];
    person.is_refused(&bundled(), &nothing, 1, &["there are no PDF files"]);

    fs::copy(contract("services-two-column.pdf"), folder.path().join("services.pdf")).unwrap();
    let output = person.import(&bundled(), &calibrate);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stdout(&output).contains("from 1 of 3 PDF files"), "{}", stdout(&output));
    for name in ["not-a-pdf.pdf", "consulting-encrypted.pdf"] {
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
    assert_eq!(person.folders(), ["ours"]);
}

#[test]
fn names_that_are_taken_or_lead_elsewhere_are_refused() {
    let person = Person::new();
    person.is_refused(&bundled(), &[], 4, &["`proviso-mini` already", "not one of your own", "--name"]);
    for name in ["../ours", "a/b", ".ours", "", "ours."] {
        person.is_refused(&bundled(), &["--name", name], 4, &["cannot be the name"]);
    }
    assert!(person.import(&bundled(), &["--name", "ours"]).status.success());
    person.is_refused(&bundled(), &["--name", "ours"], 4, &["proviso models remove ours"]);
    assert_eq!(person.folders(), ["ours"]);
}

#[test]
fn a_broken_or_foreign_folder_is_not_imported() {
    let person = Person::new();
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken");
    copied(&bundled(), &broken);
    let weights = broken.join("model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&weights, bytes).unwrap();
    let reasons = ["model.safetensors", "changed or damaged"];
    person.is_refused(&broken, &["--name", "ours"], 4, &reasons);
    let pdf = contract("services-two-column.pdf");
    let calibrate = ["--name", "ours", "--calibrate", pdf.to_str().unwrap()];
    person.is_refused(&broken, &calibrate, 4, &reasons);
    fs::remove_file(&weights).unwrap();
    person.is_refused(&broken, &["--name", "ours"], 4, &["model.safetensors", "cannot be read"]);

    let hugging_face = root().join("crates/proviso-encoder/tests/reference/roberta");
    person.is_refused(&hugging_face, &[], 4, &["qa_outputs.weight", "missing"]);
    person.is_refused(folder.path(), &[], 4, &["holds no model"]);
    person.is_refused(&folder.path().join("missing"), &[], 1, &["missing", "cannot be opened"]);
    assert!(person.folders().is_empty());
}

#[test]
fn only_imported_models_are_removed() {
    let person = Person::new();
    fs::create_dir_all(person.models().join("photos")).unwrap();
    for (name, reason) in [
        ("proviso-mini", "not one that you imported"),
        ("photos", "there is no model `photos`"),
        ("nowhere", "there is no model `nowhere`"),
        ("../models", "cannot be the name"),
    ] {
        let output = person.run(&["models", "remove", name]);
        assert_eq!(output.status.code(), Some(4), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
    }
    assert!(bundled().join("manifest.json").is_file());
    assert_eq!(person.folders(), ["photos"]);
}

#[test]
fn what_an_interrupted_import_left_is_no_model_and_is_cleared() {
    let person = Person::new();
    let half = person.models().join(".unfinished/model");
    fs::create_dir_all(half.parent().unwrap()).unwrap();
    copied(&bundled(), &half);
    assert_eq!(stdout(&person.run(&["models", "list"])).matches("weights in").count(), 1);
    assert!(person.import(&bundled(), &["--name", "ours"]).status.success());
    assert_eq!(person.folders(), ["ours"]);
}
