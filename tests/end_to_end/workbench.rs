//! The window's workbench without the window: open, read, cancel, export, and preferences that last.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use proviso_app::{
    Settings, Workbench,
    view::{ErrorCode, ErrorView, ExportLayout, Preferences, Speed, Theme},
};

use crate::program::{contract, root};

const CONTRACT: &str = "services-two-column.pdf";

fn workbench(data_folder: &Path) -> Workbench {
    Workbench::start(Settings {
        data_folder: data_folder.to_owned(),
        worker_program: env!("CARGO_BIN_EXE_proviso").into(),
        models_folders: vec![root().join("models")],
        model: None,
    })
    .unwrap()
}

#[test]
fn a_contract_is_opened_read_and_exported_above_the_thresholds() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    let fast = Preferences { speed: Speed::Fast, ..Preferences::default() };
    workbench.save_preferences(fast.clone()).unwrap();

    let pages = AtomicU32::new(0);
    let opened = workbench
        .open(&contract(CONTRACT), None, &|progress| pages.store(progress.pages_done, Ordering::Relaxed))
        .unwrap();
    assert_eq!((opened.pages.len(), pages.into_inner()), (6, 6));
    assert_eq!(opened.file_name, CONTRACT);
    assert_eq!(*workbench.bytes(opened.id).unwrap(), *fs::read(contract(CONTRACT)).unwrap());

    let table = folder.path().join("table.csv");
    let export = |layout| workbench.export_csv(opened.id, layout, &table);
    assert!(export(ExportLayout::Findings).unwrap_err().to_string().contains("has not been read"));
    assert!(!table.exists());

    let windows = AtomicU32::new(0);
    let reading = workbench
        .read(opened.id, &|progress| {
            assert!(progress.windows_done <= progress.windows_total);
            windows.store(progress.windows_done, Ordering::Relaxed);
        })
        .unwrap();
    assert!(windows.into_inner() > 5);
    assert!(
        reading.findings.iter().zip(0..).all(|(finding, id)| finding.id == id && !finding.marks.is_empty())
    );

    let info = workbench.info();
    let thresholds: BTreeMap<_, _> = info
        .groups
        .iter()
        .flat_map(|group| &group.categories)
        .map(|c| (c.name.clone(), c.threshold))
        .collect();
    assert_eq!(thresholds.len(), 41);
    let shown = reading.findings.iter().filter(|f| f.confidence >= thresholds[&f.category]).count();
    assert!(shown < reading.findings.len(), "what is below the thresholds is proposed too");
    assert_eq!(export(ExportLayout::Findings).unwrap().rows as usize, shown);
    assert_eq!(export(ExportLayout::Cuad).unwrap().rows, 1);

    let none = thresholds.into_keys().map(|name| (name, 1.0)).collect();
    workbench.save_preferences(Preferences { thresholds: none, ..fast }).unwrap();
    assert_eq!(export(ExportLayout::Findings).unwrap().rows, 0);
    assert_eq!(fs::read_to_string(&table).unwrap().lines().count(), 1, "only the heading is left");

    workbench.close(opened.id);
    assert!(workbench.bytes(opened.id).unwrap_err().to_string().contains("not open"));
}

#[test]
fn a_reading_that_is_cancelled_stops_and_can_be_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    let id = workbench.open(&contract("consulting-encrypted.pdf"), Some("proviso"), &|_| {}).unwrap().id;
    let windows = AtomicU32::new(0);
    let error = workbench
        .read(id, &|progress| {
            windows.store(progress.windows_total - progress.windows_done, Ordering::Relaxed);
            workbench.cancel(id);
        })
        .unwrap_err();
    assert_eq!(ErrorView::from(error).code, ErrorCode::Cancelled);
    assert!(windows.into_inner() > 0, "it stopped before the end");
    assert!(!workbench.read(id, &|_| {}).unwrap().findings.is_empty());
}

#[test]
fn passwords_are_asked_for_by_code() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    let code = |password| {
        let error = workbench.open(&contract("consulting-encrypted.pdf"), password, &|_| {}).unwrap_err();
        ErrorView::from(error).code
    };
    assert_eq!(code(None), ErrorCode::PasswordRequired);
    assert_eq!(code(Some("guess")), ErrorCode::WrongPassword);
}

#[test]
fn preferences_last_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = Preferences { theme: Theme::Dark, threads: Some(1), ..Preferences::default() };
    workbench(folder.path()).save_preferences(chosen.clone()).unwrap();
    let again = workbench(folder.path());
    assert_eq!(again.preferences().preferences, chosen);
    assert!(
        again.info().plan.iter().any(|reason| reason.contains("as asked for")),
        "{:?}",
        again.info().plan
    );
}

#[test]
fn without_a_model_it_says_where_models_were_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        data_folder: folder.path().to_owned(),
        worker_program: env!("CARGO_BIN_EXE_proviso").into(),
        models_folders: vec![folder.path().join("models")],
        model: None,
    };
    let message = Workbench::start(settings).map(drop).unwrap_err().to_string();
    assert!(message.contains(&*folder.path().join("models").to_string_lossy()), "{message}");
}
