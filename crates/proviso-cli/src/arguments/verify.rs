//! What can be typed behind `proviso verify`.

use std::path::PathBuf;

use clap::Args;

use super::DeviceArgument;

#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// Compute here instead of where the receipt says.
    #[arg(long, value_enum)]
    pub device: Option<DeviceArgument>,
    /// The password of encrypted contracts.
    #[arg(long)]
    pub password: Option<String>,
    /// Print what is equal and what differs as JSON.
    #[arg(long)]
    pub json: bool,
    /// The receipt, as the window or `proviso extract --format receipt` wrote it.
    #[arg(value_name = "RECEIPT")]
    pub receipt: PathBuf,
    /// Files, and folders to look in, for contracts that do not lie where the receipt says.
    #[arg(value_name = "FILE_OR_DIR")]
    pub places: Vec<PathBuf>,
}
