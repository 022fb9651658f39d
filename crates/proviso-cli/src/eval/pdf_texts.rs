//! Contracts of a dataset with the texts of their PDFs in place of the dataset's: what reading a file costs against being
//! given its text.

use std::path::Path;

use proviso_app::{ContractFile, OpenedContract};
use proviso_extract::scoring::Contract;
use proviso_pdf::worker::PdfReader;

use crate::{environment, output, progress};

/// Replaces each contract's text by that of the PDF in `folder` that has its title. Contracts without one are left out, and said
/// so. White space becomes single blanks in the texts and in the answers: a PDF's lines are broken elsewhere than the
/// dataset's, and words are compared between blanks.
pub fn from_pdfs(contracts: Vec<Contract>, folder: &Path) -> anyhow::Result<Vec<Contract>> {
    let reader = PdfReader::new(environment::program()?);
    let bar = progress::bar(contracts.len() as u64, "PDFs");
    let mut read = Vec::with_capacity(contracts.len());
    for mut contract in contracts {
        let path = folder.join(format!("{}.pdf", contract.title));
        let text = ContractFile::load(&path).map_err(anyhow::Error::from).and_then(|file| {
            let opened = OpenedContract::open(&path, file, &reader, None, &mut |_, _| {}, &|| false)?;
            Ok(opened.document.text().to_owned())
        });
        bar.inc(1);
        match text {
            Ok(text) => {
                contract.text = with_single_blanks(&text);
                // Where the answers stand in this text is not known, and not asked here.
                contract.spans.clear();
                let answers = contract.answers.values_mut().flatten();
                answers.for_each(|answer| *answer = with_single_blanks(answer));
                read.push(contract);
            }
            Err(error) => output::complain(&format!("left out: {error}")),
        }
    }
    bar.finish_and_clear();
    Ok(read)
}

fn with_single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
