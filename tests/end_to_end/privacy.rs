//! Nothing leaves the computer, and a stranger's file reaches nothing on it: the program as a person runs it, watched.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::program::{Extraction, contract, proviso, root, stderr, stdout};

/// The contracts that are read while the program is watched, one of them a PDF that tries to reach out.
fn watched() -> [PathBuf; 2] {
    [contract("services-two-column.pdf"), root().join("ui/fixtures/hostile.pdf")]
}

/// Reads contracts by way of another program, which stands before ours on the command line.
fn extract_by(program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program)
        .args(arguments)
        .arg(env!("CARGO_BIN_EXE_proviso"))
        .args(["extract", "--speed", "fast", "--format", "json"])
        .args(watched())
        .env("PROVISO_MODELS", root().join("models"))
        .env("XDG_DATA_HOME", "/dev/null")
        .output()
        .ok()
}

fn assert_read(output: &Output) {
    assert!(output.status.success(), "{}", stderr(output));
    let extraction: Extraction = serde_json::from_slice(&output.stdout).unwrap();
    assert!(extraction.documents[0].findings.len() > 10);
    assert_eq!((extraction.documents[1].pages, &extraction.documents[1].error), (1, &None));
}

#[test]
fn contracts_are_read_where_there_is_no_network() {
    let permitted = Command::new("unshare").args(["-rn", "true"]).output();
    if !permitted.is_ok_and(|output| output.status.success()) {
        println!("SKIPPED: an empty network namespace is not permitted here");
        return;
    }
    assert_read(&extract_by("unshare", &["-rn"]).unwrap());
}

#[test]
fn no_socket_to_a_network_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("calls");
    let traced = "trace=%network,execve,seccomp,landlock_restrict_self,openat";
    let output = extract_by("strace", &["-f", "-qq", "-e", traced, "-o", log.to_str().unwrap()]);
    let Some(output) = output.filter(|output| !stderr(output).contains("ptrace")) else {
        println!("SKIPPED: strace is not installed, or may not trace here");
        return;
    };
    assert_read(&output);
    let calls = fs::read_to_string(&log).unwrap();
    let made =
        |name: &str| calls.lines().filter(|line| line.contains(&format!(" {name}("))).collect::<Vec<_>>();
    let outward: Vec<_> = ["socket", "connect", "bind", "sendto", "sendmsg"]
        .iter()
        .flat_map(|name| made(name))
        .filter(|call| !call.contains("AF_UNIX") && !call.contains("AF_NETLINK"))
        .collect();
    assert!(outward.is_empty(), "{outward:?}");
    // The program gave up connections, and each of the two reading processes everything else.
    assert_eq!(made("seccomp").len(), 3, "{:?}", made("seccomp"));
    assert_eq!(calls.matches("--read-pdf-in-child-process").count(), 2);
    for reading in made("execve").iter().filter(|call| call.contains("--read-pdf-in-child-process")) {
        let pid = reading.split(' ').next().unwrap();
        assert_confined_before_reading(&calls, pid);
    }
}

/// Nothing is opened by a reading process once it has given up its files.
fn assert_confined_before_reading(calls: &str, pid: &str) {
    let own: Vec<_> = calls.lines().filter(|line| line.starts_with(&format!("{pid} "))).collect();
    let given_up = own.iter().position(|call| call.contains("landlock_restrict_self("));
    if let Some(given_up) = given_up {
        let opened: Vec<_> = own[given_up..].iter().filter(|call| call.contains(" openat(")).collect();
        assert!(opened.iter().all(|call| call.contains(" = -1 ")), "{opened:?}");
    }
}

#[test]
fn about_says_what_holds() {
    let output = proviso(["about"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = stdout(&output);
    for part in ["Proviso 0.", "MIT or Apache-2.0", "proviso-mini  sha256 ", "takes PDFs apart"] {
        assert!(told.contains(part), "{told}");
    }
    if cfg!(target_os = "linux") {
        assert!(told.contains("(seccomp): yes\n"), "{told}");
        assert!(told.contains("Connections since the start: 0\n"), "{told}");
    }
}

fn copied_model(to: &Path) {
    for entry in fs::read_dir(root().join("models/proviso-mini")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn one_changed_byte_in_a_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("changed");
    fs::create_dir(&model).unwrap();
    copied_model(&model);
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let path = model.join(name);
        let sound = fs::read(&path).unwrap();
        let mut changed = sound.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&path, changed).unwrap();
        let arguments = ["extract", "--model", model.to_str().unwrap()].map(PathBuf::from);
        let output = proviso(arguments.into_iter().chain([contract("services-two-column.pdf")]));
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(4), "{name}: {message}");
        // `config.json` is looked at before it is hashed, to plan how the model runs.
        let told = message.contains("changed or damaged") || message.contains("is not usable");
        assert!(message.contains(name) && told, "{name}: {message}");
        assert!(output.stdout.is_empty());
        fs::write(&path, sound).unwrap();
    }
    // In the manifest itself a changed hash is a file that does not match.
    let path = model.join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let at = manifest.find("\"config.json\": \"").unwrap() + "\"config.json\": \"".len() + 8;
    let digit = if &manifest[at..=at] == "0" { "1" } else { "0" };
    let mut changed = manifest;
    changed.replace_range(at..=at, digit);
    fs::write(&path, changed).unwrap();
    let output = proviso(["models", "verify", model.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(stderr(&output).contains("changed or damaged"), "{}", stderr(&output));
}
