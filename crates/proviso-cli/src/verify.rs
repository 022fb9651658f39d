//! `proviso verify`.

use std::{fs, path::Path};

use proviso_app::{AppError, Cancel, Verification, VerifySettings, verify};
use proviso_export::{Difference, Receipt};
use proviso_extract::WindowsRead;
use proviso_pdf::worker::PdfReader;
use serde::Serialize;

use crate::{Outcome, arguments::VerifyArguments, environment, output, progress};

/// The layout of what `--json` prints.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Printed<'a> {
    schema: u32,
    same: bool,
    receipt: RunPrinted<'a>,
    now: RunPrinted<'a>,
    contracts: Vec<ContractPrinted<'a>>,
    differences: Vec<DifferencePrinted<'a>>,
    notes: &'a [String],
}

/// What read the contracts.
#[derive(Serialize)]
struct RunPrinted<'a> {
    version: &'a str,
    model: &'a str,
    model_sha256: &'a str,
    precision: &'a str,
    device: &'a str,
}

#[derive(Serialize)]
struct ContractPrinted<'a> {
    path: &'a str,
    sha256: Option<&'a str>,
    /// Where it was found; null where it was not.
    file: Option<String>,
    findings: usize,
    same: bool,
}

#[derive(Serialize)]
struct DifferencePrinted<'a> {
    kind: &'static str,
    /// Null where it is about the whole run.
    contract: Option<&'a str>,
    sentence: String,
}

pub fn run(arguments: &VerifyArguments) -> anyhow::Result<Outcome> {
    let path = &arguments.receipt;
    let bytes = fs::read(path).map_err(|source| AppError::OpenFile { path: path.clone(), source })?;
    let receipt = Receipt::parse(&bytes).map_err(AppError::from)?;
    let settings = VerifySettings {
        models_folders: environment::models_folders()?,
        pdf_reader: PdfReader::new(environment::program()?),
        password: arguments.password.as_deref(),
        device: arguments.device.map(Into::into),
        receipt_folder: path.parent().unwrap_or(Path::new("")),
        places: &arguments.places,
    };
    let machine = environment::machine(None)?;
    let bar = progress::bar(0, "");
    let count = receipt.contracts.len();
    let on_progress = |number: usize, read: WindowsRead| {
        let name = receipt.contracts.get(number - 1).map_or("", |contract| file_name(&contract.path));
        bar.set_message(format!("{number}/{count} {name}"));
        bar.set_length(read.total as u64);
        bar.set_position(read.done as u64);
    };
    let verification = verify(&receipt, &machine, &settings, &on_progress, &Cancel::default())?;
    bar.finish_and_clear();
    let text = if arguments.json {
        serde_json::to_string(&printed(&receipt, &verification))? + "\n"
    } else {
        in_sentences(&receipt, &verification)
    };
    output::print(text.as_bytes())?;
    let is_same = verification.differences.is_empty();
    Ok(if is_same { Outcome::Complete } else { Outcome::SomeFailed })
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn printed<'a>(receipt: &'a Receipt, verification: &'a Verification) -> Printed<'a> {
    let contracts = receipt.contracts.iter().zip(&verification.files);
    let difference = |difference: &'a Difference| DifferencePrinted {
        kind: difference.kind(),
        contract: difference.contract(),
        sentence: difference.to_string(),
    };
    Printed {
        schema: SCHEMA,
        same: verification.differences.is_empty(),
        receipt: run_printed(receipt),
        now: run_printed(&verification.again),
        contracts: contracts
            .map(|(contract, file)| ContractPrinted {
                path: &contract.path,
                sha256: contract.sha256.as_ref().map(|sha256| sha256.as_str()),
                file: file.as_ref().map(|file| file.display().to_string()),
                findings: contract.findings.len(),
                same: verification.of_contract(&contract.path) == 0,
            })
            .collect(),
        differences: verification.differences.0.iter().map(difference).collect(),
        notes: &verification.notes,
    }
}

fn run_printed(receipt: &Receipt) -> RunPrinted<'_> {
    let run = &receipt.run;
    RunPrinted {
        version: &run.version,
        model: &run.model,
        model_sha256: run.model_sha256.as_str(),
        precision: &run.precision,
        device: &run.device,
    }
}

fn in_sentences(receipt: &Receipt, verification: &Verification) -> String {
    let mut lines = verification.notes.clone();
    let run = &verification.again.run;
    lines.extend(verification.of_run().map(ToString::to_string));
    lines.push(format!(
        "Read with {} (SHA-256 {}), {} on {}, as the receipt says.",
        run.model, run.model_sha256, run.precision, run.device
    ));
    for contract in &receipt.contracts {
        let differences = verification.differences.0.iter();
        let sentences: Vec<String> = differences
            .filter(|difference| difference.contract() == Some(&contract.path))
            .map(ToString::to_string)
            .collect();
        if sentences.is_empty() {
            lines.push(match contract.error {
                None => {
                    format!("{}: the same {}.", contract.path, counted(contract.findings.len(), "finding"))
                }
                Some(_) => format!("{}: it could not be read then either.", contract.path),
            });
        }
        lines.extend(sentences);
    }
    let contracts = counted(receipt.contracts.len(), "contract");
    lines.push(match verification.differences.0.len() {
        0 => format!("Everything is as the receipt says: {contracts}."),
        count => format!("{} from the receipt over {contracts}.", counted(count, "difference")),
    });
    lines.join("\n") + "\n"
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
