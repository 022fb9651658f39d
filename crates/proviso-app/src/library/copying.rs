//! A model in Proviso's layout copied to the person's own models.

use std::{fs, path::Path};

use proviso_core::Sha256Hex;
use proviso_encoder::{EncoderError, Manifest, ModelFolder};
use sha2::{Digest, Sha256};

use super::{
    ImportProgress,
    copy::{copy_verified, write_synced},
};
use crate::{AppError, Cancel};

/// Copies the files that the manifest names into `folder` and checks their hashes. `activation_ranges` become a file of the
/// copy, in the place of those that the model may have had.
///
/// # Errors
/// If a file cannot be read or written or is not the one described, or the copying is cancelled.
pub(super) fn copy_model(
    source: &ModelFolder,
    name: &str,
    folder: &Path,
    activation_ranges: Option<&[u8]>,
    on_progress: &mut dyn FnMut(ImportProgress),
    cancel: &Cancel,
) -> Result<(), AppError> {
    let mut manifest = Manifest { name: name.to_owned(), ..source.manifest().clone() };
    if let Some(ranges) = activation_ranges {
        let hash = Sha256Hex::from_digest(&Sha256::digest(ranges).into());
        write_synced(&folder.join(ModelFolder::ACTIVATION_RANGES), ranges)?;
        manifest.files.insert(ModelFolder::ACTIVATION_RANGES.to_owned(), hash);
    }
    let is_copied = |name: &&String| activation_ranges.is_none() || *name != ModelFolder::ACTIVATION_RANGES;
    let path_of = |name: &String| source.path().join(name);
    let size_of = |name: &String| fs::metadata(path_of(name)).map_or(0, |file| file.len());
    let total = manifest.files.keys().filter(is_copied).map(size_of).sum();
    let mut done = 0;
    for name in manifest.files.keys().filter(is_copied) {
        copy_verified(&path_of(name), &folder.join(name), &manifest.files[name], &mut |bytes| {
            done += bytes;
            on_progress(ImportProgress { doing: "copying", done, total });
            if cancel.is_asked() { Err(AppError::Cancelled) } else { Ok(()) }
        })?;
    }
    write_manifest(folder, &manifest)
}

/// Writes the file that makes a folder a model.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), AppError> {
    let path = folder.join(ModelFolder::MANIFEST);
    let bytes = serde_json::to_vec_pretty(manifest)
        .map_err(|error| EncoderError::Malformed { path: path.clone(), reason: error.to_string() })?;
    Ok(write_synced(&path, &bytes)?)
}
