//! The window's program as the process that reads PDFs: unlike the command line's it loads libraries that start threads of their own.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{fs, path::Path, thread};

use proviso_pdf::{Limits, worker::PdfReader};

/// More than one at a time, so that threads come late to their first turn.
const AT_ONCE: usize = 4;
const EACH: usize = 12;

#[test]
fn the_window_reads_a_pdf_every_time() {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/contracts/services-two-column.pdf");
    let bytes = fs::read(contract).unwrap();
    let reader = PdfReader::new(env!("CARGO_BIN_EXE_proviso-window").into());
    let read = || {
        let reading =
            reader.read("contract.pdf", &bytes, None, &Limits::default(), &mut |_, _| {}, &|| false);
        reading.unwrap().document.text().len()
    };
    let lengths: Vec<usize> = thread::scope(|scope| {
        let some = || (0..EACH).map(|_| read()).collect::<Vec<_>>();
        let readers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(some)).collect();
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect()
    });
    assert_eq!(lengths.len(), AT_ONCE * EACH);
    assert!(lengths.iter().all(|&length| length == lengths[0] && length > 10_000), "{lengths:?}");
}
