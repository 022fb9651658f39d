//! CUAD's own contracts, where `PROVISO_CUAD` names the folder with `dev.json.gz` and `pdf/dev`.

use std::{fs, io::Write, path::PathBuf};

use proviso_core::TextRange;
use proviso_pdf::{Limits, read_in_process};

use crate::program::extract;

/// Contracts read by one test: enough to meet odd layouts, few enough for every run.
const CONTRACTS: usize = 3;

#[test]
fn real_contracts_are_read_and_marked() {
    let Some(folder) = std::env::var_os("PROVISO_CUAD").map(PathBuf::from) else {
        // Written past the test runner, which would keep it to itself.
        let notice = "SKIPPED real_contracts_are_read_and_marked: PROVISO_CUAD is not set\n";
        std::io::stderr().write_all(notice.as_bytes()).unwrap();
        return;
    };
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("pdf/dev")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.truncate(CONTRACTS);
    let extraction = extract(&files, &["--speed", "fast"]);
    assert_eq!(extraction.documents.len(), CONTRACTS);
    for (contract, file) in extraction.documents.iter().zip(&files) {
        let bytes = fs::read(file).unwrap();
        let document = read_in_process("", bytes, None, &Limits::default(), &mut |_, _| {}).unwrap().document;
        assert!(contract.findings.iter().any(|f| f.category == "Document Name"), "{}", contract.path);
        for finding in &contract.findings {
            assert_eq!(document.slice(TextRange::new(finding.start, finding.end)), finding.text);
            assert!(!finding.rects.is_empty(), "{}", finding.text);
        }
    }
}
