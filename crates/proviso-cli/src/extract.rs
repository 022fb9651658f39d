//! `proviso extract`.

use std::{cell::Cell, path::Path, time::Instant};

use anyhow::bail;
use indicatif::ProgressBar;
use proviso_app::{
    Cancel, ContractFile, Machine, OpenedContract, Reader, Waiting, above_thresholds, passes_sentence,
    pdf_files, read_contract, run_record,
};
use proviso_export::{ContractRecord, cuad_csv, findings_csv, json, receipt, xlsx};
use proviso_extract::{PassesReport, answer_findings};
use proviso_pdf::worker::PdfReader;
use proviso_plan::Work;

use crate::{
    Outcome,
    arguments::{ExtractArguments, Format},
    environment, output, progress,
};

/// What every contract is read with.
struct Reading<'a> {
    reader: Reader,
    machine: Machine,
    pdf_reader: PdfReader,
    password: Option<&'a str>,
    /// What became of the passes so far, if the model answers questions.
    passes: Cell<Option<PassesReport>>,
}

pub fn run(arguments: &ExtractArguments) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let files = pdf_files(&arguments.files);
    if files.is_empty() {
        bail!("no PDF files were found in what was named");
    }
    let work = if files.len() > 1 { Work::Many } else { Work::OneContract };
    let (machine, reader) = environment::reader(&arguments.running, &arguments.asking, work)?;
    let reading = Reading {
        reader,
        machine,
        passes: Cell::new(None),
        pdf_reader: PdfReader::new(environment::program()?),
        password: arguments.password.as_deref(),
    };
    let mut records = Vec::with_capacity(files.len());
    for (index, path) in files.iter().enumerate() {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let bar = progress::bar(0, &format!("{}/{} {name}", index + 1, files.len()));
        records.push(reading.contract(path, &bar)?);
        bar.finish_and_clear();
    }
    let seconds = start.elapsed().as_secs_f64();
    let asked = reading.passes.get().map(passes_sentence);
    if let Some(sentence) = &asked {
        output::complain(sentence);
    }
    let run = run_record(reading.reader.model().folder(), reading.reader.plan(), asked, seconds);
    let settings = environment::settings_record(&arguments.running, &arguments.asking, work);
    let bytes = match arguments.format {
        Format::Csv => findings_csv(&records),
        Format::CuadCsv => cuad_csv(&records),
        Format::Json => json(&run, &records)?,
        Format::Xlsx => xlsx(&run, &records)?,
        Format::Receipt => receipt(&run, &settings, &records)?,
    };
    output::deliver(&bytes, arguments.output.as_deref())?;
    report(&records);
    let failed = records.iter().any(|record| record.error.is_some());
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Complete })
}

impl Reading<'_> {
    /// Reads one contract. What is wrong with the file goes into its record; what is wrong with the model ends the run.
    fn contract(&self, path: &Path, bar: &ProgressBar) -> anyhow::Result<ContractRecord> {
        let name = path.display().to_string();
        let file = match ContractFile::load(path) {
            Ok(file) => file,
            Err(error) => return Ok(ContractRecord::failed(name, None, error.to_string())),
        };
        let sha256 = file.sha256.clone();
        let mut on_page = |done: u32, total: u32| {
            bar.set_length(u64::from(total));
            bar.set_position(u64::from(done));
        };
        let opened = match OpenedContract::open(
            path,
            file,
            &self.pdf_reader,
            self.password,
            &mut on_page,
            &|| false,
        ) {
            Ok(opened) => opened,
            Err(error) => return Ok(ContractRecord::failed(name, Some(sha256), error.to_string())),
        };
        let begin = Instant::now();
        let on_window = |read: proviso_extract::WindowsRead| {
            bar.set_length(read.total as u64);
            bar.set_position(read.done as u64);
        };
        let read = read_contract(
            &self.reader,
            &opened.document,
            Waiting::ForResult,
            &on_window,
            &Cancel::default(),
        )?;
        let model = self.reader.model();
        self.machine.refine(model, self.reader.plan(), read.windows, begin.elapsed().as_secs_f64());
        model.take_notices().iter().for_each(|notice| output::complain(notice));
        self.passes.set(read.passes.map(|more| self.passes.get().map_or(more, |passes| passes + more)));
        let mut findings = above_thresholds(&read.findings, model.manifest(), &Default::default());
        let answers = answer_findings(opened.document.text(), &mut findings, |_| true);
        let answers = answers.into_iter().map(|(category, answer)| (category, answer.to_string())).collect();
        let record = ContractRecord::read(name, sha256, &opened.document, &opened.warnings, &findings);
        Ok(record.answered(answers))
    }
}

/// Says on standard error what a person should know of the contracts: failures and pages that could not be read.
fn report(records: &[ContractRecord]) {
    for record in records {
        if let Some(error) = &record.error {
            output::complain(&format!("not read: {error}"));
        }
        for warning in &record.warnings {
            output::complain(&format!("{}: {}", record.path, warning.message));
        }
    }
    let findings: usize = records.iter().map(|record| record.findings.len()).sum();
    let read = records.iter().filter(|record| record.error.is_none()).count();
    output::complain(&format!("{read} of {} contracts read, {findings} clauses found", records.len()));
}
