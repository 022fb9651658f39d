//! CSV with one row a finding.

use crate::{ContractRecord, cell::safe_cell, write::csv_bytes};

/// The columns.
pub(crate) const COLUMNS: [&str; 9] =
    ["file", "category", "text", "answer", "confidence", "page", "start", "end", "status"];

/// What the status says until a person has decided.
pub(crate) const UNREVIEWED: &str = "unreviewed";

/// CSV with one row a finding, as Excel opens it: UTF-8 with a byte order mark, lines ended by CR LF, no formulas.
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
                UNREVIEWED.to_owned(),
            ]
        })
    });
    csv_bytes(COLUMNS.map(str::to_owned).to_vec(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FindingRecord;

    #[test]
    fn rows_are_read_back_as_they_were_written() {
        let finding = FindingRecord {
            category: "=Insurance".into(),
            text: "=HYPERLINK(\"x\"), \"quoted\"\nand ü".into(),
            start: 3,
            end: 9,
            page: 2,
            rects: vec![],
            confidence: 0.8765,
            answer: Some("Yes".into()),
        };
        let mut contract = ContractRecord::failed("a, b.pdf".into(), None, String::new());
        contract.findings.push(finding);
        let bytes = findings_csv(&[contract]);
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        assert!(text.starts_with("file,category,text,answer,confidence,page,start,end,status\r\n"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let expected = [
            "a, b.pdf",
            "'=Insurance",
            "'=HYPERLINK(\"x\"), \"quoted\" and ü",
            "Yes",
            "0.877",
            "2",
            "3",
            "9",
        ];
        assert_eq!(row.iter().take(8).collect::<Vec<_>>(), expected);
    }
}
