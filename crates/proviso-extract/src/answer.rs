//! The short answers beside the clauses of a contract.

use std::collections::BTreeMap;

use proviso_answers::{Answer, Clause, answers};
use proviso_core::{Category, Finding};

/// Gives each finding its short answer, and returns those of the contract. Some answers need several findings: an Expiration Date
/// is counted from the Effective Date, a role belongs to a party. Such context is taken from the findings that `counts` lets
/// through, the surest first; the others are answered too. A person's own categories have none, as nobody knows what they
/// ask for.
pub fn answer_findings(
    text: &str,
    findings: &mut [Finding],
    counts: impl Fn(&Finding) -> bool,
) -> BTreeMap<Category, Answer> {
    let clause = |finding: &Finding| Clause {
        topic: finding.topic.clone(),
        range: finding.range,
        weight: finding.confidence,
        counts: counts(finding),
    };
    let clauses: Vec<Clause> = findings.iter().map(clause).collect();
    let answers = answers(text, &clauses);
    for (finding, answer) in findings.iter_mut().zip(&answers.of_clauses) {
        finding.answer = answer.as_ref().map(ToString::to_string);
    }
    answers.of_contract
}

#[cfg(test)]
mod tests {
    use proviso_core::{TextRange, Topic};

    use super::*;

    #[test]
    fn findings_are_answered_from_those_that_count() {
        let text = "Effective June 1, 2020. The term is two years. Governed by the laws of Ohio. Rent.";
        let finding = |topic: &str, part: &str, confidence| {
            let start = text.find(part).unwrap();
            let range = TextRange::new(start, start + part.len());
            Finding { topic: Topic::named(topic), range, confidence, answer: None }
        };
        let mut findings = [
            finding("Effective Date", "June 1, 2020", 0.9),
            finding("Expiration Date", "The term is two years.", 0.8),
            finding("Governing Law", "the laws of Ohio", 0.1),
            finding("Insurance", "Rent", 0.9),
            finding("Rent", "Rent", 0.9),
        ];
        let of_contract = answer_findings(text, &mut findings, |finding| finding.confidence > 0.5);
        let told: Vec<Option<&str>> = findings.iter().map(|finding| finding.answer.as_deref()).collect();
        assert_eq!(told, [Some("2020-06-01"), Some("2022-06-01"), Some("Ohio"), Some("Yes"), None]);
        assert_eq!(of_contract[&Category::ExpirationDate].to_string(), "2022-06-01");
        assert_eq!(of_contract[&Category::AuditRights].to_string(), "No");
        assert_eq!(of_contract.get(&Category::GoverningLaw), None);
        answer_findings(text, &mut findings, |finding| finding.topic != Category::EffectiveDate.into());
        assert_eq!(findings[1].answer, None, "there is nothing to count from");
    }
}
