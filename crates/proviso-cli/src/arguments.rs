//! What can be typed.

mod bench;
mod models;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use proviso_core::Topic;
use proviso_extract::Question;
use proviso_plan::{Amount, DeviceChoice, PlanRequest, PrecisionChoice, Speed, Work};

pub use bench::{BenchArguments, Levels};
pub use models::{ImportArguments, ModelsArguments, ModelsCommand};
pub use verify::VerifyArguments;

/// Reads contracts on this computer and finds the 41 kinds of clause of CUAD. Nothing leaves the computer.
#[derive(Debug, Parser)]
#[command(name = "proviso", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find the clauses of PDF contracts.
    Extract(ExtractArguments),
    /// Score a model on contracts whose clauses are known.
    Eval(EvalArguments),
    /// Measure how fast a model runs on this computer, with random tokens.
    Bench(BenchArguments),
    /// Say what would run on this computer, and why.
    Plan(PlanArguments),
    /// Say what holds Proviso to its promises on this computer: models, reading process, connections.
    About,
    /// The models that are here.
    Models(ModelsArguments),
    /// Read the contracts of a receipt again, and say what is equal and what differs.
    Verify(VerifyArguments),
}

#[derive(Debug, Args)]
pub struct ExtractArguments {
    #[command(flatten)]
    pub running: RunningArguments,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Where to write the result; standard output where it is left out.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub asking: AskingArguments,
    /// The password of encrypted files.
    #[arg(long)]
    pub password: Option<String>,
    /// PDF files, and folders to look for them in.
    #[arg(required = true, value_name = "FILE_OR_DIR")]
    pub files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct EvalArguments {
    /// Contracts with answers in CUAD's JSON layout.
    #[arg(long, value_name = "CUAD.json[.gz]")]
    pub data: PathBuf,
    #[command(flatten)]
    pub running: RunningArguments,
    #[command(flatten)]
    pub asking: AskingArguments,
    /// Measure instead what the model, a span tagger, would leave for one that answers questions: the threshold that keeps this share
    /// of the passages with an answer, and what such thresholds keep on contracts that they were not chosen on.
    #[arg(long, value_name = "RECALL", value_parser = share)]
    pub screening: Option<f64>,
    /// Read the contracts' PDFs in this folder, named by the contracts' titles, instead of the texts in the data.
    #[arg(long, value_name = "DIR", conflicts_with = "screening")]
    pub pdf_dir: Option<PathBuf>,
    /// Read only the first N contracts.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Score the short answers too, against this file with the columns of CUAD's master_clauses.csv.
    #[arg(long, value_name = "ANSWERS.csv", conflicts_with = "screening")]
    pub answers: Option<PathBuf>,
    /// Compare every precision that the model can be run at: time, memory and quality, as a table, and as `study.json` and three charts in
    /// this folder.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["screening", "answers", "nbest"])]
    pub study: Option<PathBuf>,
    /// Write all proposed clauses with their scores, as CUAD's own scorer reads them.
    #[arg(long, value_name = "OUT.json")]
    pub nbest: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlanArguments {
    #[command(flatten)]
    pub running: RunningArguments,
    /// Plan for another computer: a JSON file whose fields replace those that are found of this one, as `proviso plan --json`
    /// prints them under `hardware`.
    #[arg(long, value_name = "FILE.json")]
    pub hardware: Option<PathBuf>,
    /// Plan for asking about every passage, if the model answers questions.
    #[arg(long)]
    pub exhaustive: bool,
    /// Plan for contracts in bulk instead of one that someone waits for.
    #[arg(long)]
    pub bulk: bool,
    /// Print the plan as JSON.
    #[arg(long)]
    pub json: bool,
}

/// How the model is run.
#[derive(Debug, Args)]
pub struct RunningArguments {
    /// The model, by name or folder; the bundled one where it is left out.
    #[arg(long, value_name = "NAME|DIR")]
    pub model: Option<String>,
    /// The trade of speed against accuracy.
    #[arg(long, value_enum, default_value_t)]
    pub speed: SpeedArgument,
    /// The numbers to compute with.
    #[arg(long, value_enum, default_value_t)]
    pub precision: PrecisionArgument,
    /// Where to compute.
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceArgument,
    /// Windows that go through the model together: `auto` or a number.
    #[arg(long, value_name = "auto|N", default_value = "auto", value_parser = amount)]
    pub batch: Amount,
    /// Windows read side by side: `auto` or a number.
    #[arg(long, value_name = "auto|N", default_value = "auto", value_parser = amount)]
    pub threads: Amount,
    /// Most memory that the reading may take.
    #[arg(long, value_name = "MB")]
    pub memory_budget: Option<u64>,
}

impl RunningArguments {
    /// What is asked of the plan for so much work; `screening` is for a model that answers questions.
    pub fn request(&self, work: Work, screening: bool) -> PlanRequest {
        PlanRequest {
            speed: match self.speed {
                SpeedArgument::Fast => Speed::Fast,
                SpeedArgument::Balanced => Speed::Balanced,
                SpeedArgument::Accurate => Speed::Accurate,
            },
            device: self.device.into(),
            precision: self.precision.into(),
            batch: self.batch,
            threads: self.threads,
            work,
            memory_budget_mb: self.memory_budget,
            screening,
        }
    }
}

/// What a model that answers questions is asked. Others need none of it.
#[derive(Debug, Args)]
pub struct AskingArguments {
    /// Ask about every passage, not only about those in which the bundled model sees something.
    #[arg(long)]
    pub exhaustive: bool,
    /// A category of your own: its name, and in a sentence or two what it is. May be given several times.
    #[arg(long, value_name = "NAME=QUESTION", value_parser = own_question)]
    pub question: Vec<Question>,
}

/// The form of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// One row a finding.
    #[default]
    Csv,
    /// CUAD's own 83 columns, one row a contract.
    CuadCsv,
    /// Everything, with the places on the pages.
    Json,
    /// An Excel workbook.
    Xlsx,
    /// What is needed to check the reading later with `proviso verify`.
    Receipt,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum SpeedArgument {
    Fast,
    #[default]
    Balanced,
    Accurate,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum PrecisionArgument {
    #[default]
    Auto,
    F32,
    F16,
    Int8,
    Int8Static,
    Int4,
}

impl From<PrecisionArgument> for PrecisionChoice {
    fn from(typed: PrecisionArgument) -> Self {
        match typed {
            PrecisionArgument::Auto => Self::Auto,
            PrecisionArgument::F32 => Self::F32,
            PrecisionArgument::F16 => Self::F16,
            PrecisionArgument::Int8 => Self::Int8,
            PrecisionArgument::Int8Static => Self::Int8Static,
            PrecisionArgument::Int4 => Self::Int4,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum DeviceArgument {
    #[default]
    Auto,
    Cpu,
    Cuda,
    Metal,
}

impl From<DeviceArgument> for DeviceChoice {
    fn from(typed: DeviceArgument) -> Self {
        match typed {
            DeviceArgument::Auto => Self::Auto,
            DeviceArgument::Cpu => Self::Cpu,
            DeviceArgument::Cuda => Self::Cuda,
            DeviceArgument::Metal => Self::Metal,
        }
    }
}

fn own_question(text: &str) -> Result<Question, String> {
    let parts = text.split_once('=').map(|(name, details)| (name.trim(), details.trim()));
    match parts {
        Some((name, details)) if !name.is_empty() && !details.is_empty() => {
            match Topic::named(name).category() {
                Some(category) => {
                    Err(format!("`{category}` is one of CUAD's categories; choose another name"))
                }
                None => Ok(Question::own(name, details)),
            }
        }
        _ => Err("expected a name, `=` and a question".into()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|share| *share > 0.0 && *share <= 1.0)
        .ok_or_else(|| "expected a share up to 1".into())
}

fn amount(text: &str) -> Result<Amount, String> {
    match text {
        "auto" => Ok(Amount::Auto),
        _ => match text.parse() {
            Ok(count) if count > 0 => Ok(Amount::Exactly(count)),
            _ => Err("expected `auto` or a number from 1".into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_question_of_ones_own_has_a_name_and_words() {
        let question = own_question("Deposit = Is a deposit to be paid, and how much?").unwrap();
        assert_eq!(question.topic.name(), "Deposit");
        assert!(question.text.contains("Is a deposit to be paid"), "{}", question.text);
        for wrong in ["Deposit", "=why", "Deposit=", "insurance=Who insures?"] {
            assert!(own_question(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_auto_or_a_number() {
        assert_eq!(amount("auto"), Ok(Amount::Auto));
        assert_eq!(amount("12"), Ok(Amount::Exactly(12)));
        assert!(amount("0").is_err() && amount("many").is_err());
    }
}
