//! The rows of the matrix, each made once and kept until its contract changes.

use std::{collections::HashMap, path::Path};

use proviso_store::{ContractContents, ContractId, ContractOverview, Revision};

use super::matrix::{Reaches, cells};
use crate::{
    AppError,
    view::{CellState, MatrixCellView, MatrixRowView},
};

/// What decides what stands in the cells, beside the contracts: the categories, each with its threshold.
pub(super) type Columns = Vec<(String, f32)>;

/// The rows as they were made last.
#[derive(Default)]
pub(super) struct MatrixRows {
    columns: Columns,
    made: HashMap<ContractId, Made>,
}

/// What was made of a contract.
struct Made {
    of: Revision,
    is_read: bool,
    cells: Vec<MatrixCellView>,
}

impl MatrixRows {
    /// The rows of some contracts. Only of those that changed since is asked what is kept of them, one after another, so that memory
    /// holds one and others get at the database in between.
    ///
    /// # Errors
    /// As `contents`; what was made until then is not made again.
    pub fn of(
        &mut self,
        contracts: Vec<ContractOverview>,
        columns: Columns,
        reaches: &Reaches<'_>,
        mut contents: impl FnMut(ContractId) -> Result<Option<ContractContents>, AppError>,
    ) -> Result<Vec<MatrixRowView>, AppError> {
        if self.columns != columns {
            *self = Self { columns, made: HashMap::new() };
        }
        let categories: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let mut rows = Vec::with_capacity(contracts.len());
        for contract in contracts {
            let known = self.made.get(&contract.id).is_some_and(|made| made.of == contract.revision);
            if !known && let Some(contents) = contents(contract.id)? {
                let cells = cells(&contents, &categories, reaches);
                let made = Made { of: contents.revision, is_read: contents.findings.is_some(), cells };
                self.made.insert(contract.id, made);
            }
            rows.extend(self.made.get(&contract.id).map(|made| made.row(contract)));
        }
        Ok(rows)
    }
}

impl Made {
    fn row(&self, contract: ContractOverview) -> MatrixRowView {
        let is_decided =
            |cell: &&MatrixCellView| matches!(cell.state, CellState::Absent | CellState::Accepted);
        let path = Path::new(&contract.path);
        MatrixRowView {
            file_name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            sha256: contract.sha256,
            pages: contract.pages,
            opened_at: contract.opened_at as f64,
            is_read: self.is_read,
            reviewed: self.cells.iter().filter(is_decided).count() as u32,
            cells: self.cells.clone(),
            path: contract.path,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proviso_core::{Anchor, Deed, Finding, TextRange, Topic};
    use proviso_store::{Database, OpenedRecord, ReadingRecord, StoreError};

    use super::*;

    const NAME: &str = "Insurance";

    /// Contracts that were read, with one finding each.
    fn database(folder: &Path, contracts: usize) -> (Database, Vec<ContractId>) {
        let database = Database::open(folder).unwrap();
        let keep = |number: usize| {
            let sha256 = format!("{number:064x}").parse().unwrap();
            let path = format!("/{number}.pdf");
            let text = Some("words of a contract");
            let id = database
                .keep_contract(&OpenedRecord { sha256: &sha256, path: &path, pages: 1, text })
                .unwrap();
            let findings = vec![Finding {
                topic: Topic::named(NAME),
                range: TextRange::new(0, 5),
                confidence: 0.6,
                answer: None,
            }];
            let reading = ReadingRecord { run: "{}".into(), windows: 1, findings };
            database.keep_reading(id, "s", &reading, text).unwrap();
            id
        };
        let ids = (0..contracts).map(keep).collect();
        (database, ids)
    }

    #[test]
    fn only_what_changed_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let (database, ids) = database(folder.path(), 3);
        let mut rows = MatrixRows::default();
        let asked = RefCell::new(Vec::new());
        let mut states = |threshold: f32| {
            asked.borrow_mut().clear();
            let reaches = |finding: &Finding| finding.confidence >= threshold;
            let contents = |id| {
                asked.borrow_mut().push(id);
                Ok(database.contents(id, 0.0)?)
            };
            let columns = vec![(NAME.to_owned(), threshold)];
            let rows = rows.of(database.overview().unwrap(), columns, &reaches, contents).unwrap();
            let told: Vec<_> = rows
                .into_iter()
                .map(|row| (row.file_name, row.is_read, row.reviewed, row.cells[0].state))
                .collect();
            (told, asked.borrow().clone())
        };
        let row = |number: usize, reviewed, state| (format!("{number}.pdf"), true, reviewed, state);
        let newest_first = |state| (0..3).rev().map(|number| row(number, 0, state)).collect::<Vec<_>>();
        let all: Vec<ContractId> = ids.iter().copied().rev().collect();
        assert_eq!(states(0.5), (newest_first(CellState::Unreviewed), all.clone()));
        assert_eq!(states(0.5), (newest_first(CellState::Unreviewed), vec![]));
        let clause = Anchor { topic: Topic::named(NAME), range: TextRange::new(0, 5) };
        database.keep_deed(ids[1], &Deed::Accept { clause }).unwrap();
        let mut accepted = newest_first(CellState::Unreviewed);
        accepted[1] = row(1, 1, CellState::Accepted);
        assert_eq!(states(0.5), (accepted, vec![ids[1]]));
        // With another threshold other clauses stand in the cells of all.
        let (told, asked) = states(0.7);
        assert_eq!(told[0], row(2, 0, CellState::Missing));
        assert_eq!(told[1], row(1, 1, CellState::Accepted));
        assert_eq!(asked, all);
    }

    #[test]
    fn what_was_made_before_a_failure_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (database, ids) = database(folder.path(), 3);
        let mut rows = MatrixRows::default();
        let mut ask = |failing: Option<ContractId>| {
            let mut asked = Vec::new();
            let contents = |id| {
                asked.push(id);
                let gone = || StoreError::Gone { path: "proviso.sqlite".into() };
                if failing == Some(id) { Err(gone().into()) } else { Ok(database.contents(id, 0.0)?) }
            };
            let columns = vec![(NAME.to_owned(), 0.5)];
            let rows = rows.of(database.overview().unwrap(), columns, &|_| true, contents);
            (rows.map(|rows| rows.len()).map_err(drop), asked)
        };
        assert_eq!(ask(Some(ids[0])), (Err(()), vec![ids[2], ids[1], ids[0]]));
        assert_eq!(ask(None), (Ok(3), vec![ids[0]]));
    }
}
