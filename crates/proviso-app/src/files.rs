//! The files that a person means by what was dropped or typed.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders replaced by the PDFs in them and in the folders below, by name; files stay as they are, whatever they
/// are, so that one which is no PDF is reported and not passed over. Links to folders are not followed.
pub fn pdf_files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
            && path.is_file()
        {
            files.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_their_pdfs_and_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("more")).unwrap();
        for name in ["b.PDF", "a.pdf", "notes.txt", "more/c.pdf"] {
            fs::write(at(name), "").unwrap();
        }
        let found = pdf_files(&[at("notes.txt"), folder.path().to_owned()]);
        assert_eq!(found, ["notes.txt", "a.pdf", "b.PDF", "more/c.pdf"].map(at));
    }
}
