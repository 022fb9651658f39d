//! Contracts by categories as an Excel sheet.

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};

use crate::{ExportError, cell::safe_cell};

/// Contracts by categories, as they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRecord {
    /// The categories in their order.
    pub categories: Vec<String>,
    /// The contracts in their order.
    pub rows: Vec<MatrixRowRecord>,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRowRecord {
    /// The name of its file.
    pub file: String,
    /// Number of pages.
    pub pages: u32,
    /// Categories about which everything is decided.
    pub reviewed: u32,
    /// For each category what is said of it, and whether that was decided by a person.
    pub cells: Vec<(String, bool)>,
}

/// A workbook of one sheet: a row for each contract, a column for each category, file names and headings frozen. What a person
/// decided stands in black, what only a model says in grey italics, as the first line of the sheet says.
///
/// # Errors
/// If there are more contracts than a sheet has rows.
pub fn matrix_xlsx(matrix: &MatrixRecord) -> Result<Vec<u8>, ExportError> {
    sheet(matrix).map_err(|error| ExportError::Format(error.to_string()))
}

const LEGEND: &str = "Grey italics: found by the model and not reviewed. Black: decided by a person.";
/// The row of the headings.
const HEADINGS: u32 = 1;

fn sheet(matrix: &MatrixRecord) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Contracts")?;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
    let decided = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let proposed = decided.clone().set_italic().set_font_color(Color::RGB(0x60_60_60));
    sheet.write_string(0, 0, LEGEND)?;
    let fixed = ["file", "pages", "reviewed categories"];
    let titles = fixed.into_iter().chain(matrix.categories.iter().map(String::as_str));
    for (column, title) in (0..).zip(titles) {
        sheet.write_string_with_format(HEADINGS, column, safe_cell(title), &bold)?;
        sheet.set_column_width(
            column,
            if column == 0 {
                40.0
            } else if column < 3 {
                11.0
            } else {
                24.0
            },
        )?;
    }
    for (row, contract) in (HEADINGS + 1..).zip(&matrix.rows) {
        sheet.write_string_with_format(row, 0, safe_cell(&contract.file), &decided)?;
        sheet.write_number_with_format(row, 1, contract.pages, &decided)?;
        sheet.write_number_with_format(row, 2, contract.reviewed, &decided)?;
        for (column, (text, is_decided)) in (3..).zip(&contract.cells) {
            let format = if *is_decided { &decided } else { &proposed };
            sheet.write_string_with_format(row, column, safe_cell(text), format)?;
        }
    }
    sheet.set_freeze_panes(HEADINGS + 1, 1)?;
    let last = HEADINGS + (matrix.rows.len() as u32).max(1);
    sheet.autofilter(HEADINGS, 0, last, (fixed.len() + matrix.categories.len()) as u16 - 1)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn the_sheet_is_read_back_as_it_was_shown() {
        let matrix = MatrixRecord {
            categories: vec!["Governing Law".into(), "=Own".into()],
            rows: vec![MatrixRowRecord {
                file: "supply.pdf".into(),
                pages: 7,
                reviewed: 2,
                cells: vec![("Delaware".into(), true), (String::new(), false)],
            }],
        };
        let bytes = matrix_xlsx(&matrix).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("Contracts").unwrap();
        let text = |row, column| match sheet.get_value((row, column)) {
            None | Some(Data::Empty) => String::new(),
            Some(value) => value.to_string(),
        };
        assert_eq!(text(0, 0), LEGEND);
        let line = |row| (0..5).map(|column| text(row, column)).collect::<Vec<_>>();
        assert_eq!(line(1), ["file", "pages", "reviewed categories", "Governing Law", "'=Own"]);
        assert_eq!(line(2), ["supply.pdf", "7", "2", "Delaware", ""]);
    }
}
