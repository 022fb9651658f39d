//! Questions put to a model that answers them with places of the text.
//!
//! A text is cut into windows for each question ([`ask`]), of every pass only the highest logits are kept ([`peaks`]), and
//! these become spans ([`spans`]). From the same spans come the list that CUAD's scorer reads ([`n_best`]), in which an
//! answer is as probable as the others leave room for, and findings ([`clauses`]), each measured against there being none.

mod asked;
mod cache;
mod clauses;
mod n_best;
mod peaks;
mod schedule;
mod spans;
mod wording;

use proviso_core::{Category, Topic};

pub use asked::{Asked, Asking, PassesDone, ask};
pub use cache::{AnswerCache, KeptAnswers};
pub use n_best::Answer;
pub use schedule::PassesReport;

/// A question about a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it asks for.
    pub topic: Topic,
    /// Its text, as the model reads it.
    pub text: String,
}

impl Question {
    /// CUAD's question about a category, in the very words with which models were trained.
    pub fn about(category: Category) -> Self {
        Self { topic: category.into(), text: wording::cuad_question(category) }
    }

    /// A question of the person's own: a name for what is asked for, and in a sentence or two what it is. It is put as CUAD's
    /// are.
    pub fn own(name: &str, details: &str) -> Self {
        Self { topic: Topic::Own(name.into()), text: wording::framed(name, details) }
    }

    /// CUAD's 41 questions in their order.
    pub fn cuad() -> Vec<Self> {
        Category::ALL.into_iter().map(Self::about).collect()
    }
}

/// A question in the model's tokens, without special ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedQuestion {
    /// What it asks for.
    pub topic: Topic,
    /// Its tokens; those beyond [`QuestionSettings::longest_question`] are not read.
    pub tokens: Vec<u32>,
}

/// How questions are put and answered. But for the lengths, the numbers are those with which CUAD's models are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionSettings {
    /// Tokens of a pass: special ones, question and window.
    pub length: usize,
    /// Special tokens of a pass: 3 around question and window of BERT and DeBERTa, 4 of RoBERTa, XLM-R and MPNet.
    pub special_tokens: usize,
    /// Tokens from the beginning of one window to that of the next (`doc_stride` of transformers' script); no more than fit
    /// into a window, so that none is left out.
    pub stride: usize,
    /// Tokens of a question that are read.
    pub longest_question: usize,
    /// Tokens of the longest answer.
    pub most_answer_tokens: usize,
    /// Starts and ends of a window that are tried, and length of the list of answers.
    pub n_best: usize,
}

impl QuestionSettings {
    /// The settings of CUAD's evaluation for passes of a length.
    pub fn new(length: usize, special_tokens: usize, stride: usize) -> Self {
        Self { length, special_tokens, stride, longest_question: 64, most_answer_tokens: 512, n_best: 20 }
    }

    /// The part of a question that is read.
    fn asked<'a>(&self, question: &'a PreparedQuestion) -> &'a [u32] {
        &question.tokens[..question.tokens.len().min(self.longest_question)]
    }
}
