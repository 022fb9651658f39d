//! Annotated copies: what is new is there, and what was there still is.
#![allow(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

mod builder;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use builder::{PdfBuilder, text_at};
use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, ObjRef, Stream, String as PdfString},
};
use proviso_core::{PdfRect, TextRange};
use proviso_pdf::{Limits, PdfErrorKind, PdfNote, PdfReading, annotate_in_process, read_in_process};

fn note(page: u32, title: &str) -> PdfNote {
    PdfNote {
        page,
        rects: vec![
            PdfRect::from_corners(100.0, 700.0, 200.0, 710.0),
            PdfRect::from_corners(90.0, 688.0, 150.0, 698.0),
        ],
        title: title.into(),
        contents: "Accepted. Answer: \u{201c}Zürich\u{201d} (checked)".into(),
        colour: [1.0, 0.85, 0.3],
    }
}

fn try_annotate(bytes: &[u8], notes: &[PdfNote]) -> Result<Vec<u8>, PdfErrorKind> {
    annotate_in_process("deal.pdf", bytes, notes, &Limits::default()).map_err(|error| {
        assert!(error.to_string().starts_with("deal.pdf: "), "{error}");
        error.kind
    })
}

/// Annotates, and checks what holds for every copy.
fn annotated(bytes: &[u8], notes: &[PdfNote]) -> Pdf {
    let copy = try_annotate(bytes, notes).unwrap();
    assert!(copy.starts_with(bytes), "the original's bytes come first");
    assert_eq!(read(&copy), read(bytes), "a copy reads as its original");
    Pdf::new(copy).unwrap()
}

fn read(bytes: &[u8]) -> PdfReading {
    read_in_process("deal.pdf", bytes.to_vec(), None, &Limits::default(), &mut |_, _| {}).unwrap()
}

fn annotations(pdf: &Pdf, page: usize) -> Vec<Dict<'_>> {
    let array = pdf.pages()[page - 1].raw().get::<Array<'_>>("Annots");
    array.map_or_else(Vec::new, |array| array.iter::<Dict<'_>>().collect())
}

fn name(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).unwrap().as_str().to_owned()
}

fn text(dict: &Dict<'_>, key: &str) -> String {
    let string = dict.get::<PdfString<'_>>(key).unwrap();
    match string.as_bytes() {
        [0xFE, 0xFF, units @ ..] => {
            let units: Vec<u16> =
                units.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        bytes => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

fn numbers(dict: &Dict<'_>, key: &str) -> Vec<f32> {
    dict.get::<Array<'_>>(key).unwrap().iter::<f32>().collect()
}

/// The titles of the outline, each with as many stars before it as its depth.
fn outline(pdf: &Pdf) -> Vec<String> {
    fn walk(parent: &Dict<'_>, depth: usize, titles: &mut Vec<String>) {
        let mut next = parent.get::<Dict<'_>>("First");
        while let Some(item) = next {
            titles.push(format!("{}{}", "*".repeat(depth), text(&item, "Title")));
            walk(&item, depth + 1, titles);
            next = item.get::<Dict<'_>>("Next");
        }
    }
    let mut titles = Vec::new();
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    walk(&catalog.get::<Dict<'_>>("Outlines").unwrap(), 0, &mut titles);
    titles
}

fn two_pages() -> PdfBuilder {
    PdfBuilder::default().page(&text_at(100, 700, &["This Agreement"])).page(&text_at(
        100,
        700,
        &["ends here."],
    ))
}

#[test]
fn a_note_is_a_highlight_on_its_page() {
    for bytes in [two_pages().build(), two_pages().build_with_streams()] {
        let pdf = annotated(&bytes, &[note(2, "Governing Law")]);
        assert!(annotations(&pdf, 1).is_empty());
        let found = annotations(&pdf, 2);
        assert_eq!(found.len(), 1);
        assert_eq!(name(&found[0], "Subtype"), "Highlight");
        assert_eq!(text(&found[0], "T"), "Proviso");
        assert_eq!(text(&found[0], "Subj"), "Governing Law");
        assert_eq!(text(&found[0], "Contents"), "Accepted. Answer: \u{201c}Zürich\u{201d} (checked)");
        assert_eq!(numbers(&found[0], "Rect"), [90.0, 688.0, 200.0, 710.0]);
        assert_eq!(
            numbers(&found[0], "QuadPoints")[..8],
            [100.0, 710.0, 200.0, 710.0, 100.0, 700.0, 200.0, 700.0]
        );
        assert_eq!(numbers(&found[0], "QuadPoints").len(), 16);
        assert_eq!(numbers(&found[0], "C"), [1.0, 0.85, 0.3]);
        let form = found[0].get::<Dict<'_>>("AP").unwrap().get::<Stream<'_>>("N").unwrap();
        assert!(String::from_utf8_lossy(&form.decoded().unwrap()).contains("100.00 700.00 100.00 10.00 re"));
        let resources = form.dict().get::<Dict<'_>>("Resources").unwrap();
        let states = resources.get::<Dict<'_>>("ExtGState").unwrap();
        assert_eq!(name(&states.get::<Dict<'_>>("Multiply").unwrap(), "BM"), "Multiply");
    }
}

#[test]
fn annotations_that_are_there_stay_first() {
    let mut pdf = PdfBuilder::default();
    let own = pdf.object("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Mine) >>");
    let array = pdf.object(format!("[{own} 0 R]"));
    let content = text_at(100, 700, &["Text"]);
    let pdf = pdf
        .page_with(&format!("/Annots {array} 0 R /Rotate 90"), "", &content)
        .page_with(&format!("/Annots [{own} 0 R % mine\n] /CropBox [50 50 500 750]"), "", &content)
        .page_with(&format!("/Annots {array} 0 R"), "", &content)
        .page_with("/Annots 999 0 R", "", &content);
    let notes = [note(1, "Insurance"), note(2, "Insurance"), note(2, "Audit Rights"), note(4, "Insurance")];
    let copy = annotated(&pdf.build(), &notes);
    let subtypes =
        |page| annotations(&copy, page).iter().map(|dict| name(dict, "Subtype")).collect::<Vec<_>>();
    assert_eq!(subtypes(1), ["Text", "Highlight"]);
    assert_eq!(subtypes(2), ["Text", "Highlight", "Highlight"]);
    assert_eq!(subtypes(3), ["Text"], "a page that shares its array with a marked one is left alone");
    assert_eq!(subtypes(4), ["Highlight"]);
    assert_eq!(text(&annotations(&copy, 1)[0], "Contents"), "Mine");
}

#[test]
fn bookmarks_come_after_the_outline_that_is_there() {
    let notes = [note(2, "Insurance"), note(1, "Governing Law"), note(1, "Insurance")];
    let ours = ["Proviso", "*Insurance", "*Governing Law"];
    let copy = annotated(&two_pages().build(), &notes);
    assert_eq!(outline(&copy), ours);

    let mut pdf = two_pages();
    let root = pdf.object("<< /Type /Outlines /First 9 0 R /Last 10 0 R /Count 2 >>");
    let first =
        pdf.object(format!("<< /Title (Part 1) /Parent {root} 0 R /Next 10 0 R /Dest [5 0 R /Fit] >>"));
    let last = pdf.object(format!("<< /Title (Part 2) /Parent {root} 0 R /Prev {first} 0 R >>"));
    assert_eq!((root, first, last), (8, 9, 10));
    for bytes in [
        pdf.clone().catalog("/Outlines 8 0 R").build(),
        pdf.clone().catalog("/Outlines 8 0 R").build_with_streams(),
        pdf.catalog("/Outlines << /First 9 0 R /Last 10 0 R >>").build(),
    ] {
        let copy = annotated(&bytes, &notes);
        assert_eq!(outline(&copy), [&["Part 1", "Part 2"], &ours[..]].concat());
        let catalog: Dict<'_> = copy.xref().get(copy.xref().root_id()).unwrap();
        let root = catalog.get::<Dict<'_>>("Outlines").unwrap();
        assert_eq!(root.get::<i32>("Count"), Some(3));
        let ours = root.get::<Dict<'_>>("Last").unwrap();
        assert_eq!(text(&ours, "Title"), "Proviso");
        assert_eq!(ours.get::<i32>("Count"), Some(-2), "it is closed");
        assert_eq!(text(&ours.get::<Dict<'_>>("Prev").unwrap(), "Title"), "Part 2");
        assert_eq!(ours.get_ref("Parent"), catalog.get_ref("Outlines"));
        let destination = ours.get::<Dict<'_>>("First").unwrap().get::<Array<'_>>("Dest").unwrap();
        let page = destination.flex_iter().next::<Dict<'_>>().unwrap();
        assert_eq!(
            page.obj_id(),
            copy.pages()[1].raw().obj_id(),
            "the first note of the category is on page 2"
        );
    }
}

#[test]
fn a_copy_can_be_annotated_again() {
    for bytes in [two_pages().build(), two_pages().build_with_streams()] {
        let once = try_annotate(&bytes, &[note(1, "Insurance")]).unwrap();
        let twice = annotated(&once, &[note(1, "Audit Rights"), note(2, "Audit Rights")]);
        assert_eq!((annotations(&twice, 1).len(), annotations(&twice, 2).len()), (2, 1));
        assert_eq!(outline(&twice), ["Proviso", "*Insurance", "Proviso", "*Audit Rights"]);
    }
}

#[test]
fn offsets_count_from_the_header_and_generations_are_kept() {
    let moved = [b"mailed by a scanner\r\n".as_slice(), &two_pages().build()].concat();
    let copy = annotated(&moved, &[note(1, "Insurance")]);
    assert_eq!(annotations(&copy, 1).len(), 1);

    let page = two_pages().page_object(2);
    let old = String::from_utf8(two_pages().build()).unwrap();
    // The same length, so that the table stays right.
    let aged = old.replace(&format!("\n{page} 0 obj"), &format!("\n{page} 3 obj"));
    let aged = aged.replace(&format!("{page} 0 R]"), &format!("{page} 3 R]"));
    let entry = aged.find("xref\n0 ").unwrap() + "xref\n0 N\n".len() + page * 20;
    let mut aged = aged.into_bytes();
    aged[entry + 11..entry + 16].copy_from_slice(b"00003");
    let copy = annotated(&aged, &[note(2, "Insurance")]);
    assert_eq!(annotations(&copy, 2).len(), 1);
    assert_eq!(annotations(&copy, 2)[0].get_ref("P"), Some(ObjRef::new(page as u32, 3)));
}

#[test]
fn marks_that_cover_nothing_are_only_bookmarks() {
    let nowhere = [PdfRect::default(), PdfRect { x1: f32::NAN, ..note(1, "").rects[0] }];
    let copy =
        annotated(&two_pages().build(), &[PdfNote { rects: nowhere.to_vec(), ..note(1, "Insurance") }]);
    assert!(annotations(&copy, 1).is_empty());
    assert_eq!(outline(&copy), ["Proviso", "*Insurance"]);
}

#[test]
fn what_cannot_be_annotated_says_what_to_do() {
    let no_page = try_annotate(&two_pages().build(), &[note(3, "Insurance")]);
    assert_eq!(no_page, Err(PdfErrorKind::NoSuchPage { page: 3, pages: 2 }));
    assert!(no_page.unwrap_err().to_string().contains("page 3"));
    let locked = two_pages().trailer("/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 >>").build();
    let locked = try_annotate(&locked, &[note(1, "Insurance")]).unwrap_err();
    assert_eq!(locked, PdfErrorKind::EncryptedOriginal);
    assert!(locked.to_string().contains("save it without a password"));
    let mut cut = two_pages().build();
    cut.truncate(cut.len() - 60);
    let cut = try_annotate(&cut, &[note(1, "Insurance")]).unwrap_err();
    assert_eq!(cut, PdfErrorKind::DamagedOriginal);
    assert!(cut.to_string().contains("save it under another name"));
    assert_eq!(try_annotate(b"Dear Sirs", &[]), Err(PdfErrorKind::NotAPdf));
}

/// A note on the first words of every page that has some.
fn notes_everywhere(bytes: &[u8]) -> Result<Vec<PdfNote>, PdfErrorKind> {
    let limits = Limits::default();
    let read =
        read_in_process("", bytes.to_vec(), None, &limits, &mut |_, _| {}).map_err(|error| error.kind)?;
    let text = read.document.text();
    let mut notes: Vec<PdfNote> = Vec::new();
    for (start, word) in text.split_inclusive(char::is_whitespace).scan(0, |at, word| {
        *at += word.len();
        Some((*at - word.len(), word))
    }) {
        for mark in read.document.marks(TextRange::new(start, start + word.len())) {
            if notes.iter().all(|note| note.page != mark.page + 1) {
                notes.push(PdfNote { rects: vec![mark.rect], ..note(mark.page + 1, word) });
            }
        }
    }
    Ok(notes)
}

/// What became of one file: its notes are in the copy, or it says why it is refused.
fn sweep(path: &Path) -> &'static str {
    let bytes = fs::read(path).unwrap();
    let notes = match notes_everywhere(&bytes) {
        Ok(notes) => notes,
        Err(kind) => return kind.code(),
    };
    match try_annotate(&bytes, &notes) {
        Err(kind) => kind.code(),
        Ok(copy) => {
            assert!(copy.starts_with(&bytes), "{}", path.display());
            assert_eq!(read(&copy).document, read(&bytes).document, "{}", path.display());
            let (before, after) = (Pdf::new(bytes).unwrap(), Pdf::new(copy).unwrap());
            for note in notes {
                let page = note.page as usize;
                assert_eq!(
                    annotations(&after, page).len(),
                    annotations(&before, page).len() + 1,
                    "{}",
                    path.display()
                );
            }
            "ok"
        }
    }
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(pdfs(&path));
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_projects_contracts_are_annotated_or_refused_with_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let outcomes: Vec<(String, &str)> = ["tests/contracts", "ui/fixtures"]
        .iter()
        .flat_map(|folder| pdfs(&root.join(folder)))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), sweep(&path)))
        .collect();
    let refused: Vec<_> = outcomes.iter().filter(|(_, outcome)| *outcome != "ok").collect();
    let expected = [
        ("consulting-encrypted", "password_required"),
        ("not-a-pdf", "not_a_pdf"),
        ("truncated", "damaged_original"),
        ("wrong-xref", "damaged_original"),
        ("locked", "password_required"),
    ];
    assert_eq!(refused.iter().map(|(name, why)| (name.as_str(), *why)).collect::<Vec<_>>(), expected);
    assert!(outcomes.len() >= expected.len() + 5);
}

#[test]
fn a_folder_of_strangers_pdfs_is_annotated_or_refused() {
    let Some(folder) = std::env::var_os("PROVISO_PDFS").map(PathBuf::from) else {
        // Written past the test runner, which would keep it to itself.
        let notice = "SKIPPED a_folder_of_strangers_pdfs_is_annotated_or_refused: PROVISO_PDFS is not set\n";
        std::io::stderr().write_all(notice.as_bytes()).unwrap();
        return;
    };
    let mut counts = std::collections::BTreeMap::new();
    for path in pdfs(&folder) {
        *counts.entry(sweep(&path)).or_insert(0) += 1;
    }
    std::io::stderr().write_all(format!("{counts:?}\n").as_bytes()).unwrap();
    assert!(counts.get("ok").is_some_and(|ok| *ok > 0));
}
