//! A review at the workbench: decided, undone, closed, opened again, and carried over to another version.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proviso_app::{
    AppError, Workbench,
    view::{
        CarriedView, CellName, CellState, DecisionView, ExportFormat, FindingView, MatrixView, OriginView,
        ReadingView, RectView, ReviewAction, SelectedView,
    },
};

use crate::{program::contract, workbench::workbench};

const CONTRACT: &str = "services-two-column.pdf";

/// Opens and reads a contract.
fn read(workbench: &Workbench, path: &Path) -> ReadingView {
    let id = workbench.open(path, None, &|_| {}).unwrap().id;
    workbench.read(id, &|_| {}).unwrap()
}

fn finding(reading: &ReadingView, id: u32) -> &FindingView {
    reading.findings.iter().find(|finding| finding.id == id).unwrap()
}

/// The words of a finding as a person would select them.
fn selected(finding: &FindingView) -> Vec<SelectedView> {
    let mut pages: Vec<SelectedView> = Vec::new();
    for mark in &finding.marks {
        let RectView(rect) = mark.rect;
        match pages.last_mut() {
            Some(page) if page.page == mark.page => page.rects.push(RectView(rect)),
            _ => pages.push(SelectedView { page: mark.page, rects: vec![RectView(rect)] }),
        }
    }
    pages
}

#[test]
fn decisions_are_there_after_a_restart_without_reading_again() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &contract(CONTRACT));
    let (id, count) = (reading.document_id, reading.findings.len());
    let [first, second, third] = &reading.findings[..3] else { panic!("too few findings") };
    let actions = [
        ReviewAction::Accept { finding: first.id },
        ReviewAction::Reject { finding: second.id },
        ReviewAction::Note { finding: first.id, text: " check the annex ".into() },
        ReviewAction::Edit { finding: third.id, selected: selected(first) },
        ReviewAction::Add { category: "Insurance".into(), selected: selected(second) },
        ReviewAction::ConfirmAbsent { category: "Source Code Escrow".into() },
    ];
    for action in &actions {
        bench.review(id, action).unwrap();
    }
    bench.review(id, &ReviewAction::Reject { finding: third.id }).unwrap();
    let undone = bench.undo_review(id).unwrap();
    assert_eq!(undone.review.redo.as_deref(), Some(&*format!("Reject {}", third.category)));
    drop(bench);

    let bench = workbench(folder.path());
    let again = read(&bench, &contract(CONTRACT));
    assert!(again.plan[0].contains("read in the same way before"), "{:?}", again.plan);
    assert!((again.seconds - reading.seconds).abs() < 1e-9);
    assert_eq!(again.findings.len(), count + 1);
    let reviewed = |finding: &FindingView| (finding.review.decision, finding.review.origin);
    let first_now = finding(&again, first.id);
    assert_eq!(reviewed(first_now), (DecisionView::Accepted, OriginView::Model));
    assert_eq!(first_now.review.note.as_deref(), Some("check the annex"));
    assert_eq!(reviewed(finding(&again, second.id)), (DecisionView::Rejected, OriginView::Model));
    let edited = finding(&again, third.id);
    assert_eq!(reviewed(edited), (DecisionView::Accepted, OriginView::Edited));
    assert_eq!(edited.text.trim(), first.text.trim());
    let added = again.findings.iter().find(|finding| finding.review.origin == OriginView::Added).unwrap();
    assert_eq!((added.category.as_str(), added.text.trim()), ("Insurance", second.text.trim()));
    assert_eq!(again.review.confirmed_absent, ["Source Code Escrow"]);
    assert_eq!(again.review.undo.as_deref(), Some("Confirm that there is no Source Code Escrow"));

    // Undone to the beginning, nothing is left of it; and done again, all is there, what was undone before the restart too.
    let id = again.document_id;
    let mut reading = again.clone();
    while reading.review.undo.is_some() {
        reading = bench.undo_review(id).unwrap();
    }
    assert_eq!(reading.findings.len(), count);
    assert!(reading.findings.iter().all(|finding| finding.review.decision == DecisionView::Unreviewed));
    while reading.review.redo.is_some() {
        reading = bench.redo_review(id).unwrap();
    }
    assert_eq!(finding(&reading, third.id).review.decision, DecisionView::Rejected);
}

#[test]
fn what_is_exported_follows_the_decisions() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &contract(CONTRACT));
    let id = reading.document_id;
    let table = folder.path().join("table.csv");
    let rows = || bench.export(id, ExportFormat::Findings, &table).unwrap().rows;
    let before = rows();
    let likely = reading.findings.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)).unwrap();
    let unlikely = reading.findings.iter().min_by(|a, b| a.confidence.total_cmp(&b.confidence)).unwrap();
    bench.review(id, &ReviewAction::Reject { finding: likely.id }).unwrap();
    assert_eq!(rows(), before, "what was rejected is said to be so");
    bench.review(id, &ReviewAction::Accept { finding: unlikely.id }).unwrap();
    assert_eq!(rows(), before + 1);
    let text = fs::read_to_string(&table).unwrap();
    let of_status = |status: &str| text.lines().filter(|line| line.ends_with(status)).count() as u32;
    assert_eq!((of_status(",rejected"), of_status(",accepted")), (1, 1));
    assert_eq!(of_status(",unreviewed"), before - 1);
}

#[test]
fn a_copy_of_the_contract_has_its_clauses_marked_and_the_contract_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let path = folder.path().join("services.pdf");
    let original = fs::read(contract(CONTRACT)).unwrap();
    fs::write(&path, &original).unwrap();
    let reading = read(&bench, &path);
    let id = reading.document_id;
    let likely = reading.findings.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)).unwrap();
    bench.review(id, &ReviewAction::Note { finding: likely.id, text: "ask the seller".into() }).unwrap();
    let copy = folder.path().join("copy.pdf");
    let marks = bench.export(id, ExportFormat::AnnotatedPdf, &copy).unwrap().rows;
    let bytes = fs::read(&copy).unwrap();
    assert!(marks > 5 && bytes.starts_with(&original) && bytes.len() > original.len());
    let count = |text: &str| bytes.windows(text.len()).filter(|some| *some == text.as_bytes()).count();
    assert_eq!(count("/Highlight") as u32, marks);
    let again = read(&bench, &copy);
    assert_eq!(again.findings.len(), reading.findings.len(), "its text is the same");
    let refused = bench.export(id, ExportFormat::AnnotatedPdf, &path).unwrap_err();
    assert!(matches!(refused, AppError::Original(_)), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), original);
}

#[test]
fn every_format_is_written_beside_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let id = read(&bench, &contract(CONTRACT)).document_id;
    for (format, begins) in [
        (ExportFormat::Workbook, &b"PK"[..]),
        (ExportFormat::Json, b"{\"schema\":1,"),
        (ExportFormat::Calendar, b"BEGIN:VCALENDAR\r\n"),
        (ExportFormat::Receipt, b"{"),
    ] {
        let path = folder.path().join("export");
        bench.export(id, format, &path).unwrap();
        assert!(fs::read(&path).unwrap().starts_with(begins), "{format:?}");
    }
}

#[test]
fn impossible_actions_change_nothing_and_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let id = bench.open(&contract(CONTRACT), None, &|_| {}).unwrap().id;
    let early = bench.review(id, &ReviewAction::ConfirmAbsent { category: "Insurance".into() }).unwrap_err();
    assert!(matches!(early, AppError::NotRead(_)), "{early}");
    bench.read(id, &|_| {}).unwrap();
    let nowhere = vec![SelectedView { page: 1, rects: vec![RectView([0.0, 0.0, 1.0, 1.0])] }];
    let add = ReviewAction::Add { category: "Insurance".into(), selected: nowhere };
    let refused = bench.review(id, &add).unwrap_err().to_string();
    assert!(refused.contains("no words") && refused.contains(CONTRACT), "{refused}");
    let gone = bench.review(id, &ReviewAction::Accept { finding: 1 << 30 }).unwrap_err().to_string();
    assert!(gone.contains("not there any more"), "{gone}");
    assert_eq!(bench.undo_review(id).unwrap().review.undo, None);
}

#[test]
fn decisions_go_with_a_contract_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("supply.pdf");
    let original = fs::read(contract(CONTRACT)).unwrap();
    fs::write(&path, &original).unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &path);
    let accepted = reading.findings.iter().max_by_key(|finding| finding.text.len()).unwrap().clone();
    bench.review(reading.document_id, &ReviewAction::Accept { finding: accepted.id }).unwrap();

    // Other bytes with the same words.
    fs::write(&path, [&original[..], b"\n% saved again\n"].concat()).unwrap();
    let saved = read(&bench, &path);
    let again = finding(&saved, accepted.id);
    assert_eq!(
        (again.review.decision, again.review.carried),
        (DecisionView::Accepted, Some(CarriedView::Unchanged))
    );
    assert_eq!((again.start, again.end), (accepted.start, accepted.end));

    // Another contract altogether.
    fs::copy(contract("lease-with-scan.pdf"), &path).unwrap();
    let other = read(&bench, &path);
    let [lost] = &other.review.lost[..] else { panic!("{:?}", other.review) };
    assert_eq!((lost.category.as_str(), lost.text.as_str()), (&*accepted.category, &*accepted.text));
    assert!(other.findings.iter().all(|finding| finding.review.decision == DecisionView::Unreviewed));

    // The first version is still known.
    fs::write(&path, &original).unwrap();
    let first = read(&bench, &path);
    assert_eq!(finding(&first, accepted.id).review.decision, DecisionView::Accepted);
}

#[test]
fn the_text_of_a_protected_contract_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let id = bench.open(&contract("consulting-encrypted.pdf"), Some("proviso"), &|_| {}).unwrap().id;
    let reading = bench.read(id, &|_| {}).unwrap();
    let clause = reading.findings.iter().max_by_key(|finding| finding.text.len()).unwrap();
    bench.review(id, &ReviewAction::Accept { finding: clause.id }).unwrap();
    drop(bench);
    let words: Vec<&str> = clause.text.split_whitespace().collect();
    let phrase = words[..4].join(" ");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            assert!(!bytes.windows(phrase.len()).any(|some| some == phrase.as_bytes()), "{}", path.display());
        }
    }
    let bench = workbench(folder.path());
    let id = bench.open(&contract("consulting-encrypted.pdf"), Some("proviso"), &|_| {}).unwrap().id;
    let again = bench.read(id, &|_| {}).unwrap();
    assert_eq!(finding(&again, clause.id).review.decision, DecisionView::Accepted);
}

#[test]
fn without_a_database_contracts_are_read_and_decisions_say_that_they_are_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("proviso.sqlite")).unwrap();
    let bench = workbench(folder.path());
    let notice = bench.preferences().notice.unwrap();
    assert!(notice.contains("cannot be kept") && notice.contains("proviso.sqlite"), "{notice}");
    let reading = read(&bench, &contract(CONTRACT));
    let action = ReviewAction::Accept { finding: reading.findings[0].id };
    let error = bench.review(reading.document_id, &action).unwrap_err().to_string();
    assert!(error.contains("not kept") && error.contains("proviso.sqlite"), "{error}");
}

#[test]
fn a_backup_is_restored_and_everything_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &contract(CONTRACT));
    let [first, second] = &reading.findings[..2] else { panic!("too few findings") };
    bench.review(reading.document_id, &ReviewAction::Accept { finding: first.id }).unwrap();
    let backups = bench.back_up().unwrap().backups;
    let backup = &backups[0];
    assert_eq!((backup.contracts, backup.decisions, backup.before_restoring), (1, 1, false));
    bench.review(reading.document_id, &ReviewAction::Reject { finding: second.id }).unwrap();

    let after = bench.restore_backup(&backup.name).unwrap();
    let before = after.backups.iter().find(|backup| backup.before_restoring).unwrap();
    assert_eq!(before.decisions, 2);
    let closed = bench.review(reading.document_id, &ReviewAction::Accept { finding: first.id }).unwrap_err();
    assert!(matches!(closed, AppError::NotOpen), "{closed}");
    let again = read(&bench, &contract(CONTRACT));
    assert_eq!(finding(&again, first.id).review.decision, DecisionView::Accepted);
    assert_eq!(finding(&again, second.id).review.decision, DecisionView::Unreviewed);
    bench.restore_backup(&before.name).unwrap();
    let again = read(&bench, &contract(CONTRACT));
    assert_eq!(finding(&again, second.id).review.decision, DecisionView::Rejected);
    let refused = bench.restore_backup("none.sqlite").unwrap_err().to_string();
    assert!(refused.contains("none.sqlite") && refused.contains("choose another"), "{refused}");
}

#[test]
fn a_damaged_database_is_said_and_its_backup_is_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &contract(CONTRACT));
    let first = reading.findings[0].id;
    bench.review(reading.document_id, &ReviewAction::Accept { finding: first }).unwrap();
    bench.back_up().unwrap();
    drop(bench);
    let path = folder.path().join("proviso.sqlite");
    fs::write(&path, vec![0x5a; 100_000]).unwrap();
    let bench = workbench_alone(folder.path());
    let notice = bench.preferences().notice.unwrap();
    assert!(notice.contains("was damaged: it was kept as") && notice.contains("took its place"), "{notice}");
    let again = read(&bench, &contract(CONTRACT));
    assert_eq!(finding(&again, first).review.decision, DecisionView::Accepted);
}

/// A workbench once the one before has let go of the database, which its loading of the model may hold a moment longer.
fn workbench_alone(folder: &Path) -> Workbench {
    loop {
        let bench = workbench(folder);
        match bench.preferences().notice {
            Some(notice) if notice.contains("another Proviso is using") => drop(bench),
            _ => return bench,
        }
    }
}

#[test]
fn many_cells_are_decided_together_and_only_those() {
    let folder = tempfile::tempdir().unwrap();
    let bench = workbench(folder.path());
    let reading = read(&bench, &contract(CONTRACT));
    let cells = |view: &MatrixView| {
        let row = view.rows.iter().find(|row| row.path == contract(CONTRACT).display().to_string()).unwrap();
        let states = row.cells.iter().map(|cell| cell.state);
        let cells: BTreeMap<String, CellState> = view.categories.iter().cloned().zip(states).collect();
        (row.sha256.clone(), cells)
    };
    let (sha256, before) = cells(&bench.matrix().unwrap());
    let of_state = |state: CellState| -> Vec<String> {
        before.iter().filter(|(_, is)| **is == state).map(|(name, _)| name.clone()).take(3).collect()
    };
    let (found, missing) = (of_state(CellState::Unreviewed), of_state(CellState::Missing));
    assert_eq!((found.len(), missing.len()), (3, 3));
    let named = |names: &[String]| {
        let known = names.iter().map(|name| CellName { sha256: sha256.clone(), category: name.clone() });
        let nobodys = CellName { sha256: "f".repeat(64), category: names[0].clone() };
        known.chain([nobodys]).collect::<Vec<_>>()
    };
    bench.accept_cells(&named(&found)).unwrap();
    // Where something is shown nothing is confirmed to be absent.
    let view = bench.confirm_absent_cells(&named(&[&missing[..], &found[..]].concat())).unwrap();
    let mut expected = before.clone();
    expected.extend(found.iter().map(|name| (name.clone(), CellState::Accepted)));
    expected.extend(missing.iter().map(|name| (name.clone(), CellState::Absent)));
    assert_eq!(cells(&view).1, expected);
    // The contract is open, and knows of it.
    let now = bench.reading(reading.document_id).unwrap();
    let accepted = now.findings.iter().filter(|one| one.review.decision == DecisionView::Accepted);
    let kinds: BTreeSet<&String> = accepted.map(|one| &one.category).collect();
    assert_eq!(kinds, found.iter().collect());
}
