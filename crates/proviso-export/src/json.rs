//! JSON of a whole run.

use serde::Serialize;

use crate::{ContractRecord, ExportError, RunRecord};

#[derive(Serialize)]
struct Root<'a> {
    schema: u32,
    run: &'a RunRecord,
    documents: &'a [ContractRecord],
}

/// The run and its contracts as one line of JSON, layout 1.
///
/// # Errors
/// If a number cannot be written as JSON.
pub fn json(run: &RunRecord, contracts: &[ContractRecord]) -> Result<Vec<u8>, ExportError> {
    let root = Root { schema: 1, run, documents: contracts };
    let mut bytes = serde_json::to_vec(&root).map_err(|error| ExportError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proviso_core::{Decision, Origin};

    use crate::{json, samples};

    #[test]
    fn a_finding_has_its_keys_and_what_a_person_made_of_it() {
        let found = samples::finding("Insurance");
        let edited = found.clone().reviewed(Decision::Accepted, Origin::Edited, Some("see 4.2".into()));
        let bytes = json(&samples::run(), &[samples::contract("x.pdf", vec![found, edited])]).unwrap();
        let root: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(root["schema"], 1);
        let findings = root["documents"][0]["findings"].as_array().unwrap();
        let mut keys: Vec<_> = findings[0].as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        // What nobody reviewed has the keys of the layout and no others.
        let expected = ["answer", "category", "confidence", "end", "page", "rects", "start", "text"];
        assert_eq!(keys, expected);
        assert_eq!((&findings[1]["status"], &findings[1]["origin"]), (&"accepted".into(), &"edited".into()));
        assert_eq!(findings[1]["note"], "see 4.2");
    }
}
