//! What is wrong with a page, in sentences that a lawyer understands.

use proviso_core::{PdfRect, Warning, WarningKind};

use crate::{content::PageContent, glyph::is_broken, layout::TextLine};

/// Fewer characters than this on a page that is a picture are a stamp or a number, not its text.
const FEW_CHARACTERS: usize = 40;
/// The share of a page that a picture takes to count as a scan of it.
const MOST_OF_THE_PAGE: f32 = 0.5;
/// More painted shapes than this without text may be text drawn as shapes.
const MANY_SHAPES: usize = 200;
/// The share of unknown characters from which a page's text cannot be trusted.
const BROKEN_SHARE: f32 = 0.15;

/// The warnings about one page; `number` counts from 1.
pub fn of_page(number: u32, content: &PageContent, lines: &[TextLine], crop: &PdfRect) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if content.incomplete {
        warnings.push(damaged_page(number));
    }
    let characters = lines.iter().flat_map(|line| &line.chars).filter(|c| c.character != ' ').count();
    let covered = picture_share(&content.images, crop);
    if characters < FEW_CHARACTERS && covered > MOST_OF_THE_PAGE {
        warnings.push(scanned_page(number, characters));
    } else if characters == 0 && content.paths > MANY_SHAPES {
        warnings.push(drawn_page(number));
    } else if characters == 0 && !content.incomplete {
        warnings.push(empty_page(number, covered > 0.0));
    }
    let invisible = content.glyphs.iter().filter(|glyph| glyph.invisible).count();
    if invisible * 2 > content.glyphs.len() && covered > 0.3 {
        warnings.push(invisible_text(number));
    }
    let broken = content.glyphs.iter().filter(|glyph| glyph.guessed || is_broken(glyph.character)).count();
    if broken >= 10 && broken as f32 > BROKEN_SHARE * content.glyphs.len() as f32 {
        warnings.push(broken_text(number));
    }
    warnings
}

fn picture_share(images: &[PdfRect], crop: &PdfRect) -> f32 {
    let visible = |image: &PdfRect| {
        let width = (image.x1.min(crop.x1) - image.x0.max(crop.x0)).max(0.0);
        let height = (image.y1.min(crop.y1) - image.y0.max(crop.y0)).max(0.0);
        width * height
    };
    let covered: f32 = images.iter().map(visible).sum();
    (covered / (crop.width() * crop.height()).max(1.0)).min(1.0)
}

fn about(page: u32, kind: WarningKind, message: String) -> Warning {
    Warning { page: Some(page), kind, message }
}

fn scanned_page(page: u32, characters: usize) -> Warning {
    let what = if characters == 0 { "without text" } else { "with hardly any text" };
    about(
        page,
        WarningKind::ScannedPage,
        format!(
            "Page {page} is a picture {what} (a scan). Its clauses cannot be found; \
             run text recognition (OCR) on the file and open it again."
        ),
    )
}

fn drawn_page(page: u32) -> Warning {
    about(
        page,
        WarningKind::ScannedPage,
        format!(
            "Page {page} has no text; what looks like text on it is drawn as shapes. Its clauses cannot be found; \
             run text recognition (OCR) on the file and open it again."
        ),
    )
}

fn empty_page(page: u32, has_picture: bool) -> Warning {
    let what = if has_picture { "has no text, only a picture" } else { "is empty" };
    about(page, WarningKind::EmptyPage, format!("Page {page} {what}."))
}

fn invisible_text(page: u32) -> Warning {
    about(
        page,
        WarningKind::InvisibleText,
        format!(
            "The text of page {page} lies invisibly over a picture, as text recognition (OCR) leaves it. \
             It may differ from what the page shows; compare the findings on this page with the picture."
        ),
    )
}

fn broken_text(page: u32) -> Warning {
    about(
        page,
        WarningKind::BrokenText,
        format!(
            "The fonts of page {page} do not say which characters they draw, so its text cannot be trusted. \
             Run text recognition (OCR) on the file and open it again, or ask for another copy."
        ),
    )
}

fn damaged_page(page: u32) -> Warning {
    about(
        page,
        WarningKind::DamagedPage,
        format!(
            "Page {page} is damaged and may have been read only in part. Ask for another copy of the file."
        ),
    )
}

/// A page of which nothing could be read.
pub fn unreadable_page(page: u32) -> Warning {
    about(
        page,
        WarningKind::DamagedPage,
        format!("Page {page} is damaged and could not be read. Ask for another copy of the file."),
    )
}

/// The file's table of objects is missing or wrong.
pub fn repaired_file() -> Warning {
    Warning {
        page: None,
        kind: WarningKind::DamagedFile,
        message: "The file is damaged and was repaired while it was read. \
                  Check that all of its pages are there, or ask for another copy."
            .into(),
    }
}

/// Reading stopped before the last page.
pub fn unread_pages(read: usize, all: usize) -> Warning {
    Warning {
        page: None,
        kind: WarningKind::LimitReached,
        message: format!(
            "Only {read} of {all} pages were read before the limit on time or pages was reached. \
             Split the file and open its parts."
        ),
    }
}
