//! The window's workbench without the window: open, read, cancel, export, and preferences that last.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use proviso_app::{
    Settings, Workbench,
    view::{ErrorCode, ErrorView, ExportLayout, Preferences, RunningPreference, Speed, Theme},
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
        .unwrap()
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
    let reasons = again.running(None).unwrap().plan.reasons;
    assert!(
        reasons.iter().any(|reason| reason.text.contains("1 window is read side by side, as asked for")),
        "{reasons:?}"
    );
}

#[test]
fn each_choice_says_what_it_does_here() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    let usual = workbench.running(None).unwrap();
    assert_eq!((usual.pages, usual.contract.as_deref(), usual.plan.seconds), (50, None, None));
    let int8 = usual.choices.precision.iter().find(|choice| choice.value == "int8").unwrap();
    let f32 = usual.choices.precision.iter().find(|choice| choice.value == "f32").unwrap();
    assert!(int8.memory_mb < f32.memory_mb && int8.aupr.unwrap() > 0.6);
    let calibrated = usual.choices.precision.iter().find(|choice| choice.value == "int8-static").unwrap();
    assert!(calibrated.refusal.as_deref().unwrap().contains("calibrate"));

    let refused = Preferences { batch: Some(8), ..Preferences::default() };
    workbench.save_preferences(refused).unwrap();
    let plan = workbench.running(None).unwrap().plan;
    if plan.device.is_none() {
        assert_eq!(plan.mended_by, Some(RunningPreference::Batch));
        assert!(plan.refusal.unwrap().contains("one by one"));
    }
    workbench.save_preferences(Preferences::default()).unwrap();

    // A contract that was read tells how fast this computer is.
    let id = workbench.open(&contract("supply-long.pdf"), None, &|_| {}).unwrap().id;
    let before = workbench.running(Some(id)).unwrap();
    assert_eq!(before.contract.as_deref(), Some("supply-long.pdf"));
    workbench.read(id, &|_| {}).unwrap();
    let seconds = |speed: &str| {
        let running = workbench.running(Some(id)).unwrap();
        running.choices.speed.iter().find(|choice| choice.value == speed).unwrap().seconds.unwrap()
    };
    assert!(seconds("fast") < seconds("balanced") && seconds("balanced") < seconds("accurate"));
}

#[test]
fn this_computer_is_measured_and_the_figures_last() {
    let folder = tempfile::tempdir().unwrap();
    let figures = workbench(folder.path()).measurements().unwrap();
    assert!(figures.measured_at.is_none() && figures.levels.is_empty() && figures.stale.is_none());

    let cancelled = workbench(folder.path());
    let error = cancelled.measure(&|_| cancelled.cancel_measuring()).unwrap_err();
    assert_eq!(ErrorView::from(error).code, ErrorCode::Cancelled);
    assert!(cancelled.measurements().unwrap().measured_at.is_none(), "what was cancelled keeps nothing");

    let steps = AtomicU32::new(0);
    let measured = workbench(folder.path())
        .measure(&|progress| {
            assert!(progress.done <= progress.total && !progress.doing.is_empty());
            steps.fetch_add(1, Ordering::Relaxed);
        })
        .unwrap();
    assert!(steps.into_inner() > 5);
    assert!(measured.measured_at.is_some());
    assert!(measured.levels.len() >= 4, "{:?}", measured.levels);
    assert_eq!(measured.levels.iter().filter(|level| level.in_use).count(), 1);
    assert!(measured.levels.iter().all(|level| level.seconds_for_50_pages > 0.0 && level.load_ms.is_some()));
    assert!(!measured.curves.is_empty());
    let again = workbench(folder.path());
    assert_eq!(again.measurements().unwrap().measured_at, measured.measured_at);
    assert!(again.running(None).unwrap().plan.seconds.is_some());
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
