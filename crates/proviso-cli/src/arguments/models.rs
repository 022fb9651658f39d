//! What `proviso models` is asked.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct ModelsArguments {
    #[command(subcommand)]
    pub command: ModelsCommand,
}

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// List the models with their size and figures.
    List,
    /// Copy a model in Proviso's layout to your own models.
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
    /// The model's folder, which has a `manifest.json`.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What to call it; as it is called already where this is left out.
    #[arg(long)]
    pub name: Option<String>,
    /// Calibrate it for `--precision int8-static` on these contracts: a PDF file, or a folder of them.
    #[arg(long, value_name = "CONTRACTS")]
    pub calibrate: Option<PathBuf>,
}
