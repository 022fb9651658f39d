//! The short answer beside a clause.

use proviso_core::{AnswerFormat, Topic};

/// The short answer that a clause gives by itself: "Yes" where the question is whether there is such a clause, the
/// title for the contract's name. Dates, durations, parties and jurisdictions need to be worked out from the clause;
/// `None` until then, and for a person's own categories, of which
/// nobody knows what they ask for.
pub(crate) fn short_answer(topic: &Topic, clause: &str) -> Option<String> {
    match topic.category()?.answer_format() {
        AnswerFormat::YesNo => Some("Yes".to_owned()),
        AnswerFormat::Name => Some(clause.split_whitespace().collect::<Vec<_>>().join(" ")),
        AnswerFormat::Parties | AnswerFormat::Date | AnswerFormat::Duration | AnswerFormat::Jurisdiction => {
            None
        }
    }
}
