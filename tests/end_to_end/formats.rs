//! The same findings in every format.

use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::program::{contract, extract, proviso, stderr};

const NAME: &str = "services-two-column.pdf";

#[test]
fn every_format_holds_the_same_findings() {
    let folder = tempfile::tempdir().unwrap();
    let write = |format: &str| {
        let path = folder.path().join(format);
        let output = proviso(
            ["extract", "--speed", "fast", "--format", format, "-o"]
                .map(Into::into)
                .into_iter()
                .chain([path.clone().into_os_string(), contract(NAME).into_os_string()]),
        );
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(output.stdout.is_empty(), "the result is in the file");
        path
    };
    let json = extract(&[contract(NAME)], &["--speed", "fast"]);
    let findings = &json.documents[0].findings;
    assert!(findings.len() > 10);

    let csv = fs::read_to_string(write("csv")).unwrap();
    let mut reader = csv::Reader::from_reader(csv.strip_prefix('\u{feff}').unwrap().as_bytes());
    let header = ["file", "category", "text", "answer", "confidence", "page", "start", "end", "status"];
    assert_eq!(reader.headers().unwrap(), &header[..]);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), findings.len());
    for (row, finding) in rows.iter().zip(findings) {
        assert_eq!(row[1], finding.category);
        assert_eq!(row[2], finding.text.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(&row[3], finding.answer.as_deref().unwrap_or_default());
        assert_eq!(row[5], finding.page.to_string());
        assert_eq!((row[6].parse(), row[7].parse()), (Ok(finding.start), Ok(finding.end)));
        assert_eq!(&row[8], "unreviewed");
    }

    let cuad = fs::read_to_string(write("cuad-csv")).unwrap();
    let mut reader = csv::Reader::from_reader(cuad.strip_prefix('\u{feff}').unwrap().as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 83);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(&rows[0][0], NAME);
    let yes = findings.iter().any(|finding| finding.category == "Insurance");
    let column = reader.headers().unwrap().iter().position(|name| name == "Insurance-Answer").unwrap();
    assert_eq!(&rows[0][column], if yes { "Yes" } else { "No" });

    // A name ending in .xlsx is how the reader knows the format.
    let xlsx = folder.path().join("book.xlsx");
    fs::rename(write("xlsx"), &xlsx).unwrap();
    let mut book: Xlsx<_> = open_workbook(xlsx).unwrap();
    assert_eq!(book.sheet_names(), ["Findings", "Contracts", "Run"]);
    let sheet = book.worksheet_range("Findings").unwrap();
    assert_eq!(sheet.height(), findings.len() + 1);
    assert_eq!(sheet.get_value((1, 1)), Some(&Data::String(findings[0].category.clone())));
    assert_eq!(sheet.get_value((1, 5)), Some(&Data::Float(f64::from(findings[0].page))));
}
