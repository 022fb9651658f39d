//! `proviso bench`.

use proviso_app::{
    AppError, BENCH_LENGTHS, BenchSubject, Cancel, Machine, Measurement, MeasuringProgress, bench, measure,
};
use proviso_plan::{PlanRequest, Precision};

use crate::{
    Outcome,
    arguments::{BenchArguments, Levels},
    environment::{self, models_folders},
    output, progress,
};

pub fn run(arguments: &BenchArguments) -> anyhow::Result<Outcome> {
    let subject = BenchSubject::find(arguments.model.as_deref(), &models_folders()?)?;
    let machine = environment::machine(None)?;
    if arguments.calibrate_plan {
        return calibrate_plan(&machine, &subject, arguments);
    }
    let needs = subject.needs();
    let plans = arguments.requests(needs).into_iter().map(|request| machine.plan_unmeasured(needs, request));
    let plans = plans.collect::<Result<Vec<_>, _>>()?;
    if arguments.precision == Levels::All {
        for level in Precision::ALL.into_iter().filter(|level| !needs.suits(*level)) {
            let reason = match needs.packed {
                Some(packed) => format!("the model was imported in {}", packed.precision),
                None => "the model is not calibrated".to_owned(),
            };
            output::complain(&format!("{level} is left out: {reason}"));
        }
    }
    let lengths = arguments.lengths.as_deref();
    let total = plans.len() * lengths.map_or(BENCH_LENGTHS.len(), <[usize]>::len);
    let bar = progress::bar(total as u64, "measurements");
    let mut printed = Ok(());
    let mut is_first = true;
    let mut print = |measurement: Measurement| {
        let text = if arguments.json {
            serde_json::to_string(&measurement).map(|line| line + "\n").map_err(anyhow::Error::from)
        } else {
            let heading = if is_first { heading(&measurement) } else { String::new() };
            Ok(heading + &row(&measurement))
        };
        is_first = false;
        let print =
            |text: String| bar.suspend(|| output::print(text.as_bytes())).map_err(anyhow::Error::from);
        if printed.is_ok() {
            printed = text.and_then(print);
        }
        bar.inc(1);
    };
    for plan in &plans {
        bench(&subject, plan, lengths, arguments.waiting, &mut print, &Cancel::default())?;
    }
    bar.finish_and_clear();
    printed?;
    Ok(Outcome::Complete)
}

/// Measures this computer with a model of Proviso's, and says what the plan is with the figures.
fn calibrate_plan(
    machine: &Machine,
    subject: &BenchSubject,
    arguments: &BenchArguments,
) -> anyhow::Result<Outcome> {
    let folder = subject.model().ok_or_else(|| AppError::NotAModel(subject.folder().to_owned()))?;
    let request = PlanRequest { threads: arguments.threads, ..PlanRequest::default() };
    let bar = progress::bar(0, "measuring");
    let mut on_progress = |progress: MeasuringProgress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        bar.set_message(progress.doing);
    };
    measure(machine, folder, request, &mut on_progress, &Cancel::default())?;
    bar.finish_and_clear();
    let figures = machine.figures(folder);
    let text = if arguments.json {
        serde_json::to_string(&figures)? + "\n"
    } else {
        figures.to_string() + &machine.plan(folder, request)?.sentences().join("\n") + "\n"
    };
    output::print(text.as_bytes())?;
    Ok(Outcome::Complete)
}

fn heading(first: &Measurement) -> String {
    let Measurement { model, device, threads, batch, .. } = first;
    let side_by_side = if *batch > 1 {
        format!("{batch} windows together")
    } else if *threads == 1 {
        "one window at a time".to_owned()
    } else {
        format!("{threads} windows side by side")
    };
    format!(
        "{model} on {device}, {side_by_side}\n{:<12} {:<14} {:>7} {:>10} {:>10} {:>8}\n",
        "precision", "kernel", "tokens", "windows/s", "ms/window", "peak MB"
    )
}

fn row(measurement: &Measurement) -> String {
    let peak = measurement.peak_rss_mb.map_or("-".to_owned(), |megabytes| format!("{megabytes:.0}"));
    format!(
        "{:<12} {:<14} {:>7} {:>10.2} {:>10.2} {peak:>8}\n",
        measurement.precision.name(),
        measurement.kernel,
        measurement.length,
        measurement.windows_per_second,
        measurement.ms_per_window,
    )
}

#[cfg(test)]
mod tests {
    use proviso_plan::Device;

    use super::*;

    fn measurement(threads: usize, peak_rss_mb: Option<f64>) -> Measurement {
        Measurement {
            model: "proviso-mini".into(),
            precision: Precision::Int8Static,
            device: Device::Cpu,
            threads,
            batch: 1,
            length: 512,
            windows_per_second: 1234.567,
            ms_per_window: 1.62,
            peak_rss_mb,
            kernel: "avx512-vnni",
        }
    }

    #[test]
    fn rows_stand_under_their_heading() {
        let heading = heading(&measurement(2, None));
        assert!(heading.starts_with("proviso-mini on cpu, 2 windows side by side\n"), "{heading}");
        let width = heading.lines().last().map(str::len);
        for peak in [None, Some(98.7)] {
            let row = row(&measurement(1, peak));
            assert_eq!(row.lines().next().map(str::len), width, "{heading}{row}");
        }
        assert!(row(&measurement(1, None)).trim_end().ends_with('-'));
    }
}
