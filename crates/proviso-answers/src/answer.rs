//! What the answer to a question about a contract is.

use std::fmt;

use proviso_core::TextRange;

use crate::{Day, Party, Period, Place, Renewal};

/// What a clause, or a contract, answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// There is such a clause.
    Yes,
    /// There is none; only of a contract.
    No,
    /// A title.
    Title(String),
    /// The parties; of a clause the one that it names.
    Parties(Vec<Party>),
    /// A day, as far as it is told.
    Day(Day),
    /// It never ends by itself.
    Perpetual,
    /// For how long it is renewed.
    Renewal(Renewal),
    /// A length of time.
    Period(Period),
    /// Whose law governs; several where different matters have different laws.
    Law(Vec<Place>),
}

/// The short answer, as CUAD writes it: `2016-11-06`, `successive 1 year`, `New York`, `Acme Inc. ("Acme"); Bolt LLC`.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list<T: fmt::Display>(items: &[T]) -> String {
            items.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
        }
        match self {
            Self::Yes => formatter.write_str("Yes"),
            Self::No => formatter.write_str("No"),
            Self::Title(title) => formatter.write_str(title),
            Self::Parties(parties) => formatter.write_str(&list(parties)),
            Self::Day(day) => day.fmt(formatter),
            Self::Perpetual => formatter.write_str("perpetual"),
            Self::Renewal(renewal) => renewal.fmt(formatter),
            Self::Period(period) => period.fmt(formatter),
            Self::Law(places) => formatter.write_str(&list(places)),
        }
    }
}

/// How an answer was come by, where it does not stand in the clause as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// In a sentence for a person: `7 years from 2016-11-06, the Effective Date.`
    pub sentence: String,
    /// The period that was added, if one was.
    pub period: Option<Period>,
    /// The day that it was added to, or that was taken over.
    pub from: Option<Day>,
    /// The clauses that say so, in the order of the sentence.
    pub sources: Vec<TextRange>,
    /// Whether something was assumed that the clauses do not say; the sentence tells what.
    pub is_assumed: bool,
}

/// An answer, and how it was come by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is.
    pub value: Value,
    /// How it was come by; none where it is what the clause says.
    pub basis: Option<Basis>,
}

impl Answer {
    pub(crate) fn plain(value: Value) -> Self {
        Self { value, basis: None }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}
