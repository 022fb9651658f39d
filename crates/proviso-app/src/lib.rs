//! The use cases that the window and the command line share: find and load a model ([`Model`]), open a contract
//! ([`OpenedContract`]), read it ([`read_contract`]), export what was found, and score a model ([`evaluate`]). The
//! window holds a [`Workbench`], which keeps the contracts that are open.
//!
//! Everything here blocks; callers run it beside their own thread, and every long call reports its progress and can
//! be cancelled.

mod contract;
mod error;
mod evaluate;
mod files;
mod folders;
mod model;
mod reading;
pub mod view;
mod workbench;

pub use contract::{ContractFile, OpenedContract};
pub use error::AppError;
pub use evaluate::{Evaluation, evaluate};
pub use files::pdf_files;
pub use folders::models_folders;
pub use model::Model;
pub use proviso_pdf::worker::run_if_asked as run_worker_if_asked;
pub use reading::{Cancel, Waiting, above_thresholds, read_contract, run_record};
pub use workbench::{Settings, Workbench};

/// Proviso's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
