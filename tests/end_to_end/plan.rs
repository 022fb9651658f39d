//! What would run on this and on other computers, and why; and how measuring changes it.

use std::{fs, path::PathBuf, process::Command};

use serde_json::{Value, json};

use crate::program::{contract, proviso, proviso_with_data, root, stderr, stdout};

/// The description of a recorded machine.
fn machine(name: &str) -> PathBuf {
    root().join("crates/proviso-plan/tests/machines").join(name).join("hardware.json")
}

fn reason<'a>(plan: &'a Value, about: &str) -> &'a str {
    let reasons = plan["plan"]["reasons"].as_array().unwrap();
    reasons.iter().find(|reason| reason["about"] == about).unwrap()["text"].as_str().unwrap()
}

#[test]
fn the_plan_gives_its_reasons() {
    let output = proviso(["plan", "--json", "--threads", "3", "--speed", "accurate"]);
    let plan: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(plan["plan"]["workers"], 3);
    assert_eq!(plan["plan"]["batch"], json!({ "first": 1, "most": 1 }));
    assert_eq!(plan["plan"]["stride"], 64);
    assert!(plan["plan"]["reasons"].as_array().unwrap().len() >= 5);
    let plain = proviso(["plan"]);
    assert!(stdout(&plain).contains("runs alone at its exact length"), "{}", stdout(&plain));
}

#[test]
fn a_precision_that_is_asked_for_is_planned_and_its_cost_told() {
    for (precision, says) in
        [("f32", "32-bit floating point"), ("f16", "16 bits"), ("int8", "8-bit integers"), ("int4", "4-bit")]
    {
        let output = proviso(["plan", "--json", "--precision", precision]);
        assert!(output.status.success(), "{}", stderr(&output));
        let plan: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(plan["plan"]["precision"], precision);
        let reasons = plan["plan"]["reasons"].as_array().unwrap();
        let about = reasons.iter().find(|reason| reason["about"] == "precision").unwrap();
        let text = about["text"].as_str().unwrap();
        assert!(text.contains(says) && text.contains("as asked for"), "{plan}");
    }
}

#[test]
fn what_the_processor_multiplies_best_is_chosen() {
    let plan: Value = serde_json::from_str(stdout(&proviso(["plan", "--json"]))).unwrap();
    let sets = plan["hardware"]["cpu"]["kernels"].as_array().unwrap();
    let has_int8 = ["avx-vnni", "avx512-vnni", "amx", "neon-dotprod", "neon-i8mm"]
        .iter()
        .any(|set| sets.contains(&json!(set)));
    assert_eq!(plan["plan"]["precision"], if has_int8 { "int8" } else { "f32" });
}

#[test]
fn other_computers_are_planned_for_from_their_description() {
    for (name, device, precision, workers, says) in [
        ("office-pc", "cpu", "f32", 2, "avx2"),
        ("avx-vnni-laptop", "cpu", "int8", 12, "(avx-vnni)"),
        ("apple-m", "cpu", "int8", 8, "(neon-i8mm)"),
        ("container-2gb", "cpu", "f32", 1, "avx2"),
        ("server-80gb-gpu", "cpu", "int8", 64, "(amx)"),
    ] {
        if cfg!(any(feature = "cuda", feature = "metal")) {
            continue;
        }
        let output = proviso(["plan", "--json", "--hardware", machine(name).to_str().unwrap()]);
        assert!(output.status.success(), "{}", stderr(&output));
        let plan: Value = serde_json::from_str(stdout(&output)).unwrap();
        let found = (&plan["plan"]["device"], &plan["plan"]["precision"], &plan["plan"]["workers"]);
        assert_eq!(found, (&json!(device), &json!(precision), &json!(workers)), "{name}");
        assert!(reason(&plan, "precision").contains(says), "{name}: {plan}");
    }
    let server = proviso(["plan", "--hardware", machine("server-80gb-gpu").to_str().unwrap()]);
    assert!(stdout(&server).contains("built without support for the NVIDIA H100"), "{}", stdout(&server));
}

#[test]
fn a_wrong_description_is_refused_by_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.json");
    for (text, says) in [("{\"memory\": {\"total_gb\": 8}}", "total_gb"), ("nonsense", "wrong.json")] {
        fs::write(&file, text).unwrap();
        let output = proviso(["plan", "--hardware", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
        let message = stderr(&output);
        assert!(message.contains(says) && message.contains("wrong.json"), "{message}");
    }
}

#[test]
fn forced_kernels_reach_the_plan() {
    if !cfg!(target_arch = "x86_64") {
        return;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_proviso"))
        .args(["plan", "--json"])
        .env("PROVISO_MODELS", root().join("models"))
        .env("XDG_DATA_HOME", "/dev/null")
        .env("PROVISO_CPU", "portable")
        .output()
        .unwrap();
    let plan: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(plan["hardware"]["cpu"]["kernels"], json!(["portable"]));
    assert_eq!(plan["plan"]["precision"], "f32");
}

#[test]
fn a_budget_chooses_smaller_numbers_or_says_what_is_missing() {
    let plan: Value =
        serde_json::from_str(stdout(&proviso(["plan", "--json", "--memory-budget", "70", "--threads", "1"])))
            .unwrap();
    let precision = plan["plan"]["precision"].as_str().unwrap();
    assert!(["int8", "int4"].contains(&precision), "{plan}");
    let refused = proviso(["plan", "--memory-budget", "5", "--precision", "f32"]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(stderr(&refused).contains("MB are missing"), "{}", stderr(&refused));
}

#[test]
#[cfg(target_os = "linux")]
fn after_measuring_the_plan_knows_the_pace_and_readings_refine_it() {
    let data = tempfile::tempdir().unwrap();
    let ask = |arguments: &[&str]| {
        let output = proviso_with_data(data.path(), arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let plan = || -> Value { serde_json::from_str(&ask(&["plan", "--json"])).unwrap() };
    assert_eq!(plan()["plan"]["windows_per_second"], Value::Null);
    assert!(reason(&plan(), "pace").contains("not known before"));

    let figures: Value = serde_json::from_str(&ask(&["bench", "--calibrate-plan", "--json"])).unwrap();
    assert_eq!(figures["model"], "proviso-mini");
    assert!(figures["measured_at"].is_string());
    let paces = figures["paces"].as_array().unwrap();
    for precision in ["f32", "f16", "int8", "int4"] {
        assert!(paces.iter().any(|pace| pace["precision"] == precision), "{precision}: {figures}");
    }
    assert!(
        paces.iter().all(|pace| pace["windows_per_second"].as_f64().unwrap() > 0.0 && pace["length"] == 256)
    );

    assert_eq!(plan()["hardware"]["disk"]["read_mb_per_s"], figures["disk_mb_per_s"]);
    let before = plan()["plan"]["windows_per_second"].as_f64().unwrap();
    assert!(reason(&plan(), "pace").contains("as measured on this computer"));
    ask(&["extract", contract("supply-long.pdf").to_str().unwrap()]);
    let after = plan()["plan"]["windows_per_second"].as_f64().unwrap();
    assert_ne!(before, after, "a reading moves the pace");
    // Figures belong to this machine: another one's plan does not know them.
    let other = ask(&["plan", "--json", "--hardware", machine("office-pc").to_str().unwrap()]);
    let other: Value = serde_json::from_str(&other).unwrap();
    assert_eq!(other["plan"]["windows_per_second"], Value::Null);
}
