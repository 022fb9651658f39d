//! Why something was decided.

use serde::Serialize;

/// One decision with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What was decided.
    pub about: Topic,
    /// The decision and its reason, in a sentence.
    pub text: String,
}

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Where to compute.
    Device,
    /// The numbers to compute with.
    Precision,
    /// How many windows run at once.
    AtOnce,
    /// How the text is cut into windows.
    Windows,
    /// How often a passage is read for the questions.
    Questions,
    /// Which layers stay in memory and which are read from the disk.
    Placement,
    /// What is kept in memory.
    Memory,
    /// How fast that is here.
    Pace,
}

impl Topic {
    /// A heading for a person.
    pub fn title(self) -> &'static str {
        match self {
            Self::Device => "Device",
            Self::Precision => "Numbers",
            Self::AtOnce => "At once",
            Self::Windows => "Passages",
            Self::Questions => "Questions",
            Self::Placement => "Layers",
            Self::Memory => "Memory",
            Self::Pace => "Pace",
        }
    }

    pub(crate) fn because(self, text: impl Into<String>) -> Reason {
        Reason { about: self, text: text.into() }
    }
}
