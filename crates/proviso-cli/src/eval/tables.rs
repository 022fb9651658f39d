//! The figures of `proviso eval` for a person.

use proviso_app::{Evaluation, Screened};
use proviso_extract::scoring::{Interval, LEAST_CONFIDENCE, Report};

pub fn tokens_per_second(evaluation: &Evaluation) -> f64 {
    evaluation.tokens as f64 / evaluation.seconds
}

/// What a model reached, by category and over all.
pub fn scores(evaluation: &Evaluation) -> String {
    let report = &evaluation.report;
    let mut text = format!(
        "{:<36} {:>7} {:>15} {:>7} {:>9} {:>7} {:>7}\n",
        "category", "AUPR", "95 % interval", "F1", "threshold", "answers", "ECE"
    );
    for (name, of) in &report.per_category {
        let (aupr, interval) = match &of.interval {
            Some(interval) => (format!("{:.3}", of.aupr), range(interval)),
            None => ("-".to_owned(), String::new()),
        };
        text += &format!(
            "{name:<36} {aupr:>7} {interval:>15} {:>7.3} {:>9.3} {:>7} {:>7.3}\n",
            of.f1, of.threshold, of.answers, of.reliability.error
        );
    }
    text + &over_all(report)
        + &reliability(report)
        + &format!(
            "\n{} contracts, {} windows in {:.1} s: {:.0} tokens a second\n",
            evaluation.contracts,
            evaluation.windows,
            evaluation.seconds,
            tokens_per_second(evaluation),
        )
}

fn over_all(report: &Report) -> String {
    let names = [
        ("aupr", "AUPR"),
        ("p_at_80r", "precision at 80 % recall"),
        ("p_at_90r", "precision at 90 % recall"),
        ("micro_f1", "micro F1, best threshold"),
        ("macro_aupr", "macro AUPR"),
        ("weighted_f1", "weighted F1"),
    ];
    let line = |(key, name): (&str, &str)| {
        let interval = &report.intervals[key];
        format!("{name:<36} {:>7.3} {:>15}\n", interval.value, range(interval))
    };
    "\n".to_owned() + &names.map(line).concat()
}

/// Of findings with so much confidence, how many are right.
fn reliability(report: &Report) -> String {
    let mut text = format!(
        "\nOf proposals with a confidence of at least {LEAST_CONFIDENCE}:\n{:>10} {:>10} {:>10}\n",
        "confidence", "right", "proposals"
    );
    for bin in &report.reliability.bins {
        text += &format!("{:>10.3} {:>10.3} {:>10}\n", bin.confidence, bin.right, bin.count);
    }
    text + &format!("expected calibration error {:.3}\n", report.reliability.error)
}

fn range(interval: &Interval) -> String {
    format!("{:.3} to {:.3}", interval.low, interval.high)
}

/// What a model leaves for another one.
pub fn screening(screened: &Screened) -> String {
    let mut text = format!("{:<36} {:>7} {:>7} {:>7}\n", "category", "answers", "recall", "kept");
    let (held_out, chosen_on) = (&screened.held_out, &screened.chosen_on);
    for (name, of) in &held_out.per_category {
        text += &format!("{name:<36} {:>7} {:>7.3} {:>7.3}\n", of.answers, of.recall, of.kept);
    }
    text + &format!(
        "\nThreshold {:.5}. On contracts that thresholds were not chosen on, {:.1} % of the passages with an answer are kept, and \
         {:.1} % of all;\non those that it was chosen on, {:.1} % and {:.1} %.\n",
        screened.threshold,
        100.0 * held_out.recall,
        100.0 * held_out.kept,
        100.0 * chosen_on.recall,
        100.0 * chosen_on.kept,
    )
}
