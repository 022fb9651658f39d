//! What cannot be done.

use proviso_core::{Device, Precision};

/// What was asked for cannot be done on this machine, or not by this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The program was built without the device.
    #[error(
        "this version of Proviso was built without support for `{0}`, so it cannot be used; choose `auto` or `cpu`"
    )]
    NotBuiltFor(&'static str),
    /// The machine has no such device, or its driver does not answer.
    #[error(
        "no device for `{0}` was found in this computer, or its driver does not answer; choose `auto` or `cpu`"
    )]
    NoSuchDevice(&'static str),
    /// The device does not compute with such numbers.
    #[error(
        "the {} computes with `f32` and `f16`, not with `{precision}`; choose one of those, or the processor (`cpu`)",
        device.in_words()
    )]
    NotOnDevice {
        /// The device that was asked for.
        device: Device,
        /// The numbers that were asked for.
        precision: Precision,
    },
    /// An imported model has only the numbers that it was imported with.
    #[error(
        "this model was imported at `{imported}` and runs only so; choose `auto`, or import it again with \
         `--precision {asked}`"
    )]
    ImportedAt {
        /// The numbers that it was imported with.
        imported: Precision,
        /// The numbers that were asked for.
        asked: Precision,
    },
    /// The device does not compute with what a model was imported with.
    #[error(
        "this model was imported at `{imported}`, which the {} does not compute with; choose the processor (`cpu`), or \
         import it again with `--precision f16`",
        device.in_words()
    )]
    ImportedForProcessor {
        /// The device that was asked for.
        device: Device,
        /// The numbers that it was imported with.
        imported: Precision,
    },
    /// Ranges from a calibration were asked for and the model has none.
    #[error(
        "`int8-static` needs a model that was calibrated on contracts of your own, and this one was not; calibrate it \
         with `proviso models import DIR --calibrate CONTRACTS`, or choose `int8`"
    )]
    NotCalibrated,
    /// Windows cannot be batched.
    #[error(
        "on a processor windows are read one by one, which is faster than a batch of {0}; leave the batch out or choose 1"
    )]
    NoBatches(usize),
    /// The batch does not fit into the device's memory.
    #[error("a batch of {asked} windows does not fit into the device's memory; at most {most} do")]
    BatchTooLarge {
        /// Windows that were asked for.
        asked: usize,
        /// Windows that fit.
        most: usize,
    },
    /// Zero workers would never finish.
    #[error("at least one thread is needed")]
    NoThreads,
    /// The model does not fit into the memory.
    #[error(
        "at {precision} the model needs {}{needed_mb} MB{} and {}: {} MB are missing; {}",
        if *imported { "at least " } else { "" },
        if *imported { ", even with its layers on the disk," } else { "" },
        budget.sentence(),
        needed_mb.saturating_sub(budget.megabytes()),
        way_out(*fits, *imported)
    )]
    DoesNotFit {
        /// The numbers that it was to be run with.
        precision: Precision,
        /// Megabytes that are needed; of an imported model with as much on the disk as possible.
        needed_mb: u64,
        /// Megabytes that there are.
        budget: Budget,
        /// The most exact numbers with which it would fit, if there are any.
        fits: Option<Precision>,
        /// Whether it was imported, so that other numbers take another import.
        imported: bool,
    },
}

fn way_out(fits: Option<Precision>, imported: bool) -> String {
    match fits {
        Some(level) if imported => format!("imported again with `--precision {level}` it would fit"),
        Some(level) => format!("`{level}` would fit"),
        None => "no other precision would fit".to_owned(),
    }
}

/// What a person can change in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Where to compute.
    Device,
    /// The numbers to compute with.
    Precision,
    /// Windows in a batch.
    Batch,
    /// Windows side by side.
    Threads,
    /// Megabytes that a reading may take.
    MemoryBudget,
}

impl PlanError {
    /// The wish that mends it when it is taken back or changed.
    pub fn mended_by(&self) -> Wish {
        match self {
            Self::NotBuiltFor(_) | Self::NoSuchDevice(_) | Self::ImportedForProcessor { .. } => Wish::Device,
            Self::NoBatches(_) | Self::BatchTooLarge { .. } => Wish::Batch,
            Self::NoThreads => Wish::Threads,
            Self::DoesNotFit { budget: Budget::Allowed(_), .. } => Wish::MemoryBudget,
            Self::NotOnDevice { .. }
            | Self::ImportedAt { .. }
            | Self::NotCalibrated
            | Self::DoesNotFit { .. } => Wish::Precision,
        }
    }
}

/// Megabytes that a reading may take, and what sets the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// The person allowed no more.
    Allowed(u64),
    /// No more is free.
    Free(u64),
}

impl Budget {
    /// The megabytes.
    pub fn megabytes(self) -> u64 {
        match self {
            Self::Allowed(megabytes) | Self::Free(megabytes) => megabytes,
        }
    }

    pub(super) fn sentence(self) -> String {
        match self {
            Self::Allowed(megabytes) => format!("the budget is {megabytes} MB"),
            Self::Free(megabytes) => format!("{megabytes} MB are free"),
        }
    }
}
