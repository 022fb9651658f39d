//! A stranger's PDF: read, and marked where it could be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use proviso_core::{PdfRect, TextRange};
use proviso_pdf::{Limits, PdfNote, annotate_in_process, read_in_process};

fuzz_target!(
    init: drop(std::panic::take_hook()), // a panic that is caught costs a page and is no find
    |data: &[u8]| {
        let limits = Limits::default();
        let Ok(read) = read_in_process("a file", data.to_vec(), None, &limits, &mut |_, _| {}) else { return };
        let text = read.document.text();
        let range = TextRange::new(0, text.len());
        assert_eq!(read.document.slice(range), text);
        let _ = read.document.marks(range);
        let note = PdfNote {
            page: 1,
            rects: vec![PdfRect::from_corners(100.0, 700.0, 200.0, 710.0)],
            title: "Insurance".into(),
            contents: "Accepted".into(),
            colour: [1.0, 1.0, 0.0],
        };
        if let Ok(copy) = annotate_in_process("a file", data, &[note], &limits) {
            assert!(copy.starts_with(data), "the copy begins with the original");
        }
    }
);
