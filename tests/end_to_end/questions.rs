//! Hugging Face folders of models that answer questions: imported, gone on with after an interruption, refused, and asked. The
//! folders hold small random models, which find nothing of sense; what is looked at is how.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    person::{Person, copied},
    program::{Extraction, contract, root, stderr, stdout},
};

const FOLDERS: [&str; 4] =
    ["bert-safetensors", "roberta-bin", "deberta-v2-sharded", "deberta-v3-bin-sharded"];

fn hugging_face(name: &str) -> PathBuf {
    root().join("crates/proviso-encoder/tests/questions").join(name)
}

/// Asks an imported model about the shortest contract.
fn asked(person: &Person, more: &[&str]) -> Extraction {
    let file = contract("services-two-column.pdf");
    let mut arguments = vec!["extract", "--format", "json", "--model", "ours"];
    arguments.extend(more);
    arguments.push(file.to_str().unwrap());
    let output = person.run(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The numbers of the sentence about passes: all, made, left out, known.
fn passes(extraction: &Extraction) -> [usize; 4] {
    let sentence =
        extraction.run.plan.iter().find(|sentence| sentence.contains("pairs of question")).unwrap();
    let numbers = sentence.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn every_form_of_weights_is_imported_asked_and_removed() {
    for name in FOLDERS {
        let person = Person::new();
        let output = person.import(&hugging_face(name), &["--name", "ours", "--precision", "int8"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert_eq!(person.folders(), ["ours"]);
        let list = person.run(&["models", "list"]);
        assert!(stdout(&list).contains("ours  answers questions one by one"), "{}", stdout(&list));
        assert!(person.run(&["models", "verify", "ours"]).status.success());

        let extraction = asked(&person, &[]);
        assert_eq!((extraction.run.model.as_str(), extraction.run.precision.as_str()), ("ours", "int8"));
        let [all, made, left_out, known] = passes(&extraction);
        assert_eq!(made + left_out + known, all, "{name}");
        assert!(all >= 41 && left_out > all / 2, "{name}: {:?}", passes(&extraction));

        assert!(person.run(&["models", "remove", "ours"]).status.success());
        assert!(person.folders().is_empty());
    }
}

#[test]
fn every_passage_is_asked_about_if_that_is_wished_and_questions_of_ones_own_are_asked_too() {
    let person = Person::new();
    let folder = hugging_face("roberta-bin");
    assert!(person.import(&folder, &["--name", "ours", "--precision", "f32"]).status.success());
    let exhaustive = asked(&person, &["--exhaustive"]);
    let [all, made, left_out, known] = passes(&exhaustive);
    assert_eq!((left_out, made + known), (0, all));
    let own = "Deposit=Is a deposit to be paid before the services begin?";
    let more = asked(&person, &["--exhaustive", "--question", own]);
    assert!(passes(&more)[0] > all);
    let known_names = |extraction: &Extraction| {
        let findings = &extraction.documents[0].findings;
        findings.iter().filter(|finding| finding.category != "Deposit").count()
    };
    assert_eq!(known_names(&more), known_names(&exhaustive), "another question changes no other answer");
    let text =
        |finding: &crate::program::Finding| !finding.text.trim().is_empty() && finding.confidence > 0.4;
    assert!(exhaustive.documents[0].findings.iter().all(text));

    // A span tagger has no such questions.
    let file = contract("services-two-column.pdf");
    let output = person.run(&["extract", "--question", own, file.to_str().unwrap()]);
    assert!(!output.status.success() && stderr(&output).contains("--model"), "{}", stderr(&output));
}

#[test]
fn an_imported_model_runs_with_the_numbers_of_its_import_only() {
    let person = Person::new();
    let folder = hugging_face("bert-safetensors");
    assert!(person.import(&folder, &["--name", "ours", "--precision", "f16"]).status.success());
    let plan = person.run(&["plan", "--model", "ours", "--json"]);
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap();
    assert_eq!((&plan["plan"]["precision"], &plan["plan"]["placement"]), (&"f16".into(), &"memory".into()));
    let output = person.run(&["plan", "--model", "ours", "--precision", "int8"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("import it again"), "{}", stderr(&output));
    let line = person.run(&["bench", "--model", "ours", "--lengths", "64", "--json"]);
    let line: Value = serde_json::from_slice(&line.stdout).unwrap();
    assert_eq!((&line["precision"], &line["length"]), (&"f16".into(), &64.into()), "{line}");
}

#[test]
fn an_interrupted_import_is_gone_on_with() {
    let person = Person::new();
    let folder = hugging_face("deberta-v2-sharded");
    let arguments = ["--name", "ours", "--precision", "int8"];
    // A folder in the place of a file: the import ends there.
    let kept = person.models().join(".interrupted/ours");
    fs::create_dir_all(kept.join("layer-001.safetensors")).unwrap();
    let output = person.import(&folder, &arguments);
    assert!(!output.status.success() && stderr(&output).contains("layer-001"), "{}", stderr(&output));
    let list = person.run(&["models", "list"]);
    assert!(stderr(&list).contains("`ours` was interrupted"), "{}", stderr(&list));
    assert!(!stdout(&list).contains("ours  "), "it is no model yet");

    let written = |name: &str| fs::metadata(kept.join(name)).unwrap().modified().unwrap();
    let before = written("words.safetensors");
    fs::remove_dir(kept.join("layer-001.safetensors")).unwrap();
    assert!(person.import(&folder, &arguments).status.success());
    assert_eq!(person.folders(), ["ours"]);
    let after = fs::metadata(person.models().join("ours/words.safetensors")).unwrap().modified().unwrap();
    assert_eq!(after, before, "what was done is not done again");
    assert!(person.run(&["models", "verify", "ours"]).status.success());

    // Other numbers begin anew; and what nobody goes on with is dropped.
    fs::create_dir_all(person.models().join(".interrupted/other/layer-000.safetensors")).unwrap();
    assert!(!person.import(&folder, &["--name", "other"]).status.success());
    assert!(person.run(&["models", "remove", "other"]).status.success());
    assert_eq!(person.folders(), ["ours"]);
}

/// A copy of a folder in which one file was changed.
fn changed(name: &str, file: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) -> tempfile::TempDir {
    let kept = tempfile::tempdir().unwrap();
    let copy = kept.path().join("model");
    copied(&hugging_face(name), &copy);
    let path = copy.join(file);
    match change(fs::read(&path).unwrap()) {
        Some(bytes) => fs::write(&path, bytes).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
    kept
}

fn refused(kept: &Path, reasons: &[&str]) {
    Person::new().is_refused(&kept.join("model"), &["--name", "ours"], 4, reasons);
}

#[test]
fn a_damaged_folder_is_refused_with_the_file_and_the_reason() {
    let shard = "model-00002-of-00003.safetensors";
    let cut = |bytes: Vec<u8>| Some(bytes[..bytes.len() - 9].to_vec());
    refused(changed("deberta-v2-sharded", shard, cut).path(), &[shard, "cut off"]);
    refused(changed("deberta-v2-sharded", shard, |_| None).path(), &[shard, "missing"]);
    let bomb = |mut bytes: Vec<u8>| {
        bytes[..8].copy_from_slice(&u64::MAX.to_le_bytes());
        Some(bytes)
    };
    refused(changed("bert-safetensors", "model.safetensors", bomb).path(), &["model.safetensors", "header"]);
    let overlap = |bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes[..]).into_owned();
        let at = text.find("\"data_offsets\":[").unwrap() + "\"data_offsets\":[".len();
        let mut bytes = bytes;
        // The first number of the first range; one that is not the next byte leaves a gap or overlaps.
        bytes[at] = if bytes[at] == b'9' { b'8' } else { bytes[at] + 1 };
        Some(bytes)
    };
    refused(
        changed("bert-safetensors", "model.safetensors", overlap).path(),
        &["model.safetensors", "tensor"],
    );
    refused(changed("roberta-bin", "pytorch_model.bin", cut).path(), &["pytorch_model.bin"]);
    refused(changed("roberta-bin", "config.json", |_| Some(b"{}".to_vec())).path(), &["config.json"]);
    refused(changed("roberta-bin", "tokenizer.json", |_| Some(b"[]".to_vec())).path(), &["tokenizer.json"]);
    refused(changed("deberta-v2-sharded", "tokenizer.json", |_| None).path(), &["spm.model"]);
}

#[test]
fn a_pickle_with_code_is_refused_and_nothing_of_it_runs() {
    let kept = tempfile::tempdir().unwrap();
    let copy = kept.path().join("model");
    copied(&hugging_face("roberta-bin"), &copy);
    let hostile = root().join("crates/proviso-encoder/tests/sources/bad-command/pytorch_model.bin");
    fs::copy(hostile, copy.join("pytorch_model.bin")).unwrap();
    refused(kept.path(), &["pytorch_model.bin", "it was not run"]);
}
