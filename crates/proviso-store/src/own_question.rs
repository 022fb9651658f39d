//! Categories of the person's own: a name, and what is asked of the contract.

use std::collections::BTreeSet;

use proviso_core::Category;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A category of the person's own, which a question-answering model looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub struct OwnQuestion {
    /// Names the category everywhere; no two are alike, and none is like one of CUAD's.
    pub name: String,
    /// What is asked of the contract.
    pub question: String,
}

impl OwnQuestion {
    /// The most characters of a name.
    pub const MAX_NAME: usize = 80;
    /// The most characters of a question.
    pub const MAX_QUESTION: usize = 500;
    /// The most questions that are kept.
    pub const MAX_COUNT: usize = 100;

    /// Takes blanks off the ends and drops what cannot be asked; returns a sentence for each question that was dropped.
    pub(crate) fn repair_all(questions: &mut Vec<Self>) -> Vec<String> {
        let mut repaired = Vec::new();
        let mut names = BTreeSet::new();
        questions.retain_mut(|own| {
            own.name = own.name.trim().to_owned();
            own.question = own.question.trim().to_owned();
            let fault = own.fault(&names);
            if let Some(fault) = fault {
                let name: String = own.name.chars().take(Self::MAX_NAME).collect();
                repaired.push(format!("The question of your own \"{name}\" was dropped: {fault}."));
            } else {
                names.insert(own.name.to_lowercase());
            }
            fault.is_none()
        });
        if questions.len() > Self::MAX_COUNT {
            let more = questions.len() - Self::MAX_COUNT;
            questions.truncate(Self::MAX_COUNT);
            repaired.push(format!(
                "{more} questions of your own were dropped: {} are the most that are kept.",
                Self::MAX_COUNT
            ));
        }
        repaired
    }

    /// Why the question cannot be kept beside those of the names in small letters.
    fn fault(&self, names: &BTreeSet<String>) -> Option<&'static str> {
        let name = self.name.to_lowercase();
        if name.is_empty() {
            Some("it has no name")
        } else if self.question.is_empty() {
            Some("it asks nothing")
        } else if self.name.chars().count() > Self::MAX_NAME {
            Some("its name has more than 80 characters")
        } else if self.question.chars().count() > Self::MAX_QUESTION {
            Some("it has more than 500 characters")
        } else if Category::ALL.iter().any(|category| category.name().to_lowercase() == name) {
            Some("one of CUAD's categories has that name")
        } else if names.contains(&name) {
            Some("another one has the same name")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, question: &str) -> OwnQuestion {
        OwnQuestion { name: name.to_owned(), question: question.to_owned() }
    }

    #[test]
    fn what_cannot_be_asked_is_dropped_and_told() {
        let mut questions = vec![
            own("  Data protection ", " Is personal data processed? "),
            own("data PROTECTION", "Again?"),
            own("governing law", "Which law?"),
            own("", "Nameless?"),
            own("Empty", "  "),
            own(&"n".repeat(81), "Long?"),
            own("Long", &"q".repeat(501)),
            own(&"ä".repeat(80), &"ö".repeat(500)),
        ];
        let told = OwnQuestion::repair_all(&mut questions);
        assert_eq!(
            questions,
            [own("Data protection", "Is personal data processed?"), own(&"ä".repeat(80), &"ö".repeat(500))]
        );
        assert_eq!(told.len(), 6);
        assert!(told[0].contains("data PROTECTION") && told[0].contains("same name"), "{}", told[0]);
        assert!(told[1].contains("CUAD"), "{}", told[1]);
        assert!(OwnQuestion::repair_all(&mut questions).is_empty());
    }

    #[test]
    fn more_than_a_hundred_are_not_kept() {
        let mut questions: Vec<_> = (0..103).map(|number| own(&format!("Q{number}"), "Is it so?")).collect();
        let told = OwnQuestion::repair_all(&mut questions);
        assert_eq!(questions.len(), 100);
        assert!(told[0].starts_with("3 questions"), "{told:?}");
    }
}
