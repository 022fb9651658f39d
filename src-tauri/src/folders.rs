//! Where the application finds its models, the sample contract, and the place for its own data.

use std::env;
use std::path::PathBuf;

use proviso_app::view::ErrorView;
use proviso_app::{Settings, models_folders};
use tauri::{AppHandle, Manager};

use crate::session::failed;

/// In the desktop's folder for programs' data; the command line has the same.
const DATA_FOLDER: &str = "proviso";

const SAMPLE: &str = "sample/sample-licence-and-distribution.pdf";

/// What the workbench is started with.
pub fn settings(app: &AppHandle) -> Result<Settings, ErrorView> {
    let data_folder = app
        .path()
        .data_dir()
        .map_err(|error| failed(format!("There is no folder to keep Proviso's data in: {error}.")))?
        .join(DATA_FOLDER);
    let worker_program = env::current_exe()
        .map_err(|error| failed(format!("Proviso cannot find its own program file: {error}.")))?;
    let resources = app.path().resource_dir().ok();
    let models_folders = models_folders(Some(&data_folder), resources.as_deref(), &worker_program);
    Ok(Settings { data_folder, worker_program, models_folders, model: None })
}

/// The sample contract that comes with the application.
pub fn sample(app: &AppHandle) -> Option<PathBuf> {
    app.path().resource_dir().ok().map(|folder| folder.join(SAMPLE)).filter(|path| path.is_file())
}
