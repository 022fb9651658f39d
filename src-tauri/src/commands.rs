//! The commands that the user interface calls. Each has its permission in `capabilities/main.json`.

use std::env;
use std::path::{Path, PathBuf};

use proviso_app::view::{
    AboutView, AppInfo, BackupsView, CellName, DocumentView, ErrorView, ExportFormat, ExportedView,
    ImportProgress, ImportRequest, LaunchView, MatrixView, MeasureProgress, MeasurementsView, ModelsView,
    OpenProgress, Preferences, PreferencesView, QueueAction, QueueUpdate, ReadingView, RefineProgress,
    ReviewAction, RunningView,
};
use proviso_app::{Workbench, pdf_files};
use tauri::ipc::{Channel, Response};
use tauri::{AppHandle, State, WebviewWindow};

use crate::dialogs::{self, FileKind, Saving};
use crate::session::{self, Session};
use crate::{folders, window};

/// What the application is and what it will run.
#[tauri::command]
pub async fn app_info(session: State<'_, Session>) -> Result<AppInfo, ErrorView> {
    session.run(Workbench::info).await
}

/// What is told to someone who has to vouch for the application.
#[tauri::command]
pub async fn about(session: State<'_, Session>) -> Result<AboutView, ErrorView> {
    session.run(|workbench| Ok(workbench.about())).await
}

/// Contracts to add to the queue at the start: those that are named on the command line, or the sample contract where there are none
/// and the queue is empty.
#[tauri::command]
pub async fn launch_documents(app: AppHandle, session: State<'_, Session>) -> Result<LaunchView, ErrorView> {
    let folder = env::current_dir().unwrap_or_default();
    let named = arguments(env::args_os().skip(1).map(PathBuf::from), &folder);
    let named = beside_the_window(move || pdf_files(&named)).await.map(shown)?;
    if !named.is_empty() || !session.run(|workbench| Ok(workbench.queue_is_empty())).await? {
        return Ok(LaunchView { paths: named });
    }
    let sample = beside_the_window(move || folders::sample(&app)).await?;
    Ok(LaunchView { paths: shown(sample.into_iter().collect()) })
}

/// Tells everything about the queue, and from now on what changes.
#[tauri::command]
pub async fn listen_to_queue(
    session: State<'_, Session>,
    on_update: Channel<QueueUpdate>,
) -> Result<(), ErrorView> {
    let listener = move |update| on_update.send(update).is_ok();
    session
        .run(move |workbench| {
            workbench.listen_to_queue(listener);
            Ok(())
        })
        .await
}

/// Adds contracts to the queue; answers with the ids of all of them.
#[tauri::command]
pub async fn add_to_queue(session: State<'_, Session>, paths: Vec<String>) -> Result<Vec<u32>, ErrorView> {
    session.run(move |workbench| workbench.add_to_queue(&paths)).await
}

/// Does something with the queue; answers once it is kept.
#[tauri::command]
pub async fn change_queue(session: State<'_, Session>, action: QueueAction) -> Result<(), ErrorView> {
    session.run(move |workbench| workbench.change_queue(action)).await
}

/// Lets the person choose contracts.
#[tauri::command]
pub async fn choose_documents(window: WebviewWindow) -> Result<Vec<String>, ErrorView> {
    beside_the_window(move || pdf_files(&dialogs::choose_contracts(&window))).await.map(shown)
}

/// Lets the person choose a folder; answers with the contracts in it and in the folders below.
#[tauri::command]
pub async fn choose_folder(window: WebviewWindow) -> Result<Option<Vec<String>>, ErrorView> {
    let found = move || dialogs::choose_contract_folder(&window).map(|folder| pdf_files(&[folder]));
    Ok(beside_the_window(found).await?.map(shown))
}

/// Opens a contract and takes out its text.
#[tauri::command]
pub async fn open_document(
    session: State<'_, Session>,
    path: PathBuf,
    password: Option<String>,
    on_progress: Channel<OpenProgress>,
) -> Result<DocumentView, ErrorView> {
    let file = path.clone();
    // A window that is gone needs no progress.
    let report = move |progress| drop(on_progress.send(progress));
    let document = session.run(move |workbench| workbench.open(&file, password.as_deref(), &report)).await?;
    session.remember(document.id, path);
    Ok(document)
}

/// The file as it lies on the disk, for the pages to be drawn.
#[tauri::command]
pub async fn document_bytes(session: State<'_, Session>, id: u32) -> Result<Response, ErrorView> {
    let bytes = session.run(move |workbench| workbench.bytes(id)).await?;
    Ok(Response::new(bytes.to_vec()))
}

/// What was found in an open contract; nothing if it was not read in the setting in force.
#[tauri::command]
pub async fn known_reading(session: State<'_, Session>, id: u32) -> Result<Option<ReadingView>, ErrorView> {
    session.run(move |workbench| workbench.known_reading(id)).await
}

/// Closes a contract; its reading in the queue goes on.
#[tauri::command]
pub async fn close_document(session: State<'_, Session>, id: u32) -> Result<(), ErrorView> {
    session.forget(id);
    session
        .run(move |workbench| {
            workbench.close(id);
            Ok(())
        })
        .await
}

/// A contract that was read, with what was decided since.
#[tauri::command]
pub async fn current_reading(session: State<'_, Session>, id: u32) -> Result<ReadingView, ErrorView> {
    session.run(move |workbench| workbench.reading(id)).await
}

/// Decides something about a contract; answers once it is kept.
#[tauri::command]
pub async fn review_document(
    session: State<'_, Session>,
    id: u32,
    action: ReviewAction,
) -> Result<ReadingView, ErrorView> {
    session.run(move |workbench| workbench.review(id, &action)).await
}

/// Undoes what was decided last about a contract.
#[tauri::command]
pub async fn undo_review(session: State<'_, Session>, id: u32) -> Result<ReadingView, ErrorView> {
    session.run(move |workbench| workbench.undo_review(id)).await
}

/// Does again what was undone last.
#[tauri::command]
pub async fn redo_review(session: State<'_, Session>, id: u32) -> Result<ReadingView, ErrorView> {
    session.run(move |workbench| workbench.redo_review(id)).await
}

/// All contracts that were opened, side by side.
#[tauri::command]
pub async fn matrix(session: State<'_, Session>) -> Result<MatrixView, ErrorView> {
    session.run(Workbench::matrix).await
}

/// Accepts what nobody decided about in some cells of the matrix.
#[tauri::command]
pub async fn accept_cells(
    session: State<'_, Session>,
    cells: Vec<CellName>,
) -> Result<MatrixView, ErrorView> {
    session.run(move |workbench| workbench.accept_cells(&cells)).await
}

/// Confirms of some cells of the matrix that the contract has nothing of the kind.
#[tauri::command]
pub async fn confirm_absent_cells(
    session: State<'_, Session>,
    cells: Vec<CellName>,
) -> Result<MatrixView, ErrorView> {
    session.run(move |workbench| workbench.confirm_absent_cells(&cells)).await
}

/// Writes some rows and columns of the matrix to a file that the person chooses; nothing where they choose none.
#[tauri::command]
pub async fn export_matrix(
    session: State<'_, Session>,
    window: WebviewWindow,
    sha256s: Vec<String>,
    categories: Vec<String>,
) -> Result<Option<ExportedView>, ErrorView> {
    let saving = Saving {
        title: "Export the matrix",
        folder: None,
        name: "Contracts - clauses.xlsx".to_owned(),
        kind: FileKind::Workbook,
    };
    let chosen = beside_the_window(move || dialogs::choose_place(&window, &saving)).await?;
    let Some(path) = chosen else { return Ok(None) };
    session.run(move |workbench| workbench.export_matrix(&sha256s, &categories, &path)).await.map(Some)
}

/// Writes a reviewed contract to a file that the person chooses; nothing where they choose none.
#[tauri::command]
pub async fn export_contract(
    session: State<'_, Session>,
    window: WebviewWindow,
    id: u32,
    format: ExportFormat,
) -> Result<Option<ExportedView>, ErrorView> {
    let contract =
        session.path_of(id).ok_or_else(|| session::failed("This contract is not open any more."))?;
    let kind = FileKind::of(format);
    let name = session::export_name(&contract, kind);
    let saving =
        Saving { title: "Export clauses", folder: contract.parent().map(Path::to_owned), name, kind };
    let chosen = beside_the_window(move || dialogs::choose_place(&window, &saving)).await?;
    let Some(path) = chosen else { return Ok(None) };
    session.run(move |workbench| workbench.export(id, format, &path)).await.map(Some)
}

/// The preferences in force.
#[tauri::command]
pub async fn preferences(session: State<'_, Session>) -> Result<PreferencesView, ErrorView> {
    session.run(|workbench| Ok(workbench.preferences())).await
}

/// Keeps preferences and lets the window's own colours follow them.
#[tauri::command]
pub async fn save_preferences(
    app: AppHandle,
    session: State<'_, Session>,
    preferences: Preferences,
) -> Result<PreferencesView, ErrorView> {
    let saved = session.run(move |workbench| workbench.save_preferences(preferences)).await?;
    window::follow_theme(&app, saved.preferences.theme);
    Ok(saved)
}

/// What runs here, and what each choice of the preferences would do for an open contract, or for one of usual size.
#[tauri::command]
pub async fn running(session: State<'_, Session>, id: Option<u32>) -> Result<RunningView, ErrorView> {
    session.run(move |workbench| workbench.running(id)).await
}

/// What was measured on this computer.
#[tauri::command]
pub async fn measurements(session: State<'_, Session>) -> Result<MeasurementsView, ErrorView> {
    session.run(Workbench::measurements).await
}

/// Measures this computer.
#[tauri::command]
pub async fn measure(
    session: State<'_, Session>,
    on_progress: Channel<MeasureProgress>,
) -> Result<MeasurementsView, ErrorView> {
    let report = move |progress| drop(on_progress.send(progress));
    session.run(move |workbench| workbench.measure(&report)).await
}

/// Stops the measuring; what `measure` was asked ends as cancelled.
#[tauri::command]
pub async fn cancel_measuring(session: State<'_, Session>) -> Result<(), ErrorView> {
    session
        .run(|workbench| {
            workbench.cancel_measuring();
            Ok(())
        })
        .await
}

/// Checks the doubtful findings of a contract with the heavier model that the preferences name.
#[tauri::command]
pub async fn refine_document(
    session: State<'_, Session>,
    id: u32,
    on_progress: Channel<RefineProgress>,
) -> Result<ReadingView, ErrorView> {
    let report = move |progress| drop(on_progress.send(progress));
    session.run(move |workbench| workbench.refine(id, &report)).await
}

/// Stops the checking of a contract; what `refine_document` was asked ends as cancelled.
#[tauri::command]
pub async fn cancel_refining(session: State<'_, Session>, id: u32) -> Result<(), ErrorView> {
    session
        .run(move |workbench| {
            workbench.cancel_refining(id);
            Ok(())
        })
        .await
}

/// The models that are here.
#[tauri::command]
pub async fn models(session: State<'_, Session>) -> Result<ModelsView, ErrorView> {
    session.run(Workbench::models).await
}

/// Lets the person choose the folder of a model.
#[tauri::command]
pub async fn choose_model_folder(window: WebviewWindow) -> Result<Option<String>, ErrorView> {
    let chosen = beside_the_window(move || dialogs::choose_model_folder(&window)).await?;
    Ok(chosen.map(|folder| folder.to_string_lossy().into_owned()))
}

/// Makes a folder one of the person's own models.
#[tauri::command]
pub async fn import_model(
    session: State<'_, Session>,
    request: ImportRequest,
    on_progress: Channel<ImportProgress>,
) -> Result<ModelsView, ErrorView> {
    let report = move |progress| drop(on_progress.send(progress));
    session.run(move |workbench| workbench.import_model(&request, &report)).await
}

/// Stops the import; what `import_model` was asked ends as cancelled.
#[tauri::command]
pub async fn cancel_import(session: State<'_, Session>) -> Result<(), ErrorView> {
    session
        .run(|workbench| {
            workbench.cancel_import();
            Ok(())
        })
        .await
}

/// Reads every file of a model and says whether it is as it was made.
#[tauri::command]
pub async fn verify_model(session: State<'_, Session>, name: String) -> Result<String, ErrorView> {
    session.run(move |workbench| workbench.verify_model(&name)).await
}

/// Removes one of the person's own models.
#[tauri::command]
pub async fn remove_model(session: State<'_, Session>, name: String) -> Result<ModelsView, ErrorView> {
    session.run(move |workbench| workbench.remove_model(&name)).await
}

/// The backups of contracts and decisions.
#[tauri::command]
pub async fn backups(session: State<'_, Session>) -> Result<BackupsView, ErrorView> {
    session.run(Workbench::backups).await
}

/// Makes a backup now.
#[tauri::command]
pub async fn back_up(session: State<'_, Session>) -> Result<BackupsView, ErrorView> {
    session.run(Workbench::back_up).await
}

/// Puts a backup in the place of everything that is kept, and closes all contracts; the window's page begins anew after it.
#[tauri::command]
pub async fn restore_backup(session: State<'_, Session>, name: String) -> Result<BackupsView, ErrorView> {
    session.run(move |workbench| workbench.restore_backup(&name)).await
}

/// Runs what waits for the disk or for the person, without holding up the window.
async fn beside_the_window<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ErrorView> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.map_err(|_| session::failed("Proviso met an error of its own and stopped this task."))
}

/// Paths as the user interface keeps them.
pub fn shown(paths: Vec<PathBuf>) -> Vec<String> {
    paths.into_iter().map(|path| path.to_string_lossy().into_owned()).collect()
}

/// The paths among the command line's arguments, made independent of the folder in which they were typed. What
/// begins with a dash is meant for the toolkit.
fn arguments(arguments: impl Iterator<Item = PathBuf>, folder: &Path) -> Vec<PathBuf> {
    arguments
        .filter(|argument| !argument.as_os_str().as_encoded_bytes().starts_with(b"-"))
        .map(|argument| folder.join(argument))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_full_paths_and_options_are_left_out() {
        let typed = ["a.pdf", "/deals/b.pdf", "--display=:1"].map(PathBuf::from);
        let expected = ["/here/a.pdf", "/deals/b.pdf"].map(PathBuf::from);
        assert_eq!(arguments(typed.into_iter(), Path::new("/here")), expected);
    }
}
