//! A receipt checked: its contracts are found again, read with what it names, and compared with what it says.

mod find;

use std::path::{Path, PathBuf};

use proviso_core::{Precision, Topic};
use proviso_encoder::{Manifest, ModelFolder};
use proviso_export::{
    ContractRecord, Difference, Differences, Receipt, ReceiptContract, ReceiptFinding, SettingsRecord,
    compare,
};
use proviso_extract::{Question, WindowsRead};
use proviso_pdf::worker::PdfReader;
use proviso_plan::{DeviceChoice, PlanRequest, Speed};

use crate::{
    AppError, Cancel, Machine, OpenedContract, Reader, ReaderWish, Waiting, read_contract,
    reading::{reaches, run_record},
};
use find::{Found, Places};

/// What a receipt is checked with, beside what it names itself.
pub struct VerifySettings<'a> {
    /// Where models are looked for.
    pub models_folders: Vec<PathBuf>,
    /// What takes PDFs apart.
    pub pdf_reader: PdfReader,
    /// The password of encrypted contracts.
    pub password: Option<&'a str>,
    /// Where to compute; `None` for the device of the receipt.
    pub device: Option<DeviceChoice>,
    /// The folder of the receipt, from which its paths may be told.
    pub receipt_folder: &'a Path,
    /// Files and folders in which contracts are looked for that do not lie where the receipt says.
    pub places: &'a [PathBuf],
}

/// What came of checking a receipt.
pub struct Verification {
    /// The same run as it was made now.
    pub again: Receipt,
    /// Where each contract of the receipt was found, in its order; `None` where it was not.
    pub files: Vec<Option<PathBuf>>,
    /// What differs.
    pub differences: Differences,
    /// What a person should know of how it was checked, in sentences.
    pub notes: Vec<String>,
}

/// Reads the contracts of a receipt again and compares. `on_progress` hears the number of the contract, from 1, and of its windows.
///
/// # Errors
/// If the model of the receipt is not here, or it cannot be run as the receipt says.
pub fn verify(
    receipt: &Receipt,
    machine: &Machine,
    settings: &VerifySettings<'_>,
    on_progress: &dyn Fn(usize, WindowsRead),
    cancel: &Cancel,
) -> Result<Verification, AppError> {
    let mut notes = Vec::new();
    let chosen = receipt.settings.clone().unwrap_or_else(|| {
        notes.push(
            "The receipt is of an older layout that names no settings; the usual ones were taken.".to_owned(),
        );
        SettingsRecord::default()
    });
    let folder = model_of(receipt, &settings.models_folders)?;
    let device = settings.device.map_or_else(|| device(&receipt.run.device), Ok)?;
    let reader = Reader::load(machine, folder, &wish(receipt, &chosen, device, settings)?)?;
    let (now, then) = (reader.plan().device.name(), receipt.run.device.as_str());
    if now != then {
        notes.push(format!(
            "It was read on another device ({now}) than then ({then}), which may round differently."
        ));
    }
    let places = Places::new(settings.receipt_folder, settings.places);
    let mut contracts = Vec::with_capacity(receipt.contracts.len());
    let mut files = Vec::with_capacity(receipt.contracts.len());
    for (index, contract) in receipt.contracts.iter().enumerate() {
        let found = places.find(contract);
        let record =
            read_again(&reader, contract, &found, settings, &|read| on_progress(index + 1, read), cancel)?;
        contracts.push(record);
        files.push(found.path());
    }
    let model = reader.model();
    notes.extend(model.take_notices());
    let run = run_record(model.folder(), reader.plan(), None, 0.0);
    let again = Receipt::new(&run, &chosen, &contracts);
    let shows = |finding: &ReceiptFinding| is_shown(finding, model.manifest(), &chosen);
    let differences = compare(receipt, &again, &shows);
    notes.extend(not_compared(receipt));
    Ok(Verification { again, files, differences, notes })
}

/// Reads a contract where it was found: everything that the model proposes.
fn read_again(
    reader: &Reader,
    contract: &ReceiptContract,
    found: &Found,
    settings: &VerifySettings<'_>,
    on_window: &dyn Fn(WindowsRead),
    cancel: &Cancel,
) -> Result<ContractRecord, AppError> {
    let name = contract.path.clone();
    let (path, file) = match found {
        Found::Same(path, file) => (path, file),
        Found::Other(file) => {
            let reason = "another file lies at its place".to_owned();
            return Ok(ContractRecord::failed(name, Some(file.sha256.clone()), reason));
        }
        Found::Nowhere(reason) => {
            return Ok(ContractRecord::failed(name, contract.sha256.clone(), reason.clone()));
        }
    };
    let opened = OpenedContract::open(
        path,
        file.clone(),
        &settings.pdf_reader,
        settings.password,
        &mut |_, _| {},
        &|| cancel.is_asked(),
    );
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => {
            return Ok(ContractRecord::failed(name, Some(file.sha256.clone()), error.to_string()));
        }
    };
    let read = read_contract(reader, &opened.document, Waiting::ForResult, on_window, cancel)?;
    let sha256 = opened.file.sha256.clone();
    Ok(ContractRecord::read(name, sha256, &opened.document, &opened.warnings, &read.findings))
}

/// The model with the receipt's weights, whatever it is called here.
fn model_of(receipt: &Receipt, folders: &[PathBuf]) -> Result<ModelFolder, AppError> {
    let wanted = &receipt.run.model_sha256;
    let models = ModelFolder::list(folders).into_iter().flatten();
    let mut models = models.filter(|model| model.weights_hash() == wanted);
    models.next().ok_or_else(|| AppError::ModelOfReceipt {
        name: receipt.run.model.clone(),
        sha256: wanted.clone(),
        looked_in: folders.to_vec(),
    })
}

fn wish(
    receipt: &Receipt,
    chosen: &SettingsRecord,
    device: DeviceChoice,
    settings: &VerifySettings<'_>,
) -> Result<ReaderWish, AppError> {
    let unknown = |what: &str, value: &str| AppError::SettingOfReceipt {
        what: what.to_owned(),
        value: value.to_owned(),
    };
    let level: Precision =
        receipt.run.precision.parse().map_err(|_| unknown("precision", &receipt.run.precision))?;
    let speed = Speed::named(&chosen.speed).ok_or_else(|| unknown("speed", &chosen.speed))?;
    let request = PlanRequest {
        speed,
        device,
        precision: level.into(),
        screening: chosen.screening,
        ..PlanRequest::default()
    };
    let own = chosen.questions.iter();
    let own = own.map(|asked| Question { topic: Topic::named(&asked.name), text: asked.text.clone() });
    Ok(ReaderWish { request, own: own.collect(), folders: settings.models_folders.clone() })
}

fn device(name: &str) -> Result<DeviceChoice, AppError> {
    match name {
        "cpu" => Ok(DeviceChoice::Cpu),
        "cuda" => Ok(DeviceChoice::Cuda),
        "metal" => Ok(DeviceChoice::Metal),
        other => Err(AppError::SettingOfReceipt { what: "device".to_owned(), value: other.to_owned() }),
    }
}

fn is_shown(finding: &ReceiptFinding, manifest: &Manifest, chosen: &SettingsRecord) -> bool {
    reaches(&Topic::named(&finding.category), finding.confidence, manifest, &chosen.thresholds)
}

/// What of a receipt no run can show again.
fn not_compared(receipt: &Receipt) -> Option<String> {
    let findings = receipt.contracts.iter().flat_map(|contract| &contract.findings);
    match findings.filter(|finding| !finding.by_run).count() {
        0 => None,
        1 => Some("One finding was not compared: another model, or a person, added it.".to_owned()),
        count => Some(format!("{count} findings were not compared: another model, or a person, added them.")),
    }
}

impl Verification {
    /// What differs in a contract of the receipt.
    pub fn of_contract(&self, path: &str) -> usize {
        self.differences.0.iter().filter(|difference| difference.contract() == Some(path)).count()
    }

    /// What differs in the run as a whole.
    pub fn of_run(&self) -> impl Iterator<Item = &Difference> {
        self.differences.0.iter().filter(|difference| difference.contract().is_none())
    }
}
