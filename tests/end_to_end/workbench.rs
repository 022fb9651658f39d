//! The window's workbench without the window: open, read, cancel, export, and preferences that last.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use proviso_app::{
    Settings, Workbench,
    view::{
        CheckState, ErrorCode, ErrorView, ExportFormat, FindingView, ImportRequest, ModelKind, OwnQuestion,
        PrecisionWish, Preferences, RunningPreference, Speed, Theme,
    },
};

use crate::program::{contract, root};

const CONTRACT: &str = "services-two-column.pdf";

pub(crate) fn workbench(data_folder: &Path) -> Workbench {
    Workbench::start(Settings {
        data_folder: data_folder.to_owned(),
        worker_program: env!("CARGO_BIN_EXE_proviso").into(),
        models_folders: vec![root().join("models"), data_folder.join("models")],
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
    let export = |format| workbench.export(opened.id, format, &table);
    assert!(export(ExportFormat::Findings).unwrap_err().to_string().contains("has not been read"));
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
    assert_eq!(export(ExportFormat::Findings).unwrap().rows as usize, shown);
    assert_eq!(export(ExportFormat::Cuad).unwrap().rows, 1);

    let none = thresholds.into_keys().map(|name| (name, 1.0)).collect();
    workbench.save_preferences(Preferences { thresholds: none, ..fast }).unwrap();
    assert_eq!(export(ExportFormat::Findings).unwrap().rows, 0);
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

/// The small random model that answers questions, imported as `heavy`.
fn import_heavy(workbench: &Workbench) {
    let folder = root().join("crates/proviso-encoder/tests/questions/roberta-bin");
    let request = ImportRequest {
        folder: folder.display().to_string(),
        name: Some("heavy".into()),
        precision: PrecisionWish::Int8,
    };
    let bytes = Mutex::new(Vec::new());
    let models = workbench
        .import_model(&request, &|progress| bytes.lock().unwrap().push(progress.bytes_done))
        .unwrap();
    let bytes = bytes.into_inner().unwrap();
    assert!(!bytes.is_empty() && bytes.is_sorted());
    let entry = models.models.iter().find(|entry| entry.name == "heavy").unwrap();
    assert!(entry.own && !entry.reads && entry.kind == ModelKind::Questions && entry.fault.is_none());
    assert_eq!((entry.precision.as_str(), models.unfinished), ("int8", None));
    assert!(models.models.iter().any(|entry| entry.reads && !entry.own && entry.name == "proviso-mini"));
    assert!(workbench.import_model(&request, &|_| {}).unwrap_err().to_string().contains("heavy"));
}

#[test]
fn a_model_is_imported_chosen_and_removed_again() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    import_heavy(&workbench);
    assert!(workbench.verify_model("heavy").unwrap().contains("as they were"));
    let question = OwnQuestion { name: "Deposit".into(), question: "Is a deposit to be paid?".into() };
    let chosen = Preferences {
        model: Some("heavy".into()),
        questions: vec![question],
        speed: Speed::Fast,
        ..Preferences::default()
    };
    workbench.save_preferences(chosen.clone()).unwrap();
    let info = workbench.info().unwrap();
    assert_eq!(info.model.name, "heavy");
    assert_eq!(info.groups.last().map(|group| group.categories[0].name.as_str()), Some("Deposit"));
    let opened = workbench.open(&contract(CONTRACT), None, &|_| {}).unwrap();
    let reading = workbench.read(opened.id, &|_| {}).unwrap();
    assert_eq!(reading.model, "heavy");
    assert!(reading.plan.iter().any(|sentence| sentence.contains("pairs of question and passage")));
    let again = workbench.read(opened.id, &|_| {}).unwrap();
    let key = |finding: &FindingView| (finding.category.clone(), finding.start, finding.end);
    assert!(again.findings.iter().map(key).eq(reading.findings.iter().map(key)));
    assert!(again.plan[0].contains("read in the same way before"), "{:?}", again.plan);

    assert!(workbench.remove_model("proviso-mini").unwrap_err().to_string().contains("not one that you"));
    workbench.save_preferences(Preferences { model: None, ..chosen }).unwrap();
    let left = workbench.remove_model("heavy").unwrap();
    assert!(left.models.iter().all(|entry| entry.name != "heavy"));
    assert_eq!(workbench.info().unwrap().model.name, "proviso-mini");
}

#[test]
fn doubtful_findings_are_checked_by_a_second_model() {
    let folder = tempfile::tempdir().unwrap();
    let workbench = workbench(folder.path());
    import_heavy(&workbench);
    let preferences = Preferences { refine_with: Some("heavy".into()), ..Preferences::default() };
    workbench.save_preferences(preferences).unwrap();
    let opened = workbench.open(&contract(CONTRACT), None, &|_| {}).unwrap();
    assert!(workbench.refine(opened.id, &|_| {}).unwrap_err().to_string().contains("has not been read"));
    let reading = workbench.read(opened.id, &|_| {}).unwrap();
    assert!(reading.findings.iter().all(|finding| finding.check.is_none()));

    let told = Mutex::new(BTreeMap::new());
    let refined = workbench
        .refine(opened.id, &|progress| {
            assert!(progress.done <= progress.total && progress.total > 0);
            told.lock().unwrap().extend(progress.checks.into_iter().map(|check| (check.id, check.check)));
        })
        .unwrap();
    assert_eq!(refined.model, "proviso-mini", "the one that read");
    let told = told.into_inner().unwrap();
    let checked: Vec<_> = refined.findings.iter().filter(|finding| finding.check.is_some()).collect();
    assert!(!told.is_empty() && checked.iter().all(|f| f.check.as_ref().unwrap().model == "heavy"));
    for (id, check) in &told {
        let finding = refined.findings.iter().find(|finding| finding.id == *id).unwrap();
        assert_eq!(finding.check.as_ref(), Some(check));
    }
    // Nothing of the first reading is lost, and what is new is said to be.
    let first: Vec<_> =
        refined.findings.iter().filter(|f| (f.id as usize) < reading.findings.len()).collect();
    assert_eq!(first.len(), reading.findings.len());
    let is_added = |f: &FindingView| f.check.as_ref().is_some_and(|check| check.state == CheckState::Added);
    let added = refined.findings.iter().filter(|finding| is_added(finding)).count();
    assert_eq!(first.len() + added, refined.findings.len());

    // What was confirmed or added is exported whatever its threshold.
    let table = folder.path().join("table.csv");
    let rows = workbench.export(opened.id, ExportFormat::Findings, &table).unwrap().rows;
    assert!(rows as usize >= added);
    workbench.cancel_refining(opened.id);
    workbench.cancel_refining(99);
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
