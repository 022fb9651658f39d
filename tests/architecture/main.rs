//! Keeps the shape of the project: which crate may know which, who owns the heavy libraries, that nothing can reach
//! a network, and what the user interface's folders may import.

mod crates;
mod interface;
mod network;
mod sources;

use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand};

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie within the workspace")
}

/// The resolved graph for this computer's platform: other platforms' packages need not have been downloaded.
fn metadata() -> Metadata {
    let query = |arguments: &[&str]| {
        let mut command = MetadataCommand::new();
        command
            .current_dir(root())
            .other_options(arguments.iter().map(|&a| a.to_owned()).collect::<Vec<_>>());
        command.exec()
    };
    let host = host();
    query(&["--locked", "--offline", "--filter-platform", &host])
        .or_else(|_| query(&["--locked", "--filter-platform", &host]))
        .expect("cargo describes the workspace")
}

fn host() -> String {
    let told = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let told = String::from_utf8(told.stdout).expect("rustc writes UTF-8");
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.expect("rustc names its host").to_owned()
}

/// All files below `folder` with one of these endings, sorted.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Fails with every violation, one a line.
fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}
