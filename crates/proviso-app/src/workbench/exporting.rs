//! A reviewed contract for other programs.

use std::time::SystemTime;

use proviso_core::{Category, CategoryGroup, PdfRect};
use proviso_export::{
    ContractRecord, ExportError, FindingRecord, RunRecord, SettingsRecord, calendar, cuad_csv, findings_csv,
    json, receipt, xlsx,
};
use proviso_pdf::PdfNote;

use crate::view::ExportFormat;

/// The bytes of a file and its rows, events or notes; `None` for the annotated copy, which is made of the contract's own
/// file.
///
/// # Errors
/// If what was found cannot be written in the format.
pub(super) fn file(
    format: ExportFormat,
    run: &RunRecord,
    settings: &SettingsRecord,
    contract: &ContractRecord,
) -> Result<Option<(Vec<u8>, usize)>, ExportError> {
    let (all, kept) =
        (contract.findings.len(), contract.findings.iter().filter(|finding| !finding.is_rejected()).count());
    let contracts = std::slice::from_ref(contract);
    Ok(Some(match format {
        ExportFormat::Findings => (findings_csv(contracts), all),
        ExportFormat::Cuad => (cuad_csv(contracts), 1),
        ExportFormat::Workbook => (xlsx(run, contracts)?, all),
        ExportFormat::Json => (json(run, contracts)?, all),
        ExportFormat::Calendar => {
            let bytes = calendar(contracts, SystemTime::now());
            let events = String::from_utf8_lossy(&bytes).matches("BEGIN:VEVENT").count();
            (bytes, events)
        }
        ExportFormat::Receipt => (receipt(run, settings, contracts)?, kept),
        ExportFormat::AnnotatedPdf => return Ok(None),
    }))
}

/// What is marked on the pages of the annotated copy: everything but what was rejected.
pub(super) fn notes(contract: &ContractRecord) -> Vec<PdfNote> {
    let kept = contract.findings.iter().filter(|finding| !finding.is_rejected());
    kept.flat_map(on_pages).collect()
}

/// A finding as a note on each page that it touches.
fn on_pages(finding: &FindingRecord) -> Vec<PdfNote> {
    let mut notes: Vec<PdfNote> = Vec::new();
    for mark in &finding.marks {
        let [x0, y0, x1, y1] = mark.rect;
        let rect = PdfRect::from_corners(x0, y0, x1, y1);
        match notes.last_mut() {
            Some(note) if note.page == mark.page => note.rects.push(rect),
            _ => notes.push(PdfNote {
                page: mark.page,
                rects: vec![rect],
                title: finding.category.clone(),
                contents: contents(finding),
                colour: colour(&finding.category),
            }),
        }
    }
    notes
}

/// What a PDF reader shows of a finding.
fn contents(finding: &FindingRecord) -> String {
    let answer = finding.answer.as_ref().map(|answer| format!(": {answer}")).unwrap_or_default();
    let basis = finding.answer_basis.as_ref().map(|basis| format!("\n{basis}")).unwrap_or_default();
    let head = format!("{}{answer} ({}){basis}", finding.category, finding.status.name());
    match &finding.note {
        Some(note) => format!("{head}\n{note}"),
        None => head,
    }
}

/// One colour for each group of categories, light enough for the words beneath.
fn colour(category: &str) -> [f32; 3] {
    /// In the order of the groups; the last one is for the person's own categories.
    const COLOURS: [[f32; 3]; 9] = [
        [0.72, 0.84, 1.00],
        [0.80, 0.93, 0.72],
        [1.00, 0.82, 0.70],
        [0.88, 0.80, 1.00],
        [0.70, 0.93, 0.92],
        [1.00, 0.93, 0.62],
        [1.00, 0.76, 0.82],
        [0.86, 0.86, 0.82],
        [0.78, 0.90, 0.82],
    ];
    let group = category.parse::<Category>().ok().map(Category::group);
    let place = group.and_then(|group| CategoryGroup::ALL.iter().position(|known| *known == group));
    COLOURS[place.unwrap_or(COLOURS.len() - 1).min(COLOURS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_a_colour_of_its_own() {
        let mut colours: Vec<[f32; 3]> = CategoryGroup::ALL
            .into_iter()
            .filter_map(|group| Category::ALL.into_iter().find(|category| category.group() == group))
            .map(|category| colour(category.name()))
            .collect();
        colours.push(colour("Data Protection"));
        assert_eq!(colours.len(), CategoryGroup::ALL.len() + 1);
        for (place, colour) in colours.iter().enumerate() {
            assert!(!colours[..place].contains(colour), "{place}");
        }
    }
}
