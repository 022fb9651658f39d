//! What lasts from the start of the application to its end: the workbench and the names of the open contracts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use proviso_app::view::{ErrorCode, ErrorView};
use proviso_app::{AppError, Workbench};
use tauri::{AppHandle, Manager};

use crate::dialogs::{self, FileKind};
use crate::{folders, window};

/// Held by Tauri and handed to every command.
#[derive(Default)]
pub struct Session {
    workbench: Arc<OnceLock<Result<Workbench, ErrorView>>>,
    files: Mutex<BTreeMap<u32, PathBuf>>,
}

impl Session {
    /// Runs `work` beside the window's own thread, as soon as the workbench is there.
    pub async fn run<T, F>(&self, work: F) -> Result<T, ErrorView>
    where
        T: Send + 'static,
        F: FnOnce(&Workbench) -> Result<T, AppError> + Send + 'static,
    {
        let workbench = Arc::clone(&self.workbench);
        let done = tauri::async_runtime::spawn_blocking(move || match workbench.wait() {
            Ok(workbench) => work(workbench).map_err(ErrorView::from),
            Err(error) => Err(error.clone()),
        });
        done.await.unwrap_or_else(|_| Err(failed("Proviso met an error of its own and stopped this task.")))
    }

    /// The workbench, if it is there already.
    pub fn workbench(&self) -> Option<&Workbench> {
        self.workbench.get()?.as_ref().ok()
    }

    /// Keeps the path of an open contract, from which the name of an export is made.
    pub fn remember(&self, id: u32, path: PathBuf) {
        self.files().insert(id, path);
    }

    /// Drops what `remember` kept.
    pub fn forget(&self, id: u32) {
        self.files().remove(&id);
    }

    /// The path of an open contract.
    pub fn path_of(&self, id: u32) -> Option<PathBuf> {
        self.files().get(&id).cloned()
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<u32, PathBuf>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A failure whose message is shown as it is.
pub fn failed(message: impl Into<String>) -> ErrorView {
    ErrorView { code: ErrorCode::Failed, message: message.into() }
}

/// Starts the workbench beside the window, so that a large model does not hold up the first picture. Without a
/// workbench there is nothing to do: the reason is shown in a dialog and the application ends.
pub fn start_workbench(app: &AppHandle) {
    let app = app.clone();
    let cell = Arc::clone(&app.state::<Session>().workbench);
    std::thread::spawn(move || {
        let started =
            folders::settings(&app).and_then(|settings| Workbench::start(settings).map_err(ErrorView::from));
        match cell.get_or_init(|| started) {
            Ok(workbench) => window::follow_theme(&app, workbench.preferences().preferences.theme),
            Err(error) => {
                dialogs::fatal(&app, &error.message);
                app.exit(1);
            }
        }
    });
}

/// The name proposed for a contract's export.
pub fn export_name(contract: &Path, kind: FileKind) -> String {
    let stem = contract.file_stem().map_or_else(|| "Contract".into(), |stem| stem.to_string_lossy());
    kind.name(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_named_after_its_contract() {
        let contract = Path::new("/deals/Supply v2.1.pdf");
        assert_eq!(export_name(contract, FileKind::Table), "Supply v2.1 - clauses.csv");
        assert_eq!(export_name(contract, FileKind::Pdf), "Supply v2.1 - annotated.pdf");
        assert_eq!(export_name(Path::new("/"), FileKind::Calendar), "Contract - key dates.ics");
    }

    #[test]
    fn open_contracts_are_remembered_until_they_are_closed() {
        let session = Session::default();
        session.remember(3, PathBuf::from("a.pdf"));
        assert_eq!(session.path_of(3), Some(PathBuf::from("a.pdf")));
        session.forget(3);
        assert_eq!(session.path_of(3), None);
    }
}
