//! The figures of the short answers as `proviso eval` prints them.

use proviso_app::AnswerEvaluation;
use proviso_extract::scoring::{AnswerReport, Interval};

/// A table: each category with the share of right answers from a model's findings and from the marked clauses.
pub fn table(evaluation: &AnswerEvaluation) -> String {
    let (found, marked) = (&evaluation.from_findings, &evaluation.from_marked_clauses);
    let mut text = format!(
        "\n{:<36} {:>8} {:>22} {:>22}\n",
        "short answers that are right", "answered", "from findings", "from marked clauses"
    );
    for (name, of) in &found.per_category {
        let of_marked = marked.per_category.get(name).map(|of| of.accuracy);
        text += &format!(
            "{name:<36} {:>8} {:>22} {:>22}\n",
            of.answered,
            share(of.accuracy),
            of_marked.map(share).unwrap_or_default()
        );
    }
    text += &format!(
        "{:<36} {:>8} {:>22} {:>22}\n",
        "yes or no (macro F1)",
        found.yes_no_f1.len(),
        share(found.yes_no_macro_f1),
        share(marked.yes_no_macro_f1)
    );
    text + &contracts(found, evaluation.unknown)
}

fn contracts(report: &AnswerReport, unknown: usize) -> String {
    let mut text = format!("\n{} contracts, 95 % intervals over contracts", report.contracts);
    if unknown > 0 {
        text += &format!("; {unknown} more have no row of their own in the file of answers");
    }
    text + "\n"
}

fn share(interval: Interval) -> String {
    format!("{:.3} [{:.3} {:.3}]", interval.value, interval.low, interval.high)
}
