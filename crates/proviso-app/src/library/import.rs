//! A folder made one of the person's own models.

use std::{fs, path::Path};

use proviso_encoder::{ModelFolder, Packing};
use proviso_plan::Precision;

use super::{
    Change, ModelLibrary,
    copying::copy_model,
    name::plain_name,
    packing::{self, PackedImport},
};
use crate::{AppError, Cancel, LibraryError, encoder_shape::EncoderShape, model::is_model};

/// A model that can be imported: everything about it was checked, and its name is free.
pub struct Import<'a> {
    library: &'a ModelLibrary,
    name: String,
    source: Source,
}

enum Source {
    /// In Proviso's layout.
    Model(Box<ModelFolder>),
    /// As Hugging Face transformers saves it.
    HuggingFace(Box<PackedImport>),
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    /// What is being done, in a word: "copying", "packing".
    pub doing: &'static str,
    /// Bytes done so far.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

impl<'a> Import<'a> {
    /// Looks at the model in `folder`, which is to be called `name`, or as it or its folder is called already. Of a Hugging Face
    /// folder the configuration and every tensor's name, shape and type are checked; its weights will be held in `precision`.
    /// Changes nothing.
    ///
    /// # Errors
    /// If the folder holds no model of a kind that can be run, or the name cannot be taken.
    pub fn prepare(
        library: &'a ModelLibrary,
        folder: &Path,
        name: Option<&str>,
        precision: Precision,
    ) -> Result<Self, AppError> {
        fs::read_dir(folder).map_err(|source| AppError::OpenFile { path: folder.to_owned(), source })?;
        let (source, called) = if is_model(folder) {
            let model = ModelFolder::open(folder)?;
            let called = model.manifest().name.clone();
            (Source::Model(Box::new(model)), called)
        } else if folder.join(EncoderShape::FILE).is_file() {
            let packing = Packing::prepare(folder, precision)?;
            let import = PackedImport::prepare(folder, packing)?;
            (Source::HuggingFace(Box::new(import)), plain_name(folder))
        } else {
            return Err(AppError::NotAModel(folder.to_owned()));
        };
        let name = name.map_or(called, str::to_owned);
        library.check_free(&name)?;
        Ok(Self { library, name, source })
    }

    /// What it will be called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model, where it is now, if it is in Proviso's layout.
    pub fn source(&self) -> Option<&ModelFolder> {
        match &self.source {
            Source::Model(model) => Some(model),
            Source::HuggingFace(_) => None,
        }
    }

    /// Puts the model among the person's own, where it appears when it is whole; until then there is nothing of it. What an
    /// interrupted import of the same Hugging Face folder left is gone on with. `activation_ranges` become a file of a model in
    /// Proviso's layout, in the place of those that it may have had.
    ///
    /// # Errors
    /// If a file cannot be read or written or is not the one described, the disk has no room, or the import is cancelled.
    pub fn carry_out(
        self,
        activation_ranges: Option<&[u8]>,
        on_progress: &mut (dyn FnMut(ImportProgress) + Send),
        cancel: &Cancel,
    ) -> Result<ModelFolder, AppError> {
        let change = Change::begin(&self.library.own)?;
        // It was free before; now nobody else can take it.
        self.library.check_free(&self.name)?;
        let folder = match &self.source {
            Source::Model(model) => {
                let folder = change.new_folder()?;
                copy_model(model, &self.name, &folder, activation_ranges, on_progress, cancel)?;
                folder
            }
            Source::HuggingFace(_) if activation_ranges.is_some() => {
                return Err(LibraryError::NotCalibrated(self.name).into());
            }
            Source::HuggingFace(import) => {
                let folder = change.kept_folder(&self.name)?;
                match import.carry_out(&self.name, &folder, on_progress, cancel) {
                    Err(AppError::Cancelled) => {
                        // What a person stopped is not wanted; what was interrupted is gone on with.
                        change.forget(&self.name);
                        return Err(AppError::Cancelled);
                    }
                    done => done?,
                }
                packing::remove_journal(&folder)?;
                folder
            }
        };
        Ok(ModelFolder::open(&change.complete(&folder, &self.name)?)?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proviso_core::Sha256Hex;
    use sha2::{Digest, Sha256};

    use super::*;

    fn prepare<'a>(
        library: &'a ModelLibrary,
        folder: &Path,
        name: Option<&str>,
    ) -> Result<Import<'a>, AppError> {
        Import::prepare(library, folder, name, Precision::F32)
    }

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
        let import = prepare(&library, &source, Some("other")).unwrap();
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
        assert_eq!(manifest.name, "other");
        assert_eq!(manifest.scores.as_ref().map(|scores| scores.aupr), Some(0.6355));
        assert_eq!((manifest.thresholds.len(), manifest.files.len()), (1, 4));
        assert!(model.is_calibrated() && !model.path().join("notes.txt").exists());

        // Calibrated a second time: the old ranges are replaced.
        let import = prepare(&library, model.path(), Some("third")).unwrap();
        let third = import.carry_out(Some(b"{ }"), &mut |_| {}, &Cancel::default()).unwrap();
        third.verify().unwrap();
        assert_eq!(fs::read(third.path().join(ModelFolder::ACTIVATION_RANGES)).unwrap(), b"{ }");
    }

    #[test]
    fn nothing_is_left_of_an_import_that_was_cancelled() {
        let root = tempfile::tempdir().unwrap();
        put_model(&root.path().join("downloads"));
        let library = ModelLibrary::new(root.path(), Vec::new());
        let import = prepare(&library, &root.path().join("downloads"), None).unwrap();
        let cancel = Cancel::default();
        let outcome = import.carry_out(None, &mut |_| cancel.ask(), &cancel);
        assert!(matches!(outcome, Err(AppError::Cancelled)));
        let left: Vec<_> = fs::read_dir(root.path().join("models")).unwrap().map(Result::unwrap).collect();
        assert!(left.iter().all(|entry| entry.file_type().unwrap().is_file()), "{left:?}");
    }
}
