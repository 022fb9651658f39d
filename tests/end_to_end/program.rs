//! Running `proviso` and reading what it prints.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde::Deserialize;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A file of `tests/contracts`.
pub fn contract(name: &str) -> PathBuf {
    root().join("tests/contracts").join(name)
}

/// `proviso` with the bundled models and nothing of the person's own.
pub fn proviso<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Output {
    // Nothing can be made below a device, so nothing is remembered from one run to the next.
    proviso_with_data(Path::new("/dev/null"), arguments)
}

/// `proviso` with the bundled models and a person's folder for programs' data, which is chosen so on Linux alone.
pub fn proviso_with_data<A: AsRef<OsStr>>(
    data_folder: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Output {
    Command::new(env!("CARGO_BIN_EXE_proviso"))
        .args(arguments)
        .env("PROVISO_MODELS", root().join("models"))
        .env("XDG_DATA_HOME", data_folder)
        .output()
        .unwrap()
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// `extract --format json`, to the letter: an unknown or missing field is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extraction {
    pub schema: u32,
    pub run: Run,
    pub documents: Vec<Contract>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub version: String,
    pub model: String,
    pub model_sha256: String,
    pub precision: String,
    pub device: String,
    pub plan: Vec<String>,
    pub seconds: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    pub path: String,
    pub sha256: Option<String>,
    pub pages: u32,
    pub warnings: Vec<Warning>,
    pub findings: Vec<Finding>,
    pub error: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    pub page: Option<u32>,
    pub kind: String,
    pub message: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub category: String,
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub page: u32,
    pub rects: Vec<[f32; 4]>,
    pub confidence: f32,
    pub answer: Option<String>,
}

/// Reads files and expects that all of them could be.
pub fn extract(files: &[PathBuf], more: &[&str]) -> Extraction {
    let arguments = ["extract", "--format", "json"].iter().chain(more).map(|a| (*a).into());
    let output = proviso(arguments.chain(files.iter().map(|file| file.clone().into_os_string())));
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}
