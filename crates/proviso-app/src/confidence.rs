//! From the scores of a contract's findings to how sure the model is of them.

use std::collections::BTreeMap;

use proviso_core::{Category, Finding};
use proviso_encoder::Manifest;

/// Puts in the place of the scores of all findings of a contract, which a span tagger gave, how sure it is of them. A person's own
/// categories keep their scores.
pub(crate) fn make_confidences(findings: &mut [Finding], manifest: &Manifest) {
    let mut surest: BTreeMap<Category, usize> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        let Some(category) = finding.topic.category() else { continue };
        let so_far = surest.entry(category).or_insert(number);
        if finding.confidence > findings[*so_far].confidence {
            *so_far = number;
        }
    }
    for (number, finding) in findings.iter_mut().enumerate() {
        let Some(category) = finding.topic.category() else { continue };
        let is_surest = surest.get(&category) == Some(&number);
        finding.confidence = manifest.confidence(category, finding.confidence, is_surest);
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use proviso_core::{TextRange, Topic};

    use super::*;

    #[test]
    fn of_a_kind_that_stands_once_the_surest_is_surer_still() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/proviso-mini/manifest.json");
        let mut manifest: Manifest = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let curve = manifest.calibration.as_mut().unwrap();
        (curve.intercept, curve.slope) = (0.0, 1.0);
        curve.shifts.clear();
        curve.surest = BTreeMap::from([(Category::AgreementDate, 9_f64.ln())]);
        let finding = |topic: &str, start, confidence| Finding {
            topic: Topic::named(topic),
            range: TextRange::new(start, start + 4),
            confidence,
            answer: None,
        };
        let mut findings = [
            finding("Agreement Date", 0, 0.2),
            finding("Insurance", 10, 0.7),
            finding("Agreement Date", 20, 0.5),
            finding("Agreement Date", 30, 0.5),
            finding("Rent", 40, 0.3),
            finding("Insurance", 50, 0.4),
        ];
        make_confidences(&mut findings, &manifest);
        let told = findings.map(|finding| (finding.confidence * 1000.0).round());
        assert_eq!(told, [200.0, 700.0, 900.0, 500.0, 300.0, 400.0], "of two that are as sure the first");
    }
}
