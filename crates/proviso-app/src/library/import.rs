//! A model's folder made one of the person's own models.

use std::{fs, path::Path};

use proviso_core::Sha256Hex;
use proviso_encoder::{EncoderError, Manifest, ModelFolder};
use sha2::{Digest, Sha256};

use super::{
    Change, LibraryError, ModelLibrary,
    copy::{copy_verified, write_synced},
};
use crate::{AppError, Cancel, encoder_shape::EncoderShape, model::is_model};

/// A model that can be imported: it is in Proviso's layout, and its name is free.
#[derive(Debug)]
pub struct Import<'a> {
    library: &'a ModelLibrary,
    source: ModelFolder,
    name: String,
}

/// How far a copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BytesCopied {
    /// Bytes copied so far.
    pub done: u64,
    /// Bytes of all files.
    pub total: u64,
}

impl<'a> Import<'a> {
    /// Looks at the model in `folder`, which is to be called `name`, or as it is called already. Changes nothing.
    ///
    /// # Errors
    /// If the folder holds no model in Proviso's layout, or the name cannot be taken.
    pub fn prepare(library: &'a ModelLibrary, folder: &Path, name: Option<&str>) -> Result<Self, AppError> {
        fs::read_dir(folder).map_err(|source| AppError::OpenFile { path: folder.to_owned(), source })?;
        if !is_model(folder) {
            let folder = folder.to_owned();
            let is_hugging_face = folder.join(EncoderShape::FILE).is_file();
            return Err(if is_hugging_face {
                LibraryError::HuggingFace(folder).into()
            } else {
                AppError::NotAModel(folder)
            });
        }
        let source = ModelFolder::open(folder)?;
        let name = name.unwrap_or(&source.manifest().name).to_owned();
        library.check_free(&name)?;
        Ok(Self { library, source, name })
    }

    /// The model, where it is now.
    pub fn source(&self) -> &ModelFolder {
        &self.source
    }

    /// Copies the files that the manifest names and checks their hashes. `activation_ranges` become a file of the new
    /// model, in the place of those that the model may have had. The model appears among the person's own when it is
    /// whole; until then there is nothing of it.
    ///
    /// # Errors
    /// If a file cannot be read or written or is not the one described, or the copying is cancelled.
    pub fn carry_out(
        self,
        activation_ranges: Option<&[u8]>,
        on_progress: &mut dyn FnMut(BytesCopied),
        cancel: &Cancel,
    ) -> Result<ModelFolder, AppError> {
        let mut manifest = Manifest { name: self.name, ..self.source.manifest().clone() };
        let change = Change::begin(&self.library.own)?;
        // It was free before; now nobody else can take it.
        self.library.check_free(&manifest.name)?;
        let folder = change.new_folder()?;
        if let Some(ranges) = activation_ranges {
            let hash = Sha256Hex::from_digest(&Sha256::digest(ranges).into());
            write_synced(&folder.join(ModelFolder::ACTIVATION_RANGES), ranges)?;
            manifest.files.insert(ModelFolder::ACTIVATION_RANGES.to_owned(), hash);
        }
        let is_copied =
            |name: &&String| activation_ranges.is_none() || *name != ModelFolder::ACTIVATION_RANGES;
        let path_of = |name: &String| self.source.path().join(name);
        let size_of = |name: &String| fs::metadata(path_of(name)).map_or(0, |file| file.len());
        let total = manifest.files.keys().filter(is_copied).map(size_of).sum();
        let mut done = 0;
        for name in manifest.files.keys().filter(is_copied) {
            copy_verified(&path_of(name), &folder.join(name), &manifest.files[name], &mut |bytes| {
                done += bytes;
                on_progress(BytesCopied { done, total });
                if cancel.is_asked() { Err(AppError::Cancelled) } else { Ok(()) }
            })?;
        }
        let path = folder.join(ModelFolder::MANIFEST);
        let bytes = serde_json::to_vec_pretty(&manifest)
            .map_err(|error| EncoderError::Malformed { path: path.clone(), reason: error.to_string() })?;
        write_synced(&path, &bytes)?;
        Ok(ModelFolder::open(&change.complete(&folder, &manifest.name)?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 3] = ["config.json", "model.safetensors", "tokenizer.json"];

    /// A folder with a sound manifest; what its files hold does not matter here.
    fn put_model(folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let hash = |bytes: &[u8]| Sha256Hex::from_digest(&Sha256::digest(bytes).into()).to_string();
        for name in FILES {
            fs::write(folder.join(name), name.repeat(300_000)).unwrap();
        }
        let files: serde_json::Map<_, _> = FILES
            .iter()
            .map(|name| ((*name).to_owned(), hash(name.repeat(300_000).as_bytes()).into()))
            .collect();
        let manifest = serde_json::json!({
            "schema": 1, "name": "mine", "description": "", "kind": "span-tagger", "parameters": 1,
            "precision": "f32", "licence": "MIT", "files": files, "window": {"length": 64},
            "labels": ["Parties"], "thresholds": {"Parties": 0.25},
            "scores": {"data": "none", "aupr": 0.6355, "weighted_f1": 0.0}
        });
        fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
        fs::write(folder.join("notes.txt"), "not a file of the model").unwrap();
    }

    #[test]
    fn the_files_of_the_manifest_are_copied_under_the_new_name() {
        let root = tempfile::tempdir().unwrap();
        let source = root.path().join("downloads");
        put_model(&source);
        let library = ModelLibrary::new(root.path(), vec![root.path().join("models")]);
        let import = Import::prepare(&library, &source, Some("other")).unwrap();
        let mut last = None;
        let model =
            import.carry_out(Some(b"{}"), &mut |copied| last = Some(copied), &Cancel::default()).unwrap();
        assert_eq!(model.path(), root.path().join("models/other"));
        assert!(
            last.is_some_and(|copied| copied.done == copied.total && copied.total > 9_000_000),
            "{last:?}"
        );
        model.verify().unwrap();
        let manifest = model.manifest();
        assert_eq!((manifest.name.as_str(), manifest.scores.aupr), ("other", 0.6355));
        assert_eq!((manifest.thresholds.len(), manifest.files.len()), (1, 4));
        assert!(model.is_calibrated() && !model.path().join("notes.txt").exists());

        // Calibrated a second time: the old ranges are replaced.
        let import = Import::prepare(&library, model.path(), Some("third")).unwrap();
        let third = import.carry_out(Some(b"{ }"), &mut |_| {}, &Cancel::default()).unwrap();
        third.verify().unwrap();
        assert_eq!(fs::read(third.path().join(ModelFolder::ACTIVATION_RANGES)).unwrap(), b"{ }");
    }

    #[test]
    fn nothing_is_left_of_an_import_that_was_cancelled() {
        let root = tempfile::tempdir().unwrap();
        put_model(&root.path().join("downloads"));
        let library = ModelLibrary::new(root.path(), Vec::new());
        let import = Import::prepare(&library, &root.path().join("downloads"), None).unwrap();
        let cancel = Cancel::default();
        let outcome = import.carry_out(None, &mut |_| cancel.ask(), &cancel);
        assert!(matches!(outcome, Err(AppError::Cancelled)));
        let left: Vec<_> = fs::read_dir(root.path().join("models")).unwrap().map(Result::unwrap).collect();
        assert!(left.iter().all(|entry| entry.file_type().unwrap().is_file()), "{left:?}");
    }
}
