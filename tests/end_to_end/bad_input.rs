//! What cannot be served is said clearly, with the exit code that other programs act on, and nothing else is lost.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::program::{Extraction, contract, proviso, root, stderr, stdout};

fn extract_with(more: &[&str], files: &[PathBuf]) -> std::process::Output {
    let arguments = ["extract"].iter().chain(more).map(|a| (*a).into());
    proviso(arguments.chain(files.iter().map(|file| file.clone().into_os_string())))
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let names = ["not-a-pdf.pdf", "wrong-xref.pdf", "consulting-encrypted.pdf", "missing.pdf"];
    let output = extract_with(&["--speed", "fast", "--format", "json"], &names.map(contract));
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let extraction: Extraction = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(extraction.documents.len(), 4);
    for (document, (name, reason)) in extraction.documents.iter().zip([
        ("not-a-pdf.pdf", Some("not a PDF")),
        ("wrong-xref.pdf", None),
        ("consulting-encrypted.pdf", Some("password")),
        ("missing.pdf", Some("cannot be opened")),
    ]) {
        assert!(document.path.ends_with(name));
        match (reason, &document.error) {
            (None, None) => assert!(document.findings.len() > 20, "the repaired file is read"),
            (Some(reason), Some(error)) => {
                assert!(error.contains(name) && error.contains(reason), "{error}");
                assert!(stderr(&output).contains(error), "it is also said on standard error");
                assert!(document.findings.is_empty() && document.pages == 0);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_truncated_file_is_read_as_far_as_it_goes_or_refused() {
    let output = extract_with(&["--speed", "fast", "--format", "json"], &[contract("truncated.pdf")]);
    let extraction: Extraction = serde_json::from_slice(&output.stdout).unwrap();
    let document = &extraction.documents[0];
    match &document.error {
        Some(error) => assert!(error.contains("truncated.pdf") && output.status.code() == Some(3), "{error}"),
        None => assert!(!document.warnings.is_empty() && output.status.success(), "damage is told"),
    }
}

#[test]
fn a_wrong_password_is_told_apart_from_a_missing_one() {
    let output = extract_with(&["--password", "guess"], &[contract("consulting-encrypted.pdf")]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("the password does not open the file"), "{}", stderr(&output));
}

#[test]
fn what_is_typed_wrongly_is_a_usage_error() {
    for arguments in
        [&["extract"][..], &["extract", "--batch", "0", "x.pdf"], &["extract", "--speed", "warp", "x.pdf"]]
    {
        assert_eq!(proviso(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn what_cannot_run_here_ends_with_its_own_code() {
    let sample = [contract("services-two-column.pdf")];
    for (arguments, reason) in [
        (["--device", "cuda"], "cuda"),
        (["--precision", "int8-static"], "--calibrate"),
        (["--model", "nowhere"], "there is no model `nowhere`"),
        (["--memory-budget", "20"], "MB are missing"),
        (["--batch", "8"], "one by one"),
    ] {
        let output = extract_with(&arguments, &sample);
        assert_eq!(output.status.code(), Some(4), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_result_that_cannot_be_written_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/out.csv");
    let arguments = ["--speed", "fast", "-o", path.to_str().unwrap()];
    let output = extract_with(&arguments, &[contract("services-two-column.pdf")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("out.csv"), "{}", stderr(&output));
    let empty = proviso(["extract".as_ref(), folder.path().as_os_str()]);
    assert!(stderr(&empty).contains("no PDF files"), "{}", stderr(&empty));
}

/// A copy of the bundled model whose files a test may spoil.
fn copied_model(folder: &Path) -> PathBuf {
    let model = folder.join("spoiled");
    fs::create_dir(&model).unwrap();
    for entry in fs::read_dir(root().join("models/proviso-mini")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, model.join(path.file_name().unwrap())).unwrap();
    }
    model
}

#[test]
fn a_spoiled_model_is_named_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let model = copied_model(folder.path());
    let verify = || proviso(["models".as_ref(), "verify".as_ref(), model.as_os_str()]);
    assert!(verify().status.success(), "{}", stderr(&verify()));
    assert!(stdout(&verify()).contains("proviso-mini"));

    let vocabulary = model.join("tokenizer.json");
    let sound = fs::read(&vocabulary).unwrap();
    fs::write(&vocabulary, [&sound[..], b"\n"].concat()).unwrap();
    let output = extract_with(&["--model", model.to_str().unwrap()], &[contract("not-a-pdf.pdf")]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("tokenizer.json") && stderr(&output).contains("changed or damaged"));
    fs::write(&vocabulary, sound).unwrap();

    let weights = model.join("model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&weights, bytes).unwrap();
    for output in
        [verify(), extract_with(&["--model", model.to_str().unwrap()], &[contract("not-a-pdf.pdf")])]
    {
        assert_eq!(output.status.code(), Some(4));
        let message = stderr(&output);
        assert!(message.contains("model.safetensors") && message.contains("changed or damaged"), "{message}");
    }

    fs::remove_file(&weights).unwrap();
    assert!(stderr(&verify()).contains("cannot be read"), "{}", stderr(&verify()));
    fs::write(model.join("manifest.json"), "{\"schema\": 1").unwrap();
    assert!(stderr(&verify()).contains("manifest.json"), "{}", stderr(&verify()));
    fs::remove_file(model.join("manifest.json")).unwrap();
    assert!(stderr(&verify()).contains("no `manifest.json`"), "{}", stderr(&verify()));
}
