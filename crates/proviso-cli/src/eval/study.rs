//! `proviso eval --study`: one model at every precision, as a table, as JSON and as charts.

use std::path::Path;

use proviso_app::{Studied, study};
use proviso_extract::scoring::{Contract, Report};
use proviso_plan::Work;
use serde::Serialize;

use super::charts;
use crate::{arguments::EvalArguments, environment, progress};

/// A level in `study.json`.
#[derive(Serialize)]
struct Level<'a> {
    precision: &'static str,
    kernel: &'a str,
    seconds: f64,
    windows_per_second: f64,
    peak_rss_mb: Option<f64>,
    #[serde(flatten)]
    report: &'a Report,
}

/// Compares the precisions and writes what was found to a folder; gives it also as text.
pub fn run(arguments: &EvalArguments, contracts: &[Contract], folder: &Path) -> anyhow::Result<String> {
    // Before hours of reading, not after them.
    std::fs::create_dir_all(folder).map_err(|error| anyhow::anyhow!("{}: {error}", folder.display()))?;
    let (model, wish) = environment::wished(&arguments.running, &arguments.asking, Work::Many)?;
    let machine = environment::machine(None)?;
    let bar = progress::bar(0, "readings");
    let studied = study(&machine, &model, &wish, contracts, &|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    let levels: Vec<Level> = studied.iter().map(level).collect();
    let json = serde_json::to_string_pretty(&levels)? + "\n";
    proviso_export::write_file(&folder.join("study.json"), json.as_bytes())?;
    for (name, chart) in charts::of(&model.manifest().name, &studied)? {
        proviso_export::write_file(&folder.join(name), chart.as_bytes())?;
    }
    Ok(if arguments.json { json } else { table(&studied) })
}

fn level(studied: &Studied) -> Level<'_> {
    Level {
        precision: studied.precision.name(),
        kernel: studied.kernel,
        seconds: studied.evaluation.seconds,
        windows_per_second: studied.evaluation.windows as f64 / studied.evaluation.seconds,
        peak_rss_mb: studied.peak_mb,
        report: &studied.evaluation.report,
    }
}

/// In Markdown, to be put into a document as it is.
fn table(studied: &[Studied]) -> String {
    let heading = "| precision | kernel | seconds | against the first | peak MB | AUPR | weighted F1 |\n|---|---|---|---|---|---|---|\n";
    let first = studied.first().map_or(1.0, |level| level.evaluation.seconds);
    let row = |of: &Studied| {
        let peak = of.peak_mb.map_or("-".to_owned(), |peak| format!("{peak:.0}"));
        let (seconds, report) = (of.evaluation.seconds, &of.evaluation.report);
        format!(
            "| {} | {} | {seconds:.1} | {:.2} | {peak} | {:.4} | {:.4} |\n",
            of.precision,
            of.kernel,
            seconds / first,
            report.aupr,
            report.weighted_f1,
        )
    };
    heading.to_owned() + &studied.iter().map(row).collect::<String>()
}
