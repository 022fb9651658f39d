//! What is found in the project's own contracts, and where it is marked.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::LazyLock,
};

use proviso_core::{Document, TextRange};
use proviso_pdf::{Limits, read_in_process};
use serde::Deserialize;

use crate::program::{Contract, Extraction, Finding, contract, extract, proviso, stdout};

/// The contracts with the share of their expected clauses that must be found: what was seen with the bundled model,
/// less a few clauses.
const CONTRACTS: [(&str, f64); 5] = [
    ("sample-licence-and-distribution", 0.6),
    ("services-two-column", 0.6),
    ("supply-long", 0.5),
    ("lease-with-scan", 0.5),
    ("consulting-encrypted", 0.6),
];

const PASSWORD: &str = "proviso";

#[derive(Debug, Deserialize)]
struct Expected {
    pages: u32,
    clauses: Vec<Clause>,
    #[serde(default)]
    pages_without_text: Vec<u32>,
}

#[derive(Debug, Deserialize)]
struct Clause {
    category: String,
    text: String,
    page: u32,
}

fn expected(name: &str) -> Expected {
    serde_json::from_slice(&std::fs::read(contract(&format!("expected/{name}.json"))).unwrap()).unwrap()
}

/// All contracts, read once for all tests.
static EXTRACTION: LazyLock<Extraction> = LazyLock::new(|| {
    let files: Vec<PathBuf> = CONTRACTS.iter().map(|(name, _)| contract(&format!("{name}.pdf"))).collect();
    extract(&files, &["--password", PASSWORD])
});

fn read(name: &str) -> &'static Contract {
    EXTRACTION.documents.iter().find(|document| document.path.contains(name)).unwrap()
}

/// The document as the PDF reader gives it, to hold the findings against.
fn document(name: &str) -> Document {
    let bytes = std::fs::read(contract(&format!("{name}.pdf"))).unwrap();
    let password = (name == "consulting-encrypted").then_some(PASSWORD);
    read_in_process(name, bytes, password, &Limits::default(), &mut |_, _| {}).unwrap().document
}

fn words(text: &str) -> BTreeSet<String> {
    let kept: String =
        text.chars().filter(|c| !matches!(c, '.' | ',' | ';' | ':' | '-' | '(' | ')')).collect();
    kept.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

fn is_found(clause: &Clause, findings: &[Finding]) -> bool {
    let expected = words(&clause.text);
    findings.iter().filter(|finding| finding.category == clause.category).any(|finding| {
        let found = words(&finding.text);
        let shared = expected.intersection(&found).count();
        2 * shared >= expected.len() + found.len() - shared
    })
}

#[test]
fn most_of_what_stands_in_the_contracts_is_found() {
    for (name, least) in CONTRACTS {
        let (expected, contract) = (expected(name), read(name));
        assert_eq!(contract.pages, expected.pages, "{name}");
        let missed: Vec<_> =
            expected.clauses.iter().filter(|clause| !is_found(clause, &contract.findings)).collect();
        let share = 1.0 - missed.len() as f64 / expected.clauses.len() as f64;
        println!("{name}: {:.0} % of {} expected clauses found", 100.0 * share, expected.clauses.len());
        for clause in &missed {
            println!("    missed on page {}: {}: {:.60}", clause.page, clause.category, clause.text);
        }
        assert!(share >= least, "{name}: only {share:.2} of the expected clauses were found");
    }
}

#[test]
fn findings_are_the_text_where_they_say_and_marked_on_their_words() {
    for (name, _) in CONTRACTS {
        let document = document(name);
        let contract = read(name);
        assert!(!contract.findings.is_empty());
        for finding in &contract.findings {
            let range = TextRange::new(finding.start, finding.end);
            assert_eq!(document.slice(range), finding.text, "{name}");
            assert!(!finding.rects.is_empty(), "{name}: {} is not marked", finding.text);
            assert_marks_cover_the_words(&document, finding);
        }
    }
}

/// The centre of each visible character of the finding's page lies in one of its rectangles, and no rectangle holds
/// the centre of a character on the same line that is not of the finding.
fn assert_marks_cover_the_words(document: &Document, finding: &Finding) {
    let offsets = document.text().char_indices().map(|(offset, _)| offset);
    let page = finding.page - 1;
    let marks = document.marks(TextRange::new(finding.start, finding.end));
    let mut lines: BTreeMap<u32, usize> = BTreeMap::new();
    for (offset, (character, place)) in offsets.zip(document.characters()) {
        if place.page != page || place.rect.is_empty() {
            continue;
        }
        let (x, y) = place.rect.center();
        let is_marked =
            finding.rects.iter().any(|[x0, y0, x1, y1]| (*x0..=*x1).contains(&x) && (*y0..=*y1).contains(&y));
        if (finding.start..finding.end).contains(&offset) {
            assert!(is_marked, "`{character}` of `{}` is not marked", finding.text);
            *lines.entry(place.line).or_default() += 1;
        }
    }
    let on_page = marks.iter().filter(|mark| mark.page == page).count();
    assert_eq!(finding.rects.len(), on_page);
    assert!(lines.len() <= on_page, "each line of the clause has its rectangle");
}

#[test]
fn findings_are_on_the_page_of_the_clause() {
    for (name, _) in CONTRACTS {
        for clause in &expected(name).clauses {
            let same: Vec<_> =
                read(name).findings.iter().filter(|f| words(&f.text) == words(&clause.text)).collect();
            if !same.is_empty() {
                assert!(
                    same.iter().any(|f| f.page == clause.page),
                    "{name}: {} is on page {}",
                    clause.text,
                    clause.page
                );
            }
        }
    }
}

#[test]
fn a_clause_that_runs_over_a_page_break_is_one_finding_on_both_pages() {
    let name = "sample-licence-and-distribution";
    let document = document(name);
    let over: Vec<_> = read(name)
        .findings
        .iter()
        .filter(|finding| {
            let marks = document.marks(TextRange::new(finding.start, finding.end));
            marks.iter().map(|mark| mark.page).collect::<BTreeSet<_>>().len() == 2
        })
        .collect();
    assert!(!over.is_empty(), "the sample has clauses that cross a page break");
    for finding in over {
        assert!(!finding.text.contains("Page "), "the footer is not part of the clause: {}", finding.text);
        assert!(!finding.rects.is_empty());
    }
}

#[test]
fn a_scanned_page_is_named_and_the_others_are_read() {
    let name = "lease-with-scan";
    let contract = read(name);
    let scanned: Vec<u32> =
        contract.warnings.iter().filter(|w| w.kind == "scanned_page").filter_map(|w| w.page).collect();
    assert_eq!(scanned, expected(name).pages_without_text);
    assert!(contract.warnings[0].message.contains("Page 4"), "{}", contract.warnings[0].message);
    assert!(contract.findings.iter().any(|finding| finding.page > 4));
}

#[test]
fn the_run_says_what_read_the_contracts() {
    let run = &EXTRACTION.run;
    assert_eq!(EXTRACTION.schema, 1);
    let plan: serde_json::Value = serde_json::from_str(stdout(&proviso(["plan", "--json"]))).unwrap();
    assert_eq!(
        (run.precision.as_str(), run.device.as_str()),
        (plan["plan"]["precision"].as_str().unwrap(), "cpu")
    );
    assert_eq!(run.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(run.model_sha256.len(), 64);
    assert!(!run.model.is_empty() && run.plan.len() >= 4 && run.seconds > 0.0);
    for contract in &EXTRACTION.documents {
        assert_eq!(contract.error, None);
        assert_eq!(contract.sha256.as_ref().map(String::len), Some(64));
        let order = |finding: &Finding| {
            let category: proviso_core::Category = finding.category.parse().unwrap();
            (category, finding.start)
        };
        assert!(contract.findings.is_sorted_by_key(order), "{}", contract.path);
        assert!(contract.findings.iter().all(|finding| (0.0..=1.0).contains(&finding.confidence)));
    }
}
