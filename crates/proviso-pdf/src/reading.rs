//! Reading a file in this process, page by page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::page::Page as PdfPage;
use proviso_core::{Document, Page, PdfRect, Rotation, Warning, WarningKind};

use crate::{
    assemble,
    clock::WorkClock,
    content::{self, FontShelf, OptionalContent, PageContent},
    error::{PdfError, PdfErrorKind},
    layout::{self, TextLine},
    limits::Limits,
    margins, open, page_trouble,
};

/// What came out of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfReading {
    /// The text with a box for each character.
    pub document: Document,
    /// What the reader should know about how well it could be read, page by page.
    pub warnings: Vec<Warning>,
}

/// Reads a file in the calling process, without protection against files that take all memory or crash the parser:
/// that is what [`PdfReader`](crate::worker::PdfReader) is for. `on_progress` hears of pages done and pages in all.
///
/// # Errors
/// If the file gives no document at all; `label` names it in the message.
pub fn read_in_process(
    label: &str,
    bytes: Vec<u8>,
    password: Option<&str>,
    limits: &Limits,
    on_progress: &mut dyn FnMut(u32, u32),
) -> Result<PdfReading, PdfError> {
    read(bytes, password, limits, on_progress).map_err(|kind| kind.of(label))
}

/// The lines of a page and what is known about it.
struct PageLines {
    page: Page,
    lines: Vec<TextLine>,
}

fn read(
    bytes: Vec<u8>,
    password: Option<&str>,
    limits: &Limits,
    on_progress: &mut dyn FnMut(u32, u32),
) -> Result<PdfReading, PdfErrorKind> {
    let opened = open::open(bytes, password, limits)?;
    let pages = opened.pdf.pages();
    let total = u32::try_from(pages.len()).unwrap_or(u32::MAX).min(limits.pages);
    on_progress(0, total);
    let clock = WorkClock::start();
    // The parent kills at the limit; stopping a little earlier saves what was read until then.
    let allowed = limits.time_for(total).mul_f32(0.8);
    let go_on = || clock.worked() < allowed;
    let mut warnings = Vec::new();
    if opened.repaired {
        warnings.push(page_trouble::repaired_file());
    }
    let optional = OptionalContent::of_document(opened.pdf.xref());
    let fonts = FontShelf::default();
    let mut read: Vec<PageLines> = Vec::with_capacity(total as usize);
    for (index, page) in pages.iter().take(total as usize).enumerate() {
        if !go_on() {
            break;
        }
        let number = index as u32 + 1;
        let (lines, trouble) = read_page(page, number, &fonts, &optional, &go_on);
        warnings.extend(trouble);
        read.push(lines);
        on_progress(number, total);
    }
    if read.len() < pages.len() {
        warnings.push(page_trouble::unread_pages(read.len(), pages.len()));
    }
    assembled(read, warnings)
}

fn assembled(read: Vec<PageLines>, warnings: Vec<Warning>) -> Result<PdfReading, PdfErrorKind> {
    let (pages, lines): (Vec<Page>, Vec<Vec<TextLine>>) =
        read.into_iter().map(|page| (page.page, page.lines)).unzip();
    let is_margin = margins::find(&lines);
    let (text, boxes) = assemble::assemble(&lines, &is_margin);
    let document = Document::new(text, pages, boxes).map_err(|error| PdfErrorKind::Io(error.to_string()))?;
    Ok(PdfReading { document, warnings })
}

/// Reads a page; whatever happens in it, the pages after it are read.
fn read_page<'a>(
    page: &PdfPage<'a>,
    number: u32,
    fonts: &FontShelf<'a>,
    optional: &OptionalContent,
    go_on: &dyn Fn() -> bool,
) -> (PageLines, Vec<Warning>) {
    let crop = visible_part(page);
    let rotation = Rotation::from_degrees(match page.rotation() {
        hayro_syntax::page::Rotation::None => 0,
        hayro_syntax::page::Rotation::Horizontal => 90,
        hayro_syntax::page::Rotation::Flipped => 180,
        hayro_syntax::page::Rotation::FlippedHorizontal => 270,
    });
    let read = catch_unwind(AssertUnwindSafe(|| {
        let content = content::read_page(page, fonts, optional, go_on);
        let lines = layout::read_lines(&content.glyphs, &crop);
        (content, lines)
    }));
    let (content, lines, panicked) = match read {
        Ok((content, lines)) => (content, lines, false),
        Err(_) => (PageContent { incomplete: true, ..PageContent::default() }, Vec::new(), true),
    };
    let trouble = if panicked {
        vec![page_trouble::unreadable_page(number)]
    } else {
        page_trouble::of_page(number, &content, &lines, &crop)
    };
    debug_assert!(trouble.iter().all(|warning| warning.kind != WarningKind::DamagedFile));
    (PageLines { page: Page { crop, rotation }, lines }, trouble)
}

/// The CropBox within the MediaBox; the MediaBox where they share nothing.
fn visible_part(page: &PdfPage<'_>) -> PdfRect {
    let rect = |r: hayro_syntax::object::Rect| {
        PdfRect::from_corners(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32)
    };
    let (crop, media) = (rect(page.crop_box()), rect(page.media_box()));
    let shared = PdfRect {
        x0: crop.x0.max(media.x0),
        y0: crop.y0.max(media.y0),
        x1: crop.x1.min(media.x1),
        y1: crop.y1.min(media.y1),
    };
    let usable = |r: &PdfRect| {
        r.width() >= 1.0 && r.height() >= 1.0 && r.width().is_finite() && r.height().is_finite()
    };
    [shared, media].into_iter().find(usable).unwrap_or(PdfRect::from_corners(0.0, 0.0, 612.0, 792.0))
}
