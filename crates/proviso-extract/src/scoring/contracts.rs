//! CUAD's contracts with their answers, in the layout of SQuAD.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use proviso_core::{Category, TextRange};
use serde::Deserialize;

/// A contract's text with the answers of its annotators.
#[derive(Debug, Clone)]
pub struct Contract {
    /// CUAD's name of it.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The marked clauses of each category; all 41 are there, many of them empty.
    pub answers: BTreeMap<Category, Vec<String>>,
    /// Where they stand in the text.
    pub spans: BTreeMap<Category, Vec<TextRange>>,
    /// The id of each category's question.
    pub question_ids: BTreeMap<Category, String>,
    /// Whether passages are compared with the answers with single blanks for all white space.
    pub single_blanks: bool,
}

impl Contract {
    /// The contract with the text of its PDF in the place of the dataset's. Its lines are broken elsewhere, and words are compared between
    /// blanks. Where the answers stand in it is not known.
    #[must_use]
    pub fn with_text_of_pdf(mut self, text: String) -> Self {
        self.answers.values_mut().flatten().for_each(|answer| *answer = with_single_blanks(answer));
        self.spans.clear();
        Self { text, single_blanks: true, ..self }
    }

    /// A passage as it is compared with the answers.
    pub fn compared(&self, passage: &str) -> String {
        if self.single_blanks { with_single_blanks(passage) } else { passage.to_owned() }
    }
}

fn with_single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The contracts cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ContractsError {
    /// The file cannot be read.
    #[error("the contracts in `{path}` cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not in CUAD's layout.
    #[error("`{path}` is not in CUAD's JSON layout: {reason}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Deserialize)]
struct Root {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    title: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    context: String,
    qas: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
    /// In characters.
    answer_start: usize,
}

/// Loads the contracts of a CUAD JSON file, which may be compressed (`.gz`).
///
/// # Errors
/// If the file cannot be read, or is not in CUAD's layout.
pub fn load_contracts(path: &Path) -> Result<Vec<Contract>, ContractsError> {
    let unreadable = |source| ContractsError::Read { path: path.to_owned(), source };
    let malformed = |reason: String| ContractsError::Malformed { path: path.to_owned(), reason };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut json = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_end(&mut json).map_err(unreadable)?;
    } else {
        file.read_to_end(&mut json).map_err(unreadable)?;
    }
    let root: Root = serde_json::from_slice(&json).map_err(|error| malformed(error.to_string()))?;
    root.data
        .into_iter()
        .flat_map(|entry| {
            let title = entry.title;
            entry.paragraphs.into_iter().map(move |paragraph| contract(title.clone(), paragraph))
        })
        .collect::<Result<_, _>>()
        .map_err(malformed)
}

fn contract(title: String, paragraph: Paragraph) -> Result<Contract, String> {
    let mut answers = BTreeMap::new();
    let mut spans = BTreeMap::new();
    let mut question_ids = BTreeMap::new();
    let places = Places::of(&paragraph.context);
    for question in paragraph.qas {
        let name = question.id.rsplit("__").next().unwrap_or_default();
        let category: Category = name.parse().map_err(|error| format!("{error}, in `{}`", question.id))?;
        let place = |answer: &Answer| {
            places
                .of_answer(answer)
                .ok_or_else(|| format!("an answer to `{}` is not where it says", question.id))
        };
        spans.insert(category, question.answers.iter().map(place).collect::<Result<_, _>>()?);
        answers.insert(category, question.answers.into_iter().map(|answer| answer.text).collect());
        question_ids.insert(category, question.id);
    }
    match Category::ALL.iter().find(|category| !answers.contains_key(category)) {
        Some(missing) => Err(format!("the contract `{title}` has no question about {missing}")),
        None => Ok(Contract {
            title,
            text: paragraph.context,
            answers,
            spans,
            question_ids,
            single_blanks: false,
        }),
    }
}

/// From characters of a text to its bytes.
struct Places<'a> {
    text: &'a str,
    /// The first byte of each character, and the text's end.
    bytes: Vec<usize>,
}

impl<'a> Places<'a> {
    fn of(text: &'a str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { text, bytes }
    }

    /// `None` if the text says something else there.
    fn of_answer(&self, answer: &Answer) -> Option<TextRange> {
        let start = *self.bytes.get(answer.answer_start)?;
        let is_there = self.text[start..].starts_with(&answer.text);
        is_there.then(|| TextRange::new(start, start + answer.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_where_their_characters_are_counted() {
        let places = Places::of("§ 1 Übernahme");
        let answer = |text: &str, answer_start| Answer { text: text.into(), answer_start };
        let found = places.of_answer(&answer("bernahme", 5));
        assert_eq!(found, Some(TextRange::new(7, 15)));
        assert_eq!(places.of_answer(&answer("bernahme", 4)), None);
        assert_eq!(places.of_answer(&answer("", 99)), None);
    }
}
