//! CSV with one row a finding.

use crate::{ContractRecord, cell::safe_cell, write::csv_bytes};

/// The columns.
pub(crate) const COLUMNS: [&str; 9] =
    ["file", "category", "text", "answer", "confidence", "page", "start", "end", "status"];

/// CSV with one row a finding, as Excel opens it: UTF-8 with a byte order mark, lines ended by CR LF, no formulas.
/// Rejected findings are rows, too; their status says so.
pub fn findings_csv(contracts: &[ContractRecord]) -> Vec<u8> {
    let rows = contracts.iter().flat_map(|contract| {
        contract.findings.iter().map(|finding| {
            vec![
                safe_cell(&contract.path),
                safe_cell(&finding.category),
                safe_cell(&finding.text),
                safe_cell(finding.answer.as_deref().unwrap_or_default()),
                format!("{:.3}", finding.confidence),
                finding.page.to_string(),
                finding.start.to_string(),
                finding.end.to_string(),
                finding.status.name().to_owned(),
            ]
        })
    });
    csv_bytes(COLUMNS.map(str::to_owned).to_vec(), rows)
}

#[cfg(test)]
mod tests {
    use proviso_core::{Decision, Origin};

    use super::*;
    use crate::samples;

    #[test]
    fn rows_are_read_back_as_they_were_written() {
        let mut finding = samples::finding("=Insurance");
        finding.text = "=HYPERLINK(\"x\"), \"quoted\"\nand ü".into();
        let rejected = samples::finding("Insurance").reviewed(Decision::Rejected, Origin::Model, None);
        let bytes = findings_csv(&[samples::contract("a, b.pdf", vec![finding, rejected])]);
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        assert!(text.starts_with("file,category,text,answer,confidence,page,start,end,status\r\n"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let expected = [
            "a, b.pdf",
            "'=Insurance",
            "'=HYPERLINK(\"x\"), \"quoted\" and ü",
            "Yes",
            "0.877",
            "2",
            "3",
            "9",
            "unreviewed",
        ];
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), expected);
        assert_eq!(&rows[1][8], "rejected");
        assert_eq!(rows.len(), 2);
    }
}
