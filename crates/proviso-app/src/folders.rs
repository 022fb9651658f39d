//! Where models are looked for.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Folders of models, tried first; several are separated as in `PATH`.
const MODELS_VARIABLE: &str = "PROVISO_MODELS";

/// The folder of models beside other things of Proviso.
const MODELS: &str = "models";

/// The folders in which models are looked for, in this order: those that `PROVISO_MODELS` names, the person's own
/// under `data_folder`, those installed with the application (`resources`, and beside the program), and those of the
/// checkout from whose `target` folder the program runs.
pub fn models_folders(data_folder: Option<&Path>, resources: Option<&Path>, program: &Path) -> Vec<PathBuf> {
    let chosen = env::var_os(MODELS_VARIABLE);
    folders(chosen.iter().flat_map(env::split_paths).collect(), data_folder, resources, program)
}

/// A folder's own name, also where it was given as `.` or the like.
pub(crate) fn own_name(folder: &Path) -> String {
    let full = folder.canonicalize();
    let full = full.as_deref().unwrap_or(folder);
    full.file_name().unwrap_or(full.as_os_str()).to_string_lossy().into_owned()
}

/// Where the person's own models lie in the folder of Proviso's data.
pub(crate) fn own_models(data_folder: &Path) -> PathBuf {
    data_folder.join(MODELS)
}

fn folders(
    chosen: Vec<PathBuf>,
    data_folder: Option<&Path>,
    resources: Option<&Path>,
    program: &Path,
) -> Vec<PathBuf> {
    let target = program.ancestors().find(|folder| folder.ends_with("target"));
    let parents = [data_folder, resources, program.parent(), target.and_then(Path::parent)];
    let mut folders = chosen;
    for parent in parents.into_iter().flatten() {
        let models = parent.join(MODELS);
        if !folders.contains(&models) {
            folders.push(models);
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_looked_for_in_order() {
        let found = folders(
            vec![PathBuf::from("/chosen")],
            Some(Path::new("/data")),
            Some(Path::new("/src/proviso/target/debug")),
            Path::new("/src/proviso/target/debug/proviso"),
        );
        let expected = ["/chosen", "/data/models", "/src/proviso/target/debug/models", "/src/proviso/models"];
        assert_eq!(found, expected.map(PathBuf::from));
    }

    #[test]
    fn an_installed_program_has_no_checkout() {
        let found =
            folders(Vec::new(), None, Some(Path::new("/usr/lib/Proviso")), Path::new("/usr/bin/proviso"));
        assert_eq!(found, ["/usr/lib/Proviso/models", "/usr/bin/models"].map(PathBuf::from));
    }
}
