//! What a model says about a contract.

use serde::{Deserialize, Serialize};

use crate::{TextRange, Topic};

/// A clause that a model found: where it stands and how sure the model is.
///
/// The text is not repeated here; it is `document.slice(range)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Which kind of clause it is.
    #[serde(rename = "category")]
    pub topic: Topic,
    /// Where it stands in the document's text.
    pub range: TextRange,
    /// How sure the model is, in 0..=1, to be compared with the topic's threshold: the probability that the finding is right
    /// if the model was calibrated, else its score.
    pub confidence: f32,
    /// The short answer where one can be given: "Yes" for the yes-or-no categories, else CUAD's derived answer.
    pub answer: Option<String>,
}

impl Finding {
    /// What findings are sorted by: their topics, and within a topic where they stand.
    pub fn place(&self) -> (&Topic, TextRange) {
        (&self.topic, self.range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_written_with_the_name_of_its_category() {
        for name in ["Insurance", "Data Protection"] {
            let finding = Finding {
                topic: Topic::named(name),
                range: TextRange::new(3, 9),
                confidence: 0.5,
                answer: None,
            };
            let json = serde_json::to_value(&finding).unwrap();
            assert_eq!(json["category"], name);
            assert_eq!(serde_json::from_value::<Finding>(json).unwrap(), finding);
        }
    }
}
