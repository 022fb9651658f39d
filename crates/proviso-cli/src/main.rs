//! Proviso on the command line. Results go to standard output or to a file, progress to standard error.
//!
//! Exit codes: 0 all read; 1 something unforeseen; 2 usage; 3 some documents failed and the others are in the
//! output; 4 the model or the plan is impossible.

mod arguments;
mod bench;
mod environment;
mod eval;
mod extract;
mod models;
mod output;
mod plan;
mod progress;

use std::process::ExitCode;

use clap::Parser;
use proviso_app::AppError;

use arguments::{Arguments, Command};

/// All went well, or some documents failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    SomeFailed,
}

fn main() -> ExitCode {
    proviso_app::run_worker_if_asked();
    let result = match Arguments::parse().command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
    };
    match result {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        Err(error) => {
            output::complain(&format!("error: {error:#}"));
            ExitCode::from(exit_code(&error))
        }
    }
}

fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<AppError>() {
        Some(
            AppError::Encoder(_) | AppError::Plan(_) | AppError::NoSuchModel { .. } | AppError::NotAModel(_),
        ) => 4,
        _ => 1,
    }
}
