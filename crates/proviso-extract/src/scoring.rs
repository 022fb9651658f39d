//! How good a reading is, by the measures of CUAD's own evaluation (Hendrycks et al., arXiv 2103.06268).

mod answers;
mod bootstrap;
mod contracts;
mod curve;
mod hypotheses;
mod matching;
mod questions;
mod reliability;
mod report;
mod screening;
mod tally;

pub use answers::{
    AnswerAccuracy, AnswerReport, AnsweredContract, GoldAnswers, GoldError, WrongAnswer, is_same,
    load_answers, score_answers, wrong_answers,
};
pub use bootstrap::{Interval, interval, intervals};
pub use contracts::{Contract, ContractsError, load_contracts};
pub use curve::spread;
pub use hypotheses::{said_once, sentences_of};
pub use reliability::{LEAST_CONFIDENCE, Reliability, ReliabilityBin};
pub use report::{CategoryReport, Prediction, Report, Scored, Scoring, score};
pub use screening::{
    ScreenPair, ScreeningReport, TopicScreening, choose_screen_threshold, read_for, screen_pairs,
    screening_report,
};
