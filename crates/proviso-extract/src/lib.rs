//! From logits to clauses.
//!
//! A span tagger's windows are merged into scores for every token ([`merge`]) and spans are decoded from the scores of each
//! category ([`decode`]); [`read_tokens`] does both for a whole text. A question-answering model is asked one question after
//! the other ([`ask`]); it can be spared passages that the tagger is sure about ([`Screen`]), or only asked about what the
//! tagger doubts ([`doubtful`], [`confirm`]). [`scoring`] measures the results as CUAD's own evaluation does.
//!
//! Generic over [`PassReader`](proviso_encoder::PassReader): tests use models that need no weights.

mod answer;
mod days;
mod decode;
mod doubt;
mod evidence;
mod merge;
mod names;
mod questions;
mod read;
mod roles;
pub mod scoring;
mod screen;
mod sentences;
mod snap;
mod titles;
mod words;
mod zones;

pub use answer::answer_findings;
pub use doubt::{Check, Doubt, DoubtSettings, added, confirm, doubtful};
pub use evidence::Evidence;
pub use questions::{
    Answer, AnswerCache, Asked, Asking, KeptAnswers, PassesDone, PassesReport, PreparedQuestion, Question,
    QuestionSettings, ask,
};
pub use read::{ReadSettings, TaggedText, WindowsRead, read_tokens};
pub use screen::Screen;
