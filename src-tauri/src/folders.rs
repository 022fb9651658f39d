//! Where the application finds its models, the sample contract, and the place for its own data.

use std::env;
use std::path::{Path, PathBuf};

use proviso_app::Settings;
use proviso_app::view::ErrorView;
use tauri::{AppHandle, Manager};

use crate::session::failed;

/// Folders of models, tried first; several are separated as in `PATH`.
const MODELS_VARIABLE: &str = "PROVISO_MODELS";

const SAMPLE: &str = "sample/sample-licence-and-distribution.pdf";

/// What the workbench is started with.
pub fn settings(app: &AppHandle) -> Result<Settings, ErrorView> {
    let data_folder = app
        .path()
        .app_data_dir()
        .map_err(|error| failed(format!("There is no folder to keep Proviso's data in: {error}.")))?;
    let worker_program = env::current_exe()
        .map_err(|error| failed(format!("Proviso cannot find its own program file: {error}.")))?;
    let chosen =
        env::var_os(MODELS_VARIABLE).map(|value| env::split_paths(&value).collect()).unwrap_or_default();
    let resources = app.path().resource_dir().ok();
    let models_folders = models_folders(chosen, &data_folder, resources.as_deref(), &worker_program);
    Ok(Settings { data_folder, worker_program, models_folders, model: None })
}

/// The sample contract that comes with the application.
pub fn sample(app: &AppHandle) -> Option<PathBuf> {
    app.path().resource_dir().ok().map(|folder| folder.join(SAMPLE)).filter(|path| path.is_file())
}

/// In this order: what was asked for, the person's own models, those installed with the application, and those of
/// the checkout from whose `target` folder the program runs.
fn models_folders(
    chosen: Vec<PathBuf>,
    data_folder: &Path,
    resources: Option<&Path>,
    program: &Path,
) -> Vec<PathBuf> {
    let mut folders = chosen;
    folders.push(data_folder.join("models"));
    folders.extend(resources.map(|folder| folder.join("models")));
    let target = program.ancestors().find(|folder| folder.ends_with("target"));
    folders.extend(target.and_then(Path::parent).map(|checkout| checkout.join("models")));
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_looked_for_in_order() {
        let folders = models_folders(
            vec![PathBuf::from("/chosen")],
            Path::new("/data"),
            Some(Path::new("/src/proviso/target/debug")),
            Path::new("/src/proviso/target/debug/proviso-window"),
        );
        let expected = ["/chosen", "/data/models", "/src/proviso/target/debug/models", "/src/proviso/models"];
        assert_eq!(folders, expected.map(PathBuf::from));
    }

    #[test]
    fn an_installed_application_has_no_checkout() {
        let program = Path::new("/usr/bin/proviso-window");
        let folders =
            models_folders(Vec::new(), Path::new("/data"), Some(Path::new("/usr/lib/Proviso")), program);
        assert_eq!(folders, ["/data/models", "/usr/lib/Proviso/models"].map(PathBuf::from));
    }
}
