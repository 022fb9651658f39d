//! What the person asked for.

use proviso_core::Precision;

/// The trade of speed against accuracy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Speed {
    /// Each passage is read about once.
    Fast,
    /// Each passage is read twice, in different surroundings.
    #[default]
    Balanced,
    /// Each passage is read four times.
    Accurate,
}

impl Speed {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Balanced => "balanced",
            Self::Accurate => "accurate",
        }
    }

    /// What a word stands for.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Fast, Self::Balanced, Self::Accurate].into_iter().find(|speed| speed.name() == name)
    }
}

/// Where to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceChoice {
    /// The best that is there.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// An NVIDIA graphics card.
    Cuda,
    /// An Apple graphics processor.
    Metal,
}

/// The numbers to compute with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrecisionChoice {
    /// The best for the device.
    #[default]
    Auto,
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point.
    F16,
    /// 8-bit integers.
    Int8,
    /// 8-bit integers with ranges from a calibration.
    Int8Static,
    /// 4-bit blocks.
    Int4,
}

impl From<Precision> for PrecisionChoice {
    fn from(level: Precision) -> Self {
        match level {
            Precision::F32 => Self::F32,
            Precision::F16 => Self::F16,
            Precision::Int8 => Self::Int8,
            Precision::Int8Static => Self::Int8Static,
            Precision::Int4 => Self::Int4,
        }
    }
}

/// A number, or the choice left to the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Amount {
    /// Left to the plan.
    #[default]
    Auto,
    /// Exactly this many.
    Exactly(usize),
}

/// How much is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Work {
    /// A contract that someone waits for.
    #[default]
    OneContract,
    /// Contracts in bulk.
    Many,
}

/// Everything that can be asked for; the default leaves all to the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanRequest {
    /// The trade of speed against accuracy.
    pub speed: Speed,
    /// Where to compute.
    pub device: DeviceChoice,
    /// The numbers to compute with.
    pub precision: PrecisionChoice,
    /// Windows in a batch.
    pub batch: Amount,
    /// Windows read side by side.
    pub threads: Amount,
    /// How much is to be read.
    pub work: Work,
    /// Megabytes (of 1 000 000 bytes) that the reading may take; `None` for what is free.
    pub memory_budget_mb: Option<u64>,
    /// Whether a question-answering model is asked only about passages in which the bundled model sees something.
    pub screening: bool,
}

impl PlanRequest {
    /// The same beside another model that has taken so many megabytes of what may be taken.
    pub fn beside(self, taken_mb: u64) -> Self {
        let memory_budget_mb = self.memory_budget_mb.map(|allowed| allowed.saturating_sub(taken_mb));
        Self { memory_budget_mb, ..self }
    }
}
