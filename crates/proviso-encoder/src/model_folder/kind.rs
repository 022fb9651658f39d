//! How a model answers.

use serde::{Deserialize, Serialize};

/// The kinds of model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// One pass over a window scores its tokens for all categories at once.
    SpanTagger,
    /// A pass answers one question about a window, as in SQuAD 2.0 (arXiv 1806.03822).
    QuestionAnswering,
}

impl ModelKind {
    /// The name of the linear layer on top of the encoder.
    pub(crate) fn head(self) -> &'static str {
        match self {
            Self::SpanTagger => "span_head",
            Self::QuestionAnswering => "qa_outputs",
        }
    }
}
