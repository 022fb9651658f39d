//! An Excel workbook: the findings, the contracts, and the run.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::{
    ContractRecord, ExportError, FindingRecord, RunRecord, cell::safe_cell, date::Day, findings_csv::COLUMNS,
    link,
};

/// The columns of the sheets of findings, with their widths: those of the CSV, and the note.
const WIDTHS: [f64; 10] = [32.0, 26.0, 90.0, 18.0, 11.0, 7.0, 9.0, 9.0, 12.0, 40.0];

/// Most links of a sheet in Excel; further ones it drops with a warning.
const MOST_LINKS: u32 = 65_530;

/// A workbook: one row a finding (frozen heading, filters), the rejected ones on a sheet of their own where there are
/// any, one row a contract with its warnings, and the run receipt.
///
/// # Errors
/// If there are more findings than a sheet has rows.
pub fn xlsx(run: &RunRecord, contracts: &[ContractRecord]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let build = |workbook: &mut Workbook| -> Result<Vec<u8>, XlsxError> {
        findings(workbook.add_worksheet().set_name("Findings")?, contracts, false)?;
        if contracts.iter().any(|contract| contract.findings.iter().any(FindingRecord::is_rejected)) {
            findings(workbook.add_worksheet().set_name("Rejected")?, contracts, true)?;
        }
        documents(workbook.add_worksheet(), contracts)?;
        receipt(workbook.add_worksheet(), run)?;
        workbook.save_to_buffer()
    };
    build(&mut workbook).map_err(|error| ExportError::Format(error.to_string()))
}

fn heading(sheet: &mut Worksheet, titles: &[(&str, f64)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, (title, width)) in (0..).zip(titles) {
        sheet.write_with_format(0, column, *title, &bold)?.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The looks of cells.
struct Formats {
    clause: Format,
    confidence: Format,
    date: Format,
    link: Format,
}

fn findings(sheet: &mut Worksheet, contracts: &[ContractRecord], rejected: bool) -> Result<(), XlsxError> {
    heading(sheet, &COLUMNS.into_iter().chain(["note"]).zip(WIDTHS).collect::<Vec<_>>())?;
    let top = Format::new().set_align(FormatAlign::Top);
    let formats = Formats {
        clause: top.clone().set_text_wrap(),
        confidence: top.set_num_format("0.00"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        link: Format::new().set_hyperlink(),
    };
    let mut row = 0;
    for contract in contracts {
        for finding in contract.findings.iter().filter(|finding| finding.is_rejected() == rejected) {
            row += 1;
            write_finding(sheet, row, contract, finding, &formats)?;
        }
    }
    sheet.autofilter(0, 0, row.max(1), WIDTHS.len() as u16 - 1)?;
    Ok(())
}

fn write_finding(
    sheet: &mut Worksheet,
    row: u32,
    contract: &ContractRecord,
    finding: &FindingRecord,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_string(row, 0, safe_cell(&contract.path))?;
    sheet.write_string(row, 1, safe_cell(&finding.category))?;
    sheet.write_string_with_format(row, 2, safe_cell(&finding.text), &formats.clause)?;
    let answer = finding.answer.as_deref().unwrap_or_default();
    match excel_date(answer) {
        Some(date) => sheet.write_datetime_with_format(row, 3, &date, &formats.date)?,
        None => sheet.write_string(row, 3, safe_cell(answer))?,
    };
    sheet.write_number_with_format(row, 4, f64::from(finding.confidence), &formats.confidence)?;
    match link::to_page(&contract.path, finding.page).filter(|_| row <= MOST_LINKS) {
        Some(address) => {
            // The number goes over the text that the link writes, so that the column stays one of numbers.
            sheet.write_url(row, 5, address.as_str())?;
            sheet.write_number_with_format(row, 5, finding.page, &formats.link)?;
        }
        None => {
            sheet.write_number(row, 5, finding.page)?;
        }
    }
    sheet.write_number(row, 6, finding.start as f64)?;
    sheet.write_number(row, 7, finding.end as f64)?;
    sheet.write_string(row, 8, finding.status.name())?;
    sheet.write_string(row, 9, safe_cell(finding.note.as_deref().unwrap_or_default()))?;
    Ok(())
}

/// The day that an answer says; none where it says no day, or one before Excel's first.
fn excel_date(answer: &str) -> Option<ExcelDateTime> {
    let Day { year, month, day } = Day::of_answer(answer)?;
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn documents(sheet: &mut Worksheet, contracts: &[ContractRecord]) -> Result<(), XlsxError> {
    sheet.set_name("Contracts")?;
    heading(sheet, &[("file", 40.0), ("pages", 7.0), ("findings", 9.0), ("notes", 90.0), ("sha256", 66.0)])?;
    for (row, contract) in (1..).zip(contracts) {
        let warnings = contract.warnings.iter().map(|warning| &warning.message);
        let notes: Vec<&str> = contract.error.iter().chain(warnings).map(String::as_str).collect();
        sheet.write_string(row, 0, safe_cell(&contract.path))?;
        sheet.write_number(row, 1, contract.pages)?;
        let kept = contract.findings.iter().filter(|finding| !finding.is_rejected());
        sheet.write_number(row, 2, kept.count() as f64)?;
        sheet.write_string(row, 3, safe_cell(&notes.join(" ")))?;
        sheet.write_string(row, 4, contract.sha256.as_ref().map_or("", |hash| hash.as_str()))?;
    }
    Ok(())
}

fn receipt(sheet: &mut Worksheet, run: &RunRecord) -> Result<(), XlsxError> {
    sheet.set_name("Run")?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 100)?;
    let seconds = format!("{:.1}", run.seconds);
    let plan = run.plan.join(" ");
    let rows = [
        ("version", run.version.as_str()),
        ("model", &run.model),
        ("model sha256", run.model_sha256.as_str()),
        ("precision", &run.precision),
        ("device", &run.device),
        ("seconds", &seconds),
        ("plan", &plan),
    ];
    for (row, (name, value)) in (0..).zip(rows) {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use proviso_core::{Decision, Origin};

    use super::*;
    use crate::samples;

    fn book(contracts: &[ContractRecord]) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(xlsx(&samples::run(), contracts).unwrap())).unwrap()
    }

    fn dated(answer: &str) -> FindingRecord {
        FindingRecord { answer: Some(answer.into()), ..samples::finding("Expiration Date") }
    }

    #[test]
    fn rejected_findings_have_a_sheet_of_their_own() {
        let kept =
            samples::finding("Insurance").reviewed(Decision::Accepted, Origin::Model, Some("=ok".into()));
        let rejected = samples::finding("Audit Rights").reviewed(Decision::Rejected, Origin::Model, None);
        assert_eq!(
            book(&[samples::contract("x.pdf", vec![kept.clone()])]).sheet_names(),
            ["Findings", "Contracts", "Run"]
        );
        let mut book = book(&[samples::contract("x.pdf", vec![rejected, kept])]);
        assert_eq!(book.sheet_names(), ["Findings", "Rejected", "Contracts", "Run"]);
        for (name, category, status, note) in
            [("Findings", "Insurance", "accepted", "'=ok"), ("Rejected", "Audit Rights", "rejected", "")]
        {
            let sheet = book.worksheet_range(name).unwrap();
            assert_eq!(sheet.height(), 2);
            let text =
                |row, column| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
            assert_eq!((text(0, 8), text(0, 9)), ("status".into(), "note".into()));
            assert_eq!((text(1, 1), text(1, 8), text(1, 9)), (category.into(), status.into(), note.into()));
        }
        let contracts = book.worksheet_range("Contracts").unwrap();
        assert_eq!(contracts.get_value((1, 2)), Some(&Data::Float(1.0)), "rejected findings are not counted");
    }

    #[test]
    fn answers_that_are_days_are_dates() {
        let findings =
            vec![dated("2026-12-31"), dated("perpetual"), dated("2026-02-30"), dated("1066-10-14")];
        let sheet = book(&[samples::contract("x.pdf", findings)]).worksheet_range("Findings").unwrap();
        let Some(Data::DateTime(date)) = sheet.get_value((1, 3)) else {
            panic!("{:?}", sheet.get_value((1, 3)))
        };
        assert_eq!(date.as_f64(), 46_387.0, "days since Excel's first");
        let rest: Vec<_> = (2..5).map(|row| sheet.get_value((row, 3)).unwrap().to_string()).collect();
        assert_eq!(rest, ["perpetual", "2026-02-30", "1066-10-14"]);
    }

    #[test]
    fn the_page_is_a_number_and_leads_to_it() {
        let contracts = [
            samples::contract("/deals/a b.pdf", vec![samples::finding("Insurance")]),
            samples::contract("x.pdf", vec![samples::finding("Insurance")]),
        ];
        let mut book = book(&contracts);
        let sheet = book.worksheet_range("Findings").unwrap();
        assert_eq!(sheet.get_value((1, 5)), Some(&Data::Float(2.0)));
        assert_eq!(sheet.get_value((2, 5)), Some(&Data::Float(2.0)));
        let links = book.hyperlinks_by_sheet_name("Findings").unwrap();
        assert_eq!(links.len(), 1, "a relative path leads nowhere");
        assert_eq!(links[0].range.start, (1, 5));
        assert_eq!(links[0].target.as_deref(), Some("File:///deals/a%20b.pdf"));
        assert_eq!(links[0].location.as_deref(), Some("page=2"));
    }
}
