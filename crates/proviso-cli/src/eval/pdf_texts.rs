//! Contracts of a dataset with the texts of their PDFs in place of the dataset's: what reading a file costs against being
//! given its text.

use std::{collections::HashSet, path::Path};

use proviso_app::{ContractFile, OpenedContract};
use proviso_extract::scoring::Contract;
use proviso_pdf::worker::PdfReader;

use crate::{environment, output, progress};

/// Words of a run by which texts are compared.
const RUN: usize = 6;
/// A PDF that has less of the runs of a contract's text holds another document.
const LEAST_SHARED: f64 = 0.5;

/// Replaces each contract's text by that of the PDF in `folder` that has its title. Contracts without one are left out, and those whose PDF
/// holds another document (some of CUAD's texts are one part of an exhibit, and the PDF is another), and said so.
pub fn from_pdfs(contracts: Vec<Contract>, folder: &Path) -> anyhow::Result<Vec<Contract>> {
    let reader = PdfReader::new(environment::program()?);
    let bar = progress::bar(contracts.len() as u64, "PDFs");
    let mut read = Vec::with_capacity(contracts.len());
    for contract in contracts {
        let path = folder.join(format!("{}.pdf", contract.title));
        let text = ContractFile::load(&path).map_err(anyhow::Error::from).and_then(|file| {
            let opened = OpenedContract::open(&path, file, &reader, None, &mut |_, _| {}, &|| false)?;
            Ok(opened.document.text().to_owned())
        });
        bar.inc(1);
        match text {
            Ok(text) if share_of_runs(&contract.text, &text) < LEAST_SHARED => {
                output::complain(&format!(
                    "left out: `{}` holds another document than the dataset",
                    path.display()
                ));
            }
            Ok(text) => read.push(contract.with_text_of_pdf(text)),
            Err(error) => output::complain(&format!("left out: {error}")),
        }
    }
    bar.finish_and_clear();
    Ok(read)
}

/// The share of the runs of words in a text that another one has too; 1 for a text that is shorter than a run.
fn share_of_runs(text: &str, other: &str) -> f64 {
    let [text, other] = [text, other].map(words);
    let known: HashSet<&[String]> = other.windows(RUN).collect();
    let runs = text.windows(RUN);
    let all = runs.len();
    if all == 0 { 1.0 } else { runs.filter(|run| known.contains(run)).count() as f64 / all as f64 }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_document_shares_few_runs() {
        let text = "This Agreement is made by Acme, Inc.\nand Bolt LLC on the first of May.";
        let broken_elsewhere =
            "THIS AGREEMENT is made\nby Acme, Inc. and Bolt LLC  on the first of May. Page 1";
        assert!((share_of_runs(text, broken_elsewhere) - 1.0).abs() < 1e-9);
        assert!(
            share_of_runs(text, "This Lease is made by Acme, Inc. and Bolt LLC in June, and other things.")
                < 0.5
        );
        assert!((share_of_runs("Too short", "") - 1.0).abs() < 1e-9);
    }
}
