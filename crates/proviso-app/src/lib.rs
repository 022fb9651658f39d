//! The use cases that the window and the command line share: find and load a model ([`Model`]), open a contract
//! ([`OpenedContract`]), read it ([`Reader`], [`read_contract`]), export what was found, check a receipt ([`verify()`]), score a model ([`evaluate`]), at every precision ([`study()`]), measure how
//! fast it runs ([`bench()`]), measure this computer so that the plan knows it ([`Machine`], [`measure()`]), import models and remove them ([`ModelLibrary`]), and calibrate them on contracts
//! ([`calibrate()`]). The window holds a [`Workbench`], which keeps the contracts that are open.
//!
//! Everything here blocks; callers run it beside their own thread, and every long call reports its progress and can
//! be cancelled.

mod about;
mod bench;
mod calibrate;
mod checkpoints;
mod confidence;
mod contract;
mod encoder_shape;
mod error;
mod evaluate;
mod evaluate_answers;
mod files;
mod folders;
mod library;
mod lock;
mod machine;
mod measuring;
mod model;
mod on_processor;
mod peak_memory;
mod queue;
mod reader;
mod reading;
mod screening;
mod study;
mod timing;
mod verify;
pub mod view;
mod workbench;

pub use about::{about, give_up_network};
pub use bench::{BENCH_LENGTHS, BenchSubject, Measurement, bench};
pub use calibrate::{Calibrated, CalibrationProgress, calibrate};
pub use contract::{ContractFile, OpenedContract};
pub use error::AppError;
pub use evaluate::{Evaluation, evaluate};
pub use evaluate_answers::{AnswerEvaluation, evaluate_answers};
pub use files::pdf_files;
pub use folders::models_folders;
pub use library::{Import, ImportProgress, LibraryError, ModelLibrary};
pub use machine::{Machine, MachineSettings};
pub use measuring::{Figures, MeasuringProgress, measure};
pub use model::Model;
pub use proviso_confine::network::{Reason as NetworkReason, is_remote as display_is_remote};
pub use proviso_pdf::worker::run_if_asked as run_worker_if_asked;
pub use reader::{Reader, ReaderWish, passes_sentence, plan_reader};
pub use reading::{Cancel, Reading, Waiting, above_thresholds, read_contract, run_record, settings_record};
pub use screening::{Screened, measure_screening};
pub use study::{Studied, study};
pub use verify::{Verification, VerifySettings, verify};
pub use workbench::{Settings, Workbench};

/// Proviso's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
