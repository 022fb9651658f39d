//! What a person decides about the clauses of a contract.

use serde::{Deserialize, Serialize};

use crate::{TextRange, Topic};

/// Which clause is meant: its kind, and where it stands as the model found it or as the person added it. It stays the same when
/// the person gives the clause other words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// The kind of clause.
    pub topic: Topic,
    /// Where it stands in the document's text.
    pub range: TextRange,
}

/// What was decided about a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing yet.
    #[default]
    Unreviewed,
    /// It is a clause of its kind.
    Accepted,
    /// It is not.
    Rejected,
}

impl Decision {
    /// Whether nothing was decided.
    pub fn is_open(&self) -> bool {
        *self == Self::Unreviewed
    }

    /// The word for it in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// Where a clause's words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The model found it as it stands.
    #[default]
    Model,
    /// The model found it, and the person gave it other words.
    Edited,
    /// The person added it.
    Added,
}

impl Origin {
    /// Whether the words are those that the model found.
    pub fn is_model(&self) -> bool {
        *self == Self::Model
    }
}

/// One thing that a person did in a review. A review is what its deeds make of it, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "kebab-case")]
pub enum Deed {
    /// The clause is one of its kind.
    Accept {
        /// The clause.
        clause: Anchor,
    },
    /// It is not.
    Reject {
        /// The clause.
        clause: Anchor,
    },
    /// Nothing is decided about it any more.
    Reopen {
        /// The clause.
        clause: Anchor,
    },
    /// Writes beside a clause; nothing takes away what was written.
    Note {
        /// The clause.
        clause: Anchor,
        /// What is written.
        text: String,
    },
    /// Gives a clause other words, and accepts it so.
    Edit {
        /// The clause.
        clause: Anchor,
        /// Its words.
        range: TextRange,
    },
    /// Adds a clause, which is accepted.
    Add {
        /// The clause.
        clause: Anchor,
    },
    /// The contract has no clause of a kind.
    ConfirmAbsent {
        /// The kind of clause.
        topic: Topic,
    },
    /// That is open again.
    ReopenAbsent {
        /// The kind of clause.
        topic: Topic,
    },
}

impl Deed {
    /// The kind of clause that it is about.
    pub fn topic(&self) -> &Topic {
        match self {
            Self::Accept { clause }
            | Self::Reject { clause }
            | Self::Reopen { clause }
            | Self::Note { clause, .. }
            | Self::Edit { clause, .. }
            | Self::Add { clause } => &clause.topic,
            Self::ConfirmAbsent { topic } | Self::ReopenAbsent { topic } => topic,
        }
    }

    /// What is done, in words, such as `Accept Governing Law`.
    pub fn in_words(&self) -> String {
        let topic = self.topic();
        match self {
            Self::Accept { .. } => format!("Accept {topic}"),
            Self::Reject { .. } => format!("Reject {topic}"),
            Self::Reopen { .. } => format!("Reopen {topic}"),
            Self::Note { text, .. } if text.trim().is_empty() => format!("Remove the note on {topic}"),
            Self::Note { .. } => format!("Note on {topic}"),
            Self::Edit { .. } => format!("Change the words of {topic}"),
            Self::Add { .. } => format!("Add {topic}"),
            Self::ConfirmAbsent { .. } => format!("Confirm that there is no {topic}"),
            Self::ReopenAbsent { .. } => format!("Reopen whether there is {topic}"),
        }
    }
}

/// What became of a decided clause in another version of its contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// The same words among the same others.
    Unchanged,
    /// The same words elsewhere.
    Moved,
    /// Other words at the corresponding place.
    Changed,
    /// Nothing corresponds to it.
    Lost,
}

/// A decision that was made on an earlier version of a contract, carried over to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The clause in this version's text; of one that is lost where it stood in the earlier one.
    pub clause: Anchor,
    /// What was decided.
    pub decision: Decision,
    /// Whether the person had added it, or given it other words.
    pub by_hand: bool,
    /// What was written beside it.
    pub note: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// The clause as it stood in the earlier version.
    pub quote: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_written_down_and_read_back() {
        let clause = Anchor { topic: Topic::named("Governing Law"), range: TextRange::new(3, 9) };
        let deeds = [
            Deed::Accept { clause: clause.clone() },
            Deed::Note { clause: clause.clone(), text: "ask the seller".into() },
            Deed::Edit { clause, range: TextRange::new(3, 12) },
            Deed::ConfirmAbsent { topic: Topic::named("Data Protection") },
        ];
        let text = serde_json::to_string(&deeds).unwrap();
        assert!(text.contains(r#""deed":"confirm-absent","topic":"Data Protection""#), "{text}");
        assert_eq!(serde_json::from_str::<Vec<Deed>>(&text).unwrap(), deeds);
        let words: Vec<String> = deeds.iter().map(Deed::in_words).collect();
        let expected = ["Accept Governing Law", "Note on Governing Law", "Change the words of Governing Law"];
        assert_eq!(words[..3], expected);
    }
}
