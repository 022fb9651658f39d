//! What can go wrong in a use case.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use proviso_core::Sha256Hex;
use proviso_encoder::{DeviceError, EncoderError};
use proviso_export::ExportError;
use proviso_extract::scoring::{ContractsError, GoldError};
use proviso_pdf::{PdfError, PdfErrorKind};
use proviso_plan::{OverrideError, PlanError};
use proviso_store::StoreError;

use crate::{
    LibraryError,
    view::{ErrorCode, ErrorView},
};

/// A use case failed. Every message names the file it is about.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A file could not be read from the disk.
    #[error("`{path}` cannot be opened: {source}")]
    OpenFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A PDF gives no document.
    #[error("{}", pdf_message(.0))]
    Pdf(#[from] PdfError),
    /// A model cannot be loaded or run.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// A graphics card cannot load a model or run it.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// What was said of the machine in place of what it is cannot be understood.
    #[error(transparent)]
    Override(#[from] OverrideError),
    /// What was asked for cannot be done here.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The preferences, or what was measured, cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no database for what was measured.
    #[error(
        "what was measured cannot be kept: there is no folder for Proviso's data, or its database cannot be used"
    )]
    NothingKept,
    /// There is no database for what is decided.
    #[error("it was not kept: {0}")]
    NotKept(String),
    /// What a person wanted to decide about a contract is not possible.
    #[error("`{path}`: {reason}")]
    Review {
        /// The contract.
        path: PathBuf,
        /// A sentence.
        reason: String,
    },
    /// The annotated copy would take the place of the contract itself.
    #[error("`{0}` is the contract itself, which is never written over; choose another name for the copy")]
    Original(PathBuf),
    /// A table cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// Contracts for scoring cannot be loaded.
    #[error(transparent)]
    Contracts(#[from] ContractsError),
    /// Answers for scoring cannot be loaded.
    #[error(transparent)]
    Answers(#[from] GoldError),
    /// A model cannot be imported or removed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// A contract has no text.
    #[error("`{0}` has no text; if its pages are pictures, recognise their text first")]
    NoText(PathBuf),
    /// No contract was there or could be read, so that a model could not be calibrated.
    #[error("the model cannot be calibrated and was not imported: {}", no_contracts(.looked_in, .reasons))]
    NoContracts {
        /// Where contracts were looked for.
        looked_in: PathBuf,
        /// Why each could not be read.
        reasons: Vec<AppError>,
    },
    /// There is no model of that name.
    #[error("there is no model `{name}`; {}", known_models(.known, .looked_in))]
    NoSuchModel {
        /// What was asked for.
        name: String,
        /// The models that are there.
        known: Vec<String>,
        /// Where models were looked for.
        looked_in: Vec<PathBuf>,
    },
    /// The model that made a receipt is not here.
    #[error(
        "the model of the receipt, `{name}` with the SHA-256 {sha256}, is not among the models here; {}",
        where_models_go(.looked_in)
    )]
    ModelOfReceipt {
        /// How it was called.
        name: String,
        /// Its weights.
        sha256: Sha256Hex,
        /// Where models were looked for.
        looked_in: Vec<PathBuf>,
    },
    /// A receipt names something that this version does not know.
    #[error("the receipt names the {what} `{value}`, which this version of Proviso does not know")]
    SettingOfReceipt {
        /// What it is.
        what: String,
        /// How it is called.
        value: String,
    },
    /// A folder was named that holds no model of a kind that is understood.
    #[error(
        "`{0}` holds no model: neither Proviso's `manifest.json` nor the `config.json` of a Hugging Face folder"
    )]
    NotAModel(PathBuf),
    /// The model could not be loaded when the application started.
    #[error("{0}")]
    ModelNotLoaded(Arc<AppError>),
    /// A contract that is not open was asked for.
    #[error("this contract is not open any more; open it again")]
    NotOpen,
    /// A contract was to be exported before it was read.
    #[error("`{0}` has not been read yet; wait until its clauses have been found")]
    NotRead(PathBuf),
    /// The person cancelled it.
    #[error("cancelled")]
    Cancelled,
}

fn known_models(known: &[String], looked_in: &[PathBuf]) -> String {
    if known.is_empty() {
        let folders: Vec<_> = looked_in.iter().map(|folder| format!("`{}`", folder.display())).collect();
        return format!(
            "no model was found in {}. Install Proviso again, or name a model's folder",
            folders.join(", ")
        );
    }
    format!("choose one of {}, or name a model's folder", known.join(", "))
}

fn where_models_go(looked_in: &[PathBuf]) -> String {
    let folders: Vec<_> = looked_in.iter().map(|folder| format!("`{}`", folder.display())).collect();
    format!("import it, or copy its folder into one of {}", folders.join(", "))
}

fn no_contracts(looked_in: &Path, reasons: &[AppError]) -> String {
    if reasons.is_empty() {
        return format!("there are no PDF files in `{}`", looked_in.display());
    }
    let reasons: Vec<_> = reasons.iter().map(|reason| format!("\n    {reason}")).collect();
    format!("none of the contracts in `{}` could be read{}", looked_in.display(), reasons.concat())
}

/// The reason and what the person can do about it.
fn pdf_message(error: &PdfError) -> String {
    let advice = match error.kind {
        PdfErrorKind::PasswordRequired => "Give its password to open it.",
        PdfErrorKind::WrongPassword => "Check the password and try again.",
        PdfErrorKind::UnsupportedEncryption => {
            "Save a copy without protection in the program it was made with."
        }
        PdfErrorKind::NotAPdf => "Only PDF files can be read.",
        PdfErrorKind::Damaged => "Ask for the file again, or print it to a new PDF.",
        PdfErrorKind::TooLarge { .. } | PdfErrorKind::TimedOut { .. } | PdfErrorKind::OutOfMemory { .. } => {
            "Split the file into parts, or print it to a new PDF."
        }
        PdfErrorKind::WorkerFailed { .. } => {
            "The file is probably damaged: print it to a new PDF and try that."
        }
        PdfErrorKind::Io(_) => "Check that the installation is complete, and try again.",
        _ => "",
    };
    format!("{error}. {advice}").trim_end().to_owned()
}

impl From<AppError> for ErrorView {
    fn from(error: AppError) -> Self {
        let code = match &error {
            AppError::Cancelled => ErrorCode::Cancelled,
            AppError::Pdf(pdf) => match pdf.kind {
                PdfErrorKind::PasswordRequired => ErrorCode::PasswordRequired,
                PdfErrorKind::WrongPassword => ErrorCode::WrongPassword,
                PdfErrorKind::Cancelled => ErrorCode::Cancelled,
                _ => ErrorCode::Failed,
            },
            _ => ErrorCode::Failed,
        };
        let message = error.to_string();
        Self { code, message }
    }
}
