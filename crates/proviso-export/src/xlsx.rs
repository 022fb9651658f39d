//! An Excel workbook: the findings, the contracts, and the run.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::{
    ContractRecord, ExportError, RunRecord,
    cell::safe_cell,
    findings_csv::{COLUMNS, UNREVIEWED},
};

/// A workbook of three sheets: one row a finding (frozen heading, filters), one row a contract with its warnings, and
/// the run receipt.
///
/// # Errors
/// If there are more findings than a sheet has rows.
pub fn xlsx(run: &RunRecord, contracts: &[ContractRecord]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let build = |workbook: &mut Workbook| -> Result<Vec<u8>, XlsxError> {
        findings(workbook.add_worksheet(), contracts)?;
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

fn findings(sheet: &mut Worksheet, contracts: &[ContractRecord]) -> Result<(), XlsxError> {
    sheet.set_name("Findings")?;
    let widths = [32.0, 26.0, 90.0, 18.0, 11.0, 7.0, 9.0, 9.0, 12.0];
    heading(sheet, &COLUMNS.into_iter().zip(widths).collect::<Vec<_>>())?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let hundredths = Format::new().set_num_format("0.00").set_align(FormatAlign::Top);
    let mut row = 0;
    for contract in contracts {
        for finding in &contract.findings {
            row += 1;
            sheet.write_string(row, 0, safe_cell(&contract.path))?;
            sheet.write_string(row, 1, safe_cell(&finding.category))?;
            sheet.write_string_with_format(row, 2, safe_cell(&finding.text), &wrapped)?;
            sheet.write_string(row, 3, safe_cell(finding.answer.as_deref().unwrap_or_default()))?;
            sheet.write_number_with_format(row, 4, f64::from(finding.confidence), &hundredths)?;
            sheet.write_number(row, 5, finding.page)?;
            sheet.write_number(row, 6, finding.start as f64)?;
            sheet.write_number(row, 7, finding.end as f64)?;
            sheet.write_string(row, 8, UNREVIEWED)?;
        }
    }
    sheet.autofilter(0, 0, row.max(1), COLUMNS.len() as u16 - 1)?;
    Ok(())
}

fn documents(sheet: &mut Worksheet, contracts: &[ContractRecord]) -> Result<(), XlsxError> {
    sheet.set_name("Contracts")?;
    heading(sheet, &[("file", 40.0), ("pages", 7.0), ("findings", 9.0), ("notes", 90.0), ("sha256", 66.0)])?;
    for (row, contract) in (1..).zip(contracts) {
        let warnings = contract.warnings.iter().map(|warning| &warning.message);
        let notes: Vec<&str> = contract.error.iter().chain(warnings).map(String::as_str).collect();
        sheet.write_string(row, 0, safe_cell(&contract.path))?;
        sheet.write_number(row, 1, contract.pages)?;
        sheet.write_number(row, 2, contract.findings.len() as f64)?;
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
