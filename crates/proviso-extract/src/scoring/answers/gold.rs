//! The answers of CUAD's annotators, from its `master_clauses.csv`.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use proviso_core::Category;

/// The annotators' answers to some contracts, by the contracts' names.
#[derive(Debug, Clone, Default)]
pub struct GoldAnswers(HashMap<String, BTreeMap<Category, String>>);

/// The answers cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read, or is no table.
    #[error("the answers in `{path}` cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        source: csv::Error,
    },
    /// A column is missing.
    #[error("`{path}` has no column `{column}`; it should have those of CUAD's master_clauses.csv")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The heading.
        column: String,
    },
}

impl GoldAnswers {
    /// The answers to the contract of that title; none where the file has no row of it. Files are named as the titles are,
    /// but for case, signs and their ending.
    pub fn of(&self, title: &str) -> Option<&BTreeMap<Category, String>> {
        self.0.get(&key(title))
    }
}

/// Loads the answers of a file in the layout of CUAD's `master_clauses.csv`.
///
/// # Errors
/// If the file cannot be read, or has not the columns of that file.
pub fn load_answers(path: &Path) -> Result<GoldAnswers, GoldError> {
    let unreadable = |source| GoldError::Read { path: path.to_owned(), source };
    let mut reader = csv::Reader::from_path(path).map_err(unreadable)?;
    let headers = reader.headers().map_err(unreadable)?.clone();
    let column = |name: &str| {
        // One of CUAD's headings has a blank too many.
        let is_it = |header: &str| squeezed(header) == squeezed(name);
        let missing = || GoldError::NoColumn { path: path.to_owned(), column: name.to_owned() };
        headers.iter().position(is_it).ok_or_else(missing)
    };
    let file = column("Filename")?;
    let columns: Vec<(Category, usize)> = Category::ALL
        .into_iter()
        .map(|category| Ok((category, column(&format!("{}-Answer", category.csv_column()))?)))
        .collect::<Result<_, GoldError>>()?;
    let mut gold = HashMap::new();
    for row in reader.records() {
        let row = row.map_err(unreadable)?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let answers = columns.iter().map(|&(category, at)| (category, cell(at))).collect();
        gold.insert(key(&cell(file)), answers);
    }
    Ok(GoldAnswers(gold))
}

fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn key(name: &str) -> String {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    folded.strip_suffix("pdf").unwrap_or(&folded).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn rows_are_found_by_the_contracts_title() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        let headers =
            Category::ALL.map(|category| format!("{0},{0}- Answer", category.csv_column())).join(",");
        let cells = Category::ALL
            .map(|category| format!("[],{}", if category == Category::Insurance { "Yes" } else { "" }));
        fs::write(&path, format!("Filename,{headers}\nA_B-lease.PDF,{}\n", cells.join(","))).unwrap();
        let gold = load_answers(&path).unwrap();
        assert_eq!(gold.of("a_b-Lease").unwrap()[&Category::Insurance], "Yes");
        assert!(gold.of("b").is_none());
    }

    #[test]
    fn another_table_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        fs::write(&path, "Filename,x\n").unwrap();
        let message = load_answers(&path).unwrap_err().to_string();
        assert!(message.contains("no column `Document Name-Answer`"), "{message}");
        assert!(load_answers(&folder.path().join("none.csv")).unwrap_err().to_string().contains("none.csv"));
    }
}
