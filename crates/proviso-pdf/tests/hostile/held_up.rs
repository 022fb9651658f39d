//! Files, made for the purpose, that once held a reading up or ended it, each read in the time of any other.

use proviso_pdf::{Limits, PdfReading};

use crate::{builder::PdfBuilder, reader};

fn read(bytes: &[u8]) -> PdfReading {
    reader().read("test.pdf", bytes, None, &Limits::default(), &mut |_, _| {}, &|| false).unwrap()
}

/// A page in a composite font with these entries of its descendant, and one in Helvetica.
fn composite(entries: &str) -> Vec<u8> {
    let mut pdf = PdfBuilder::default();
    let font = pdf.object(
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
    );
    assert_eq!(font, 4, "the page names it /F2");
    pdf.object(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 >> {entries} >>"
    ));
    pdf.page("BT /F2 12 Tf 100 700 Td <00410042> Tj ET BT /F1 12 Tf 100 600 Td (after) Tj ET").build()
}

#[test]
fn widths_of_more_codes_than_there_are_cost_their_font_only() {
    let ranges = "0 65535 500 ".repeat(4_000);
    for widths in ["/W [0 4294967295 500]", "/W2 [0 4294967295 500 500 500]", &format!("/W [{ranges}]")] {
        let reading = read(&composite(widths));
        assert!(reading.document.text().contains("after"), "{widths:.40}: {:?}", reading.document.text());
    }
    // As many as there are is nothing to object to.
    let usual = read(&composite("/W [0 65535 500]"));
    assert!(usual.document.text().contains("after"));
}
