//! `proviso bench`: what it prints and what it refuses. How fast the machine is, is not tested.

use std::{fs, path::Path};

use serde::Deserialize;

use crate::program::{proviso, root, stderr, stdout};

/// A line of `bench --json`, to the letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    model: String,
    precision: String,
    device: String,
    threads: usize,
    batch: usize,
    length: usize,
    windows_per_second: f64,
    ms_per_window: f64,
    // Without this, a missing key would pass for null.
    #[serde(deserialize_with = "Option::deserialize")]
    peak_rss_mb: Option<f64>,
    kernel: String,
}

fn measured(arguments: &[&str]) -> Vec<Measured> {
    let output = proviso(["bench", "--json"].iter().chain(arguments));
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn assert_plausible(measured: &Measured) {
    assert_eq!((measured.device.as_str(), measured.batch), ("cpu", 1));
    assert!(measured.windows_per_second > 0.0 && measured.ms_per_window > 0.0, "{measured:?}");
    assert!(measured.peak_rss_mb.map_or(!cfg!(target_os = "linux"), |peak| peak > 1.0), "{measured:?}");
    assert!(!measured.kernel.is_empty());
}

/// A folder with `config.json` and weights alone.
fn bare_folder(parent: &Path) -> String {
    let (from, to) = (root().join("crates/proviso-encoder/tests/reference/bert"), parent.join("bare-bert"));
    fs::create_dir(&to).unwrap();
    for file in ["config.json", "model.safetensors"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    to.to_str().unwrap().to_owned()
}

#[test]
fn the_bundled_model_is_measured_as_the_plan_would_run_it() {
    let lines = measured(&["--lengths", "32,128"]);
    assert_eq!(lines.iter().map(|line| line.length).collect::<Vec<_>>(), [32, 128]);
    let plan: serde_json::Value = serde_json::from_str(stdout(&proviso(["plan", "--json"]))).unwrap();
    for line in &lines {
        assert_eq!(line.model, "proviso-mini");
        assert_eq!(line.precision, plan["plan"]["precision"].as_str().unwrap());
        assert_eq!(line.threads as u64, plan["plan"]["workers"].as_u64().unwrap());
        assert_plausible(line);
    }
}

#[test]
fn a_bare_folder_is_measured_at_each_level_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let bare = bare_folder(folder.path());
    let lines = measured(&["--model", &bare, "--precision", "f32,int8", "--lengths", "64", "--threads", "1"]);
    let settings: Vec<_> = lines.iter().map(|line| (line.precision.as_str(), line.threads)).collect();
    assert_eq!(settings, [("f32", 1), ("int8", 1)]);
    for line in &lines {
        assert_eq!((line.model.as_str(), line.length), ("bare-bert", 64));
        assert_plausible(line);
    }
}

#[test]
fn the_table_has_a_row_a_measurement() {
    let output = proviso(["bench", "--precision", "f16", "--lengths", "32", "--threads", "1"]);
    let lines: Vec<_> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("proviso-mini on cpu, one window at a time"), "{}", lines[0]);
    assert!(lines[2].starts_with("f16 ") && lines[2].contains(" 32 "), "{}", lines[2]);
}

#[test]
fn what_cannot_be_measured_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let bare = bare_folder(folder.path());
    let empty = folder.path().join("holiday-photos");
    fs::create_dir(&empty).unwrap();
    let unfinished = folder.path().join("unfinished");
    fs::create_dir(&unfinished).unwrap();
    fs::copy(Path::new(&bare).join("config.json"), unfinished.join("config.json")).unwrap();
    for (arguments, reason) in [
        (["--model", empty.to_str().unwrap()], "holiday-photos"),
        (["--model", unfinished.to_str().unwrap()], "unfinished"),
        (["--model", "nowhere"], "there is no model `nowhere`"),
        (["--batch", "1,8"], "one by one"),
        (["--precision", "int8-static"], "--calibrate"),
        (["--lengths", "128,100000"], "100000 tokens"),
    ] {
        let output = proviso(["bench", "--json"].iter().chain(&arguments));
        assert_eq!(output.status.code(), Some(4), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    for arguments in [["--lengths", "none"], ["--precision", "int3"]] {
        let output = proviso(["bench"].iter().chain(&arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}
