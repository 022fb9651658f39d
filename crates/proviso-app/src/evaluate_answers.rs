//! The short answers scored against those that CUAD's annotators derived.

use std::collections::BTreeMap;

use proviso_answers::{Answers, Clause, answers};
use proviso_core::Finding;
use proviso_encoder::Manifest;
use proviso_extract::scoring::{
    AnswerReport, AnsweredContract, Contract, GoldAnswers, WrongAnswer, score_answers, wrong_answers,
};
use serde::Serialize;

use crate::reading::reaches_threshold;

/// How good the answers are, and which are wrong.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerEvaluation {
    /// From what a model found above its thresholds.
    pub from_findings: AnswerReport,
    /// From the clauses that CUAD's annotators marked: how good the grammar is by itself.
    pub from_marked_clauses: AnswerReport,
    /// Contracts of which the file has no answers.
    pub unknown: usize,
    /// The answers from findings that are wrong.
    pub wrong: Vec<WrongAnswer>,
    /// The answers from marked clauses that are wrong.
    pub wrong_from_marked_clauses: Vec<WrongAnswer>,
}

/// Scores the answers of contracts; `findings` are those of a model in the order of the contracts.
pub fn evaluate_answers(
    contracts: &[Contract],
    findings: &[Vec<Finding>],
    manifest: &Manifest,
    gold: &GoldAnswers,
) -> AnswerEvaluation {
    let known = || {
        let all = contracts.iter().zip(findings);
        all.filter_map(move |(contract, findings)| Some((contract, findings, gold.of(&contract.title)?)))
    };
    let found: Vec<AnsweredContract<'_>> = known()
        .map(|(contract, findings, gold)| {
            let found = from_findings(contract, findings, manifest);
            AnsweredContract { title: &contract.title, gold, found }
        })
        .collect();
    let marked: Vec<AnsweredContract<'_>> = known()
        .map(|(contract, _, gold)| AnsweredContract {
            title: &contract.title,
            gold,
            found: from_marked_clauses(contract),
        })
        .collect();
    AnswerEvaluation {
        from_findings: score_answers(&found),
        from_marked_clauses: score_answers(&marked),
        unknown: contracts.len() - found.len(),
        wrong: wrong_answers(&found),
        wrong_from_marked_clauses: wrong_answers(&marked),
    }
}

fn from_findings(contract: &Contract, findings: &[Finding], manifest: &Manifest) -> Answers {
    let is_shown = |finding: &&Finding| reaches_threshold(finding, manifest, &BTreeMap::new());
    let clauses = findings.iter().filter(is_shown).map(|finding| Clause {
        topic: finding.topic.clone(),
        range: finding.range,
        weight: finding.confidence,
        counts: true,
    });
    answers(&contract.text, &clauses.collect::<Vec<_>>())
}

fn from_marked_clauses(contract: &Contract) -> Answers {
    let clauses = contract.spans.iter().flat_map(|(category, spans)| {
        spans.iter().map(|range| Clause {
            topic: (*category).into(),
            range: *range,
            weight: 1.0,
            counts: true,
        })
    });
    answers(&contract.text, &clauses.collect::<Vec<_>>())
}
