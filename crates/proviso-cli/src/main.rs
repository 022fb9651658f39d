//! Proviso on the command line. Results go to standard output or to a file, progress to standard error.
//!
//! Exit codes: 0 all read, or as the receipt says; 1 something unforeseen; 2 usage; 3 some documents failed and the others are in the
//! output, or something differs from the receipt; 4 the model or the plan is impossible.

mod about;
mod arguments;
mod bench;
mod environment;
mod eval;
mod extract;
mod models;
mod output;
mod plan;
mod progress;
mod verify;

use std::process::ExitCode;

use clap::Parser;
use proviso_app::AppError;
use proviso_export::ExportError;

use arguments::{Arguments, Command};

/// All went well, or some documents failed or differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    SomeFailed,
}

fn main() -> ExitCode {
    proviso_app::run_worker_if_asked();
    proviso_app::give_up_network(None);
    let result = match Arguments::parse().command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::About => about::run(),
        Command::Models(arguments) => models::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    match result {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        Err(error) => {
            output::complain(&format!("error: {}", with_causes(&error)));
            ExitCode::from(exit_code(&error))
        }
    }
}

/// The error with its causes, as far as it does not name them itself.
fn with_causes(error: &anyhow::Error) -> String {
    let causes = error.chain().skip(1).map(ToString::to_string);
    causes.fold(
        error.to_string(),
        |text, cause| {
            if text.contains(&cause) { text } else { format!("{text}: {cause}") }
        },
    )
}

fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<AppError>() {
        Some(
            AppError::Encoder(_)
            | AppError::Device(_)
            | AppError::Override(_)
            | AppError::Plan(_)
            | AppError::NoSuchModel { .. }
            | AppError::ModelOfReceipt { .. }
            | AppError::SettingOfReceipt { .. }
            | AppError::NotAModel(_)
            | AppError::Library(_),
        ) => 4,
        Some(AppError::Export(ExportError::Receipt(_))) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_cause_is_said_once() {
        let cause = || std::io::Error::other("no space");
        let names_it = AppError::OpenFile { path: "a.pdf".into(), source: cause() };
        assert_eq!(with_causes(&names_it.into()), "`a.pdf` cannot be opened: no space");
        let hides_it = Err::<(), _>(cause()).context("not written").unwrap_err();
        assert_eq!(with_causes(&hides_it), "not written: no space");
    }
}
