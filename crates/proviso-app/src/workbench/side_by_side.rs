//! All contracts of the workbench side by side.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use proviso_core::{Deed, Finding, Topic};
use proviso_export::{matrix_xlsx, write_file};
use proviso_store::ContractContents;

use super::{OpenContract, Workbench, matrix, records::Change};
use crate::{
    AppError,
    lock::lock,
    reading::{reaches_threshold, threshold},
    view::{CellName, ExportedView, MatrixView},
};

impl Workbench {
    /// All contracts that were opened, side by side.
    ///
    /// # Errors
    /// If there is no database, it cannot be read, or there is no model.
    pub fn matrix(&self) -> Result<MatrixView, AppError> {
        let (info, preferences) = (self.info()?, self.0.preferences());
        let folder = self.0.models.folder(&preferences)?;
        let (manifest, chosen) = (folder.manifest(), &preferences.thresholds);
        let names = info.groups.into_iter().flat_map(|group| group.categories).map(|category| category.name);
        let column = |name: String| {
            let threshold = threshold(&Topic::named(&name), manifest, chosen);
            (name, threshold)
        };
        let columns: Vec<(String, f32)> = names.map(column).collect();
        let categories = columns.iter().map(|(name, _)| name.clone()).collect();
        let reaches = |finding: &Finding| reaches_threshold(finding, manifest, chosen);
        let contracts = self.0.records.overview()?;
        let least = columns.iter().map(|(_, threshold)| *threshold).fold(f32::INFINITY, f32::min);
        let contents = |contract| self.0.records.contents(contract, least);
        let rows = lock(&self.0.matrix_rows).of(contracts, columns, &reaches, contents)?;
        Ok(MatrixView { categories, rows })
    }

    /// Accepts what nobody decided about in some cells of the matrix.
    ///
    /// # Errors
    /// As [`matrix`](Self::matrix), or if a decision cannot be kept; those before it are.
    pub fn accept_cells(&self, cells: &[CellName]) -> Result<MatrixView, AppError> {
        self.decide_cells(cells, matrix::accepting)
    }

    /// Confirms of some cells of the matrix that the contract has nothing of the kind. Cells in which something is shown, that
    /// were decided about or whose contract was not read stay as they are.
    ///
    /// # Errors
    /// As [`matrix`](Self::matrix), or if a decision cannot be kept; those before it are.
    pub fn confirm_absent_cells(&self, cells: &[CellName]) -> Result<MatrixView, AppError> {
        self.decide_cells(cells, |contract, topic, reaches| {
            matrix::confirming_absent(contract, topic, reaches).into_iter().collect()
        })
    }

    /// Does in each of some cells what `deeds` says, keeps it, and tells the contracts that are open.
    fn decide_cells(
        &self,
        cells: &[CellName],
        deeds: impl Fn(&ContractContents, &Topic, &matrix::Reaches<'_>) -> Vec<Deed>,
    ) -> Result<MatrixView, AppError> {
        let preferences = self.0.preferences();
        let folder = self.0.models.folder(&preferences)?;
        let reaches =
            |finding: &Finding| reaches_threshold(finding, folder.manifest(), &preferences.thresholds);
        let mut named: BTreeMap<&str, Vec<Topic>> = BTreeMap::new();
        for cell in cells {
            named.entry(&cell.sha256).or_default().push(Topic::named(&cell.category));
        }
        for contract in self.0.records.overview()? {
            let Some(topics) = named.get(contract.sha256.as_str()) else { continue };
            let Some(contents) = self.0.records.contents(contract.id, 0.0)? else { continue };
            for deed in topics.iter().flat_map(|topic| deeds(&contents, topic, &reaches)) {
                let deeds = self.0.records.change(contract.id, &Change::Do(deed))?;
                // A contract that is open knows of it too.
                let open = lock(&self.0.contracts);
                let same = |open: &&Arc<OpenContract>| open.kept().is_some_and(|kept| kept.id == contract.id);
                open.values().filter(same).for_each(|open| open.decided(contract.id, deeds.clone()));
            }
        }
        self.matrix()
    }

    /// Writes some rows and columns of the matrix to a workbook, in the order in which they are named.
    ///
    /// # Errors
    /// As [`matrix`](Self::matrix), or if the file cannot be written.
    pub fn export_matrix(
        &self,
        contracts: &[String],
        categories: &[String],
        path: &Path,
    ) -> Result<ExportedView, AppError> {
        let record = matrix::record(&self.matrix()?, contracts, categories);
        write_file(path, &matrix_xlsx(&record)?)?;
        Ok(ExportedView { path: path.display().to_string(), rows: record.rows.len() as u32 })
    }
}
