//! What is said about models and quality.

use std::fs;

use serde_json::{Value, json};

use crate::program::{proviso, stderr, stdout};

#[test]
fn the_bundled_model_is_listed_with_its_figures() {
    let output = proviso(["models", "list"]);
    assert!(output.status.success());
    let list = stdout(&output);
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/proviso-mini/manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(manifest).unwrap()).unwrap();
    let aupr = format!("AUPR {:.3}", manifest["scores"]["aupr"].as_f64().unwrap());
    assert!(list.contains("proviso-mini") && list.contains(&aupr), "{list}");
}

/// A contract in CUAD's layout whose only answers are its governing law and its title.
fn contracts() -> Value {
    let law = "This Agreement shall be governed by and construed in accordance with the laws of the State of New York, \
               without regard to its conflict of laws principles.";
    let text = format!(
        "DISTRIBUTION AGREEMENT\n\nThis Distribution Agreement is made by the parties named below.\n\n12. GOVERNING LAW. \
         {law}\n\n13. NOTICES. All notices shall be in writing and sent by registered mail.\n"
    );
    let questions: Vec<Value> = proviso_core::Category::ALL
        .iter()
        .map(|category| {
            let answers = match category.name() {
                "Governing Law" => json!([{ "text": law, "answer_start": text.find(law).unwrap() }]),
                "Document Name" => json!([{ "text": "DISTRIBUTION AGREEMENT", "answer_start": 0 }]),
                _ => json!([]),
            };
            json!({ "id": format!("T__{category}"), "question": "?", "answers": answers })
        })
        .collect();
    json!({ "version": "t", "data": [{ "title": "T", "paragraphs": [{ "context": text, "qas": questions }] }] })
}

#[test]
fn eval_scores_what_is_found() {
    for precision in ["f32", "int8"] {
        scores_what_is_found(precision);
    }
}

fn scores_what_is_found(precision: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (data, nbest) = (folder.path().join("data.json"), folder.path().join("nbest.json"));
    fs::write(&data, contracts().to_string()).unwrap();
    let (data, nbest_path) = (data.to_str().unwrap(), nbest.to_str().unwrap());
    let output = proviso(["eval", "--json", "--precision", precision, "--data", data, "--nbest", nbest_path]);
    assert!(output.status.success(), "{}", stderr(&output));
    let figures: Value = serde_json::from_str(stdout(&output)).unwrap();
    let keys: Vec<_> = figures.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "aupr",
        "contracts",
        "intervals",
        "macro_aupr",
        "micro_f1",
        "p_at_80r",
        "p_at_90r",
        "per_category",
        "reliability",
        "seconds",
        "tokens_per_second",
        "weighted_f1",
        "windows",
    ];
    assert_eq!(keys, expected);
    assert_eq!((&figures["contracts"], &figures["windows"]), (&json!(1), &json!(1)));
    assert_eq!(figures["per_category"]["Governing Law"]["f1"], 1.0);
    assert_eq!(figures["per_category"]["Governing Law"]["answers"], 1);
    // The law alone is half of the answers.
    assert!(figures["aupr"].as_f64().unwrap() > 0.49, "{figures}");

    let nbest: Value = serde_json::from_slice(&fs::read(nbest).unwrap()).unwrap();
    assert_eq!(nbest.as_object().unwrap().len(), 41);
    // In the order of the contract.
    let proposals = nbest["T__Governing Law"].as_array().unwrap();
    let sure: Vec<_> = proposals.iter().filter(|it| it["probability"].as_f64().unwrap() > 0.5).collect();
    assert_eq!(sure.len(), 1, "{proposals:?}");
    assert!(sure[0]["text"].as_str().unwrap().contains("laws of the State of New York"), "{proposals:?}");
}

#[test]
fn data_in_another_layout_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.json");
    fs::write(&path, "{\"rows\": []}").unwrap();
    let output = proviso(["eval", "--data", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("other.json") && stderr(&output).contains("CUAD"),
        "{}",
        stderr(&output)
    );
}
