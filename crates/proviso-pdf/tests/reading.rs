//! What is read from PDFs that the test writes itself.
#![allow(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

mod builder;

use builder::{PdfBuilder, text_at};
use proviso_core::{PdfRect, Rotation, TextRange, WarningKind};
use proviso_pdf::{Limits, PdfErrorKind, PdfReading, read_in_process};

fn try_read(bytes: Vec<u8>, password: Option<&str>) -> Result<PdfReading, PdfErrorKind> {
    read_in_process("test.pdf", bytes, password, &Limits::default(), &mut |_, _| {}).map_err(|error| {
        assert!(error.to_string().contains("test.pdf"));
        error.kind
    })
}

fn read(pdf: PdfBuilder) -> PdfReading {
    try_read(pdf.build(), None).unwrap()
}

fn warnings(reading: &PdfReading) -> Vec<(Option<u32>, WarningKind)> {
    reading.warnings.iter().map(|warning| (warning.page, warning.kind)).collect()
}

/// The box around a piece of text that stands on one line.
fn mark(reading: &PdfReading, text: &str) -> PdfRect {
    let start = reading.document.text().find(text).unwrap();
    let marks = reading.document.marks(TextRange::new(start, start + text.len()));
    assert_eq!(marks.len(), 1, "{text} stands on one line");
    marks[0].rect
}

fn assert_near(rect: PdfRect, expected: [f32; 4]) {
    for (value, wanted) in [rect.x0, rect.y0, rect.x1, rect.y1].into_iter().zip(expected) {
        assert!((value - wanted).abs() < 0.1, "{rect:?} is not {expected:?}");
    }
}

#[test]
fn a_line_has_its_text_and_its_boxes() {
    let reading = read(PdfBuilder::default().page(&text_at(100, 700, &["Hello World", "again"])));
    assert_eq!(reading.document.text(), "Hello World\nagain");
    assert!(reading.warnings.is_empty());
    // Helvetica's H is 722 wide, l 222; its ascent and descent share one em as 718 to 207.
    assert_near(mark(&reading, "H"), [100.0, 697.76, 107.22, 707.76]);
    let space = reading.document.text().find(' ').unwrap();
    assert!(!reading.document.marks(TextRange::new(space, space + 1)).is_empty(), "a drawn space has a box");
}

#[test]
fn a_form_is_placed_by_its_matrix_and_the_current_one() {
    let mut pdf = PdfBuilder::default();
    let content = text_at(0, 0, &["Inside"]);
    let form = pdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Matrix [1 0 0 1 10 20] /Resources << /Font << /F1 3 0 R >> >>",
        &content,
    );
    let pdf = pdf.page_with(
        "",
        &format!("/XObject << /Fm {form} 0 R >>"),
        &format!("q 2 0 0 2 100 300 cm /Fm Do Q {}", text_at(100, 700, &["Outside"])),
    );
    let reading = read(pdf);
    assert_eq!(reading.document.text(), "Outside\n\nInside");
    let rect = mark(&reading, "I");
    assert_near(rect, [120.0, 335.52, 125.56, 355.52]);
}

#[test]
fn a_form_that_draws_itself_ends() {
    let mut pdf = PdfBuilder::default();
    let form = pdf.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /XObject << /Fm 4 0 R >> >>",
        "/Fm Do /Fm Do",
    );
    assert_eq!(form, 4);
    let pdf = pdf.page_with(
        "",
        "/XObject << /Fm 4 0 R >>",
        &format!("{} /Fm Do", text_at(100, 700, &["Survives"])),
    );
    let limits = Limits { base_time: std::time::Duration::from_millis(300), ..Limits::default() };
    let reading = read_in_process("test.pdf", pdf.build(), None, &limits, &mut |_, _| {}).unwrap();
    assert_eq!(reading.document.text(), "Survives");
}

#[test]
fn a_rotated_page_is_read_upright_and_keeps_unrotated_boxes() {
    // Displayed 90 degrees clockwise: text that runs upwards in user space stands upright.
    let content =
        "BT /F1 10 Tf 0 1 -1 0 100 200 Tm (First line) Tj ET BT /F1 10 Tf 0 1 -1 0 112 200 Tm (second) Tj ET";
    let reading = read(PdfBuilder::default().page_with("/Rotate 90", "", content));
    assert_eq!(reading.document.text(), "First line\nsecond");
    assert_eq!(reading.document.pages()[0].rotation, Rotation::Quarter);
    assert_near(mark(&reading, "F"), [92.24, 200.0, 102.24, 206.11]);
}

#[test]
fn text_outside_of_the_crop_box_is_dropped() {
    let content = format!("{}{}", text_at(100, 700, &["inside"]), text_at(100, 30, &["printer marks"]));
    let reading = read(PdfBuilder::default().page_with("/CropBox [50 100 562 750]", "", &content));
    assert_eq!(reading.document.text(), "inside");
    assert_eq!(reading.document.pages()[0].crop, PdfRect::from_corners(50.0, 100.0, 562.0, 750.0));
    assert_near(mark(&reading, "i"), [100.0, 697.76, 102.22, 707.76]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left = [
        "the party of the first part agrees to",
        "deliver all of the goods in the list",
        "before the first day of each month and",
        "to bear every cost of such delivery.",
    ];
    let right = left.map(str::to_uppercase);
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    let content = format!("{}{}", text_at(60, 700, &left), text_at(330, 700, &right));
    let reading = read(PdfBuilder::default().page(&content));
    let text = reading.document.text();
    assert!(text.find("such delivery").unwrap() < text.find("THE PARTY").unwrap(), "{text}");
    assert!(!text.contains("agrees to THE"));
}

#[test]
fn a_clause_goes_on_over_the_page_break_and_margins_come_last() {
    let page = |number: u32, lines: &[&str]| {
        let header = text_at(100, 760, &["ACME CONFIDENTIAL"]);
        format!("{header}{}{}", text_at(100, 700, lines), text_at(300, 30, &[&format!("Page {number} of 3")]))
    };
    let reading = read(
        PdfBuilder::default()
            .page(&page(1, &["The Seller shall not,", "during the agree-"]))
            .page(&page(2, &["ment or after it,", "compete with the Buyer."]))
            .page(&page(3, &["This agreement ends."])),
    );
    let body = "The Seller shall not,\nduring the agreement or after it,\ncompete with the Buyer.\n\nThis agreement ends.";
    let text = reading.document.text();
    assert!(text.starts_with(body), "{text}");
    assert_eq!(text.matches("ACME CONFIDENTIAL").count(), 3);
    let start = text.find("agreement or").unwrap();
    let marks = reading.document.marks(TextRange::new(start, start + "agreement".len()));
    assert_eq!(marks.iter().map(|mark| mark.page).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn text_drawn_twice_is_read_once_and_actual_text_replaces_glyphs() {
    let bold = format!(
        "{}{}",
        text_at(100, 700, &["Bold"]),
        text_at(100, 700, &["Bold"]).replace("100 700", "100.3 700")
    );
    let marked = "/Span << /ActualText (Acme) >> BDC BT /F1 10 Tf 100 600 Td (@@@@) Tj ET EMC";
    let reading = read(PdfBuilder::default().page(&format!("{bold}{marked}")));
    assert_eq!(reading.document.text(), "Bold\n\nAcme");
}

#[test]
fn pages_without_text_are_named() {
    let mut pdf = PdfBuilder::default();
    let image = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        "x",
    );
    let images = format!("/XObject << /Im {image} 0 R >>");
    let scan = "q 612 0 0 792 0 0 cm /Im Do Q";
    let recognised = format!(
        "{scan} BT 3 Tr /F1 10 Tf 100 700 Td (Text that was recognised under the picture of it) Tj ET"
    );
    let reading =
        read(pdf.page_with("", &images, scan).page("").page_with("", &images, &recognised).page(&text_at(
            100,
            700,
            &["plain text"],
        )));
    assert_eq!(
        warnings(&reading),
        [
            (Some(1), WarningKind::ScannedPage),
            (Some(2), WarningKind::EmptyPage),
            (Some(3), WarningKind::InvisibleText)
        ]
    );
    assert!(reading.document.text().contains("Text that was recognised"));
    assert!(reading.warnings[0].message.contains("Page 1 is a picture without text (a scan)"));
}

#[test]
fn fonts_that_say_nothing_are_warned_about() {
    let mut pdf = PdfBuilder::default();
    let font = pdf.object(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Unknown /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
    );
    let descendant = pdf.object(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unknown /DW 600 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    );
    assert_eq!((font, descendant), (4, 5));
    let content = "BT /F2 10 Tf 100 700 Td <00030004000500060007000800090010001100120013> Tj ET";
    let reading = read(pdf.page(content));
    assert_eq!(warnings(&reading), [(Some(1), WarningKind::BrokenText)]);
}

#[test]
fn a_damaged_stream_costs_its_page_only() {
    let mut pdf = PdfBuilder::default();
    let bad = pdf.stream("/Filter /LZWDecode /DecodeParms << /Predictor 99 >>", "\u{1}garbage");
    let good = pdf.stream("", &text_at(100, 700, &["first half"]));
    let pdf = pdf.page(&text_at(100, 700, &["before"])).page_with(
        &format!("/Contents [{good} 0 R {bad} 0 R 999 0 R]"),
        "",
        &text_at(100, 500, &["after"]),
    );
    let reading = read(pdf.page(&text_at(100, 700, &["last"])));
    assert!(reading.document.text().contains("before") && reading.document.text().contains("last"));
    assert_eq!(reading.document.pages().len(), 3);
    assert_eq!(warnings(&reading), [(Some(2), WarningKind::DamagedPage)]);
}

#[test]
fn a_broken_table_of_objects_is_repaired_with_a_warning() {
    let mut bytes = PdfBuilder::default().page(&text_at(100, 700, &["still here"])).build();
    let table = bytes.windows(5).position(|window| window == b"\nxref").unwrap();
    bytes.truncate(table);
    let reading = try_read(bytes, None).unwrap();
    assert_eq!(reading.document.text(), "still here");
    assert_eq!(warnings(&reading), [(None, WarningKind::DamagedFile)]);
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(try_read(b"Dear Sirs, enclosed please find".to_vec(), None), Err(PdfErrorKind::NotAPdf));
    assert_eq!(try_read(Vec::new(), None), Err(PdfErrorKind::NotAPdf));
    assert_eq!(try_read(b"%PDF-1.7\nnothing more".to_vec(), None), Err(PdfErrorKind::Damaged));
}

#[test]
fn files_and_pages_beyond_the_limits_are_named() {
    let pdf = || {
        PdfBuilder::default().page(&text_at(100, 700, &["one"])).page(&text_at(100, 700, &["two"])).build()
    };
    let few = Limits { pages: 1, ..Limits::default() };
    let reading = read_in_process("test.pdf", pdf(), None, &few, &mut |_, _| {}).unwrap();
    assert_eq!(reading.document.text(), "one");
    assert_eq!(warnings(&reading), [(None, WarningKind::LimitReached)]);
    let small = Limits { file_bytes: 100, ..Limits::default() };
    let error = read_in_process("big.pdf", pdf(), None, &small, &mut |_, _| {}).unwrap_err();
    assert_eq!(error.kind.code(), "too_large");
}

/// A file of the 40-bit RC4 handler that no password opens: its check value belongs to none.
fn encrypted() -> Vec<u8> {
    let zeros = "00".repeat(32);
    PdfBuilder::default()
        .page(&text_at(100, 700, &["secret"]))
        .trailer(&format!(
            "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{zeros}> /U <{zeros}> >>"
        ))
        .build()
}

#[test]
fn encrypted_files_ask_for_their_password() {
    assert_eq!(try_read(encrypted(), None), Err(PdfErrorKind::PasswordRequired));
    assert_eq!(try_read(encrypted(), Some("guess")), Err(PdfErrorKind::WrongPassword));
    let by_certificate = PdfBuilder::default()
        .page("")
        .trailer("/ID [<00> <00>] /Encrypt << /Filter /Adobe.PubSec /V 1 /R 2 >>")
        .build();
    assert_eq!(try_read(by_certificate, None), Err(PdfErrorKind::UnsupportedEncryption));
}
