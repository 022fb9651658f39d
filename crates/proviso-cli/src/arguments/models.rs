//! What `proviso models` is asked.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::PrecisionArgument;

#[derive(Debug, Args)]
pub struct ModelsArguments {
    #[command(subcommand)]
    pub command: ModelsCommand,
}

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// List the models with their size and figures.
    List,
    /// Make a model one of your own: a Hugging Face folder of a question-answering model, or one in Proviso's layout. An import
    /// that was interrupted is gone on with.
    Import(ImportArguments),
    /// Check that a model's files are the ones that its manifest describes.
    Verify {
        /// The model's name or folder.
        name: String,
    },
    /// Delete one of your own models.
    Remove {
        /// The model's name.
        name: String,
    },
}

#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The model's folder, with a `config.json` and weights in safetensors or PyTorch's form, also in shards, or with a
    /// `manifest.json`.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What to call it; as it is called already where this is left out.
    #[arg(long)]
    pub name: Option<String>,
    /// The numbers that a Hugging Face folder's weights are kept in, the only ones it can then be run with: `f32`, `f16`,
    /// `int8`, `int4`, or `auto` for 8-bit integers where the processor has instructions for them and f16 elsewhere.
    #[arg(long, value_enum, default_value_t)]
    pub precision: PrecisionArgument,
    /// Calibrate a model in Proviso's layout for `--precision int8-static` on these contracts: a PDF file, or a folder of them.
    #[arg(long, value_name = "CONTRACTS")]
    pub calibrate: Option<PathBuf>,
}
